package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.config.DatabaseUrl;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with PostgreSQL has a name, says what to do, and gives no secret away. */
@EnabledIf(value = "dev.estran.metastore.PostgresServer#installed", disabledReason = PostgresServer.MISSING)
final class PostgresErrorsTest {

    private static final String PASSWORD = "hunter2-canary";

    private static PostgresDatabase database;
    private static Metastore metastore;

    @BeforeAll
    static void open() {
        database = PostgresServer.shared().newDatabase();
        metastore = Metastore.open(database);
        PostgresServer.shared()
                .execute(
                        "postgres",
                        "DROP ROLE IF EXISTS " + PostgresServer.SECURED_USER + "; CREATE ROLE "
                                + PostgresServer.SECURED_USER + " LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    static void close() {
        metastore.close();
    }

    @ParameterizedTest
    @CsvSource({
        "53100,STORAGE_FULL",
        "53200,STORAGE_FAILED",
        "53300,STORAGE_FAILED",
        "58030,STORAGE_FAILED",
        "XX001,STORAGE_FAILED",
        "25006,STORAGE_FAILED",
        "57014,TIMEOUT",
        "55P03,TIMEOUT",
        "42501,INVALID_CONFIGURATION",
        "40001,COMMIT_CONFLICT",
        "40P01,COMMIT_CONFLICT",
        "42P01,INTERNAL"
    })
    void whatTheServerRaisesIsTranslatedByItsState(String state, ErrorCode code) {
        EstranException error = catchThrowableOfType(
                EstranException.class,
                () -> metastore.transact(handle -> {
                    handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES ('raised', '1')");
                    return handle.execute(
                            "DO $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = '" + state + "'; END $$");
                }));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.text()).doesNotContain("canary");
        assertThat(keys()).doesNotContain("raised");
    }

    @Test
    void aConflictIsTriedAgainABoundedNumberOfTimes() {
        int[] attempts = {0};
        assertThatThrownBy(() -> metastore.transact(handle -> {
                    attempts[0]++;
                    return handle.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$");
                }))
                .isInstanceOf(EstranException.class);
        assertThat(attempts[0]).isBetween(3, 50);
    }

    @Test
    void aReadThatWritesIsRefused() {
        assertThatThrownBy(() -> metastore.read(handle -> handle.execute("DELETE FROM settings")))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    }

    @Test
    void aTextThatPostgresCannotKeepIsTheCallersMistake() {
        assertThatThrownBy(() -> metastore.transact(handle ->
                        handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES (?, '')", "a\0b")))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void namesSortByCodePointWhateverTheLanguageOfTheDatabase() {
        metastore.transact(handle -> {
            for (String key : List.of("sort.b", "sort.A", "sort.a", "sort.B", "sort.é", "sort._")) {
                handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES (?, '')", key);
            }
            return null;
        });
        assertThat(keys().stream().filter(key -> key.startsWith("sort.")))
                .containsExactly("sort.A", "sort.B", "sort._", "sort.a", "sort.b", "sort.é");
    }

    @Test
    void aServerThatIsNotThereIsNamedSoonAndIsNotWaitedForForever() {
        PostgresDatabase nowhere = at("jdbc:postgresql://127.0.0.1:1/db", "estran", "");
        assertThatThrownBy(() -> Metastore.open(nowhere)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
            assertThat(e.text()).contains("127.0.0.1:1/db");
        });
    }

    @Test
    void aDatabaseThatIsNotThereOrNotFitIsNamed() {
        refused(
                at("jdbc:postgresql://127.0.0.1:" + PostgresServer.shared().port() + "/none", "estran", ""),
                "CREATE DATABASE");
        refused(
                PostgresServer.shared()
                        .newDatabase("ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0"),
                "LATIN1");
        PostgresDatabase other = PostgresServer.shared().newDatabase("");
        PostgresServer.shared().execute(name(other), "CREATE TABLE somebody_elses (a int)");
        refused(other, "currentSchema");
        refused(at(other.url().jdbc() + "?currentSchema=none", "estran", ""), "CREATE SCHEMA");
        PostgresServer.shared().execute(name(other), "CREATE SCHEMA apart");
        try (Metastore apart = Metastore.open(at(other.url().jdbc() + "?currentSchema=apart", "estran", ""))) {
            assertThat(apart.<Integer>read(handle -> handle.createQuery("SELECT count(*) FROM catalogs")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aUserWhoMayNotMakeTablesIsToldSo() {
        PostgresDatabase owned = PostgresServer.shared().newDatabase("");
        PostgresServer.shared().execute("postgres", "DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN");
        refused(at(owned.url().jdbc(), "stranger", ""), "own");
    }

    @Test
    void whenNoConnectionIsLeftTheMessageNamesTheSetting() {
        PostgresDatabase narrow = PostgresServer.shared().newDatabase();
        PostgresServer.shared().execute("postgres", "ALTER DATABASE " + name(narrow) + " CONNECTION LIMIT 0");
        PostgresServer.shared().execute("postgres", "DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN");
        assertThatThrownBy(() -> Metastore.open(at(narrow.url().jdbc(), "plain", "")))
                .isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                    assertThat(e.text()).contains("metastore.connections");
                });
    }

    @Test
    void thePasswordComesFromTheEnvironmentAndIsNeverShown() {
        Map<String, String> settings = new HashMap<>(Database.settings(database));
        settings.put("metastore.user", PostgresServer.SECURED_USER);
        settings.put("metastore.password", "env:METASTORE_KEY");
        Config config = Config.load(Path.of("nowhere"), Map.of(), settings);
        MetastoreAddress right = MetastoreAddress.of(config, Path.of("unused"), Map.of("METASTORE_KEY", PASSWORD)::get);
        Metastore.open(right).close();
        assertThat(right.toString()).contains(PostgresServer.SECURED_USER).doesNotContain(PASSWORD);

        MetastoreAddress wrong =
                MetastoreAddress.of(config, Path.of("unused"), Map.of("METASTORE_KEY", "wrong-canary")::get);
        EstranException error = catchThrowableOfType(EstranException.class, () -> Metastore.open(wrong));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        for (Throwable t = error; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("wrong-canary");
        }
        assertThatThrownBy(() -> MetastoreAddress.of(config, Path.of("unused"), name -> null))
                .hasMessageContaining("METASTORE_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:canary@h/db",
                "postgres://u:canary@h/db",
                "jdbc:postgresql://u:canary@h/db",
                "jdbc:postgresql://h/db?password=canary",
                "jdbc:postgresql://h/db?ssl=true&PASSWORD=canary",
                "jdbc:postgresql://h/db?user=canary",
                "jdbc:postgresql:canary",
                "jdbc:postgresql:///canary",
                "jdbc:postgresql://canary",
                "jdbc:postgresql://canary/",
                "jdbc:postgresql://h/canary/more",
                "jdbc:sqlite:canary",
                "mysql://canary/db",
                "canary"
            })
    void aUrlOfAnotherFormIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> Config.load(Path.of("nowhere"), Map.of(), Map.of("metastore.url", url)))
                .isInstanceOf(EstranException.class)
                .hasMessageContaining("metastore.url")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aPasswordInThePlaceOfItsReferenceIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> Config.load(Path.of("nowhere"), Map.of(), Map.of("metastore.password", "canary")))
                .hasMessageContaining("env:NAME")
                .hasMessageNotContaining("canary");
    }

    @Test
    void bothFormsOfUrlMeanTheSame() {
        assertThat(DatabaseUrl.parse("postgresql://an%40na@h:5433/db?sslmode=require"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://h:5433/db?sslmode=require", "an@na"));
        assertThat(DatabaseUrl.parse(" jdbc:postgresql://a,b:5433/db ").place()).isEqualTo("a,b:5433/db");
    }

    private static void refused(PostgresDatabase database, String says) {
        assertThatThrownBy(() -> Metastore.open(database)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).as("%s", e).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(e.text()).contains(says);
        });
    }

    private static PostgresDatabase at(String url, String user, String password) {
        return new PostgresDatabase(DatabaseUrl.parse(url), user, password, 4, Duration.ofSeconds(5));
    }

    private static String name(PostgresDatabase database) {
        String place = database.url().place();
        return place.substring(place.indexOf('/') + 1);
    }

    private static List<String> keys() {
        return metastore.read(handle -> handle.createQuery("SELECT setting_key FROM settings ORDER BY setting_key")
                .mapTo(String.class)
                .list());
    }
}
