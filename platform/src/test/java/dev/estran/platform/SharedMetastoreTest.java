package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.metastore.Database;
import dev.estran.metastore.PostgresServer;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two platforms with a data directory each, on one PostgreSQL and one folder of tables. */
@EnabledIf(value = "dev.estran.metastore.PostgresServer#installed", disabledReason = PostgresServer.MISSING)
final class SharedMetastoreTest {

    private static final String MARKED =
            "SELECT count(*), count(DISTINCT statement_id) FROM system.query.history WHERE statement LIKE '%marked'";

    private Map<String, String> settings = Map.of();
    private TestingPlatform one;
    private TestingPlatform two;

    @BeforeEach
    void start(@TempDir Path root) {
        settings = new HashMap<>(Database.POSTGRES.freshSettings());
        settings.put("lake.warehouse", root.resolve("warehouse").toString());
        one = TestingPlatform.start(settings);
        two = TestingPlatform.start(settings);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void whatOneCommitsTheOtherReadsAtOnce() {
        one.run("CREATE TABLE towns (id INTEGER, name VARCHAR)");
        two.run("INSERT INTO towns VALUES (1, 'Brest')");
        one.run("INSERT INTO towns VALUES (2, 'Nantes')");
        assertThat(two.rows("SELECT * FROM towns ORDER BY id")).containsExactly("[1,\"Brest\"]", "[2,\"Nantes\"]");
        one.run("ALTER TABLE towns ADD COLUMN area DOUBLE");
        two.run("UPDATE towns SET area = 1.5 WHERE id = 1");
        assertThat(one.rows("SELECT area FROM towns ORDER BY id")).containsExactly("[1.5]", "[null]");
        two.run("DROP TABLE towns");
        assertThat(one.attempt(SqlRequest.of("SELECT * FROM towns")).error())
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
    }

    @Test
    void insertsOfBothAllLandAndUpdatesConflictCleanly() throws Exception {
        int each = 8;
        one.run("CREATE TABLE log AS SELECT 0::BIGINT AS id");
        List<StatementStatus> results = both(each, (platform, i) -> "INSERT INTO log VALUES (" + i + ")");
        assertThat(results).allSatisfy(status -> assertThat(status.error()).isNull());
        assertThat(one.rows("SELECT count(*), count(DISTINCT id) FROM log")).containsExactly("[17,17]");

        one.run("CREATE TABLE counter AS SELECT 0::BIGINT AS n");
        List<StatementStatus> updates = both(each, (platform, i) -> "UPDATE counter SET n = n + 1");
        long done = 0;
        for (StatementStatus status : updates) {
            EstranException error = status.error();
            if (error == null) {
                done++;
            } else {
                assertThat(error.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT);
            }
        }
        assertThat(done).isPositive();
        assertThat(two.rows("SELECT n FROM counter")).containsExactly("[" + done + "]");
        assertThat(two.rows("DESCRIBE HISTORY counter")).hasSize(1 + (int) done);
    }

    @Test
    void eachCountsItsOwnJournalOnce() {
        for (int i = 0; i < 3; i++) {
            one.run("SELECT " + i + " AS marked");
            two.run("SELECT " + i + " AS marked");
            one.platform().journalTables().flush(true, 0);
            if (i != 1) {
                two.platform().journalTables().flush(true, 0);
            }
        }
        one.platform().journalTables().flush(true, 0);
        two.platform().journalTables().flush(true, 0);
        assertThat(one.rows(MARKED)).containsExactly("[6,6]");
        assertThat(two.rows(MARKED)).containsExactly("[6,6]");
    }

    @Test
    void aModelTrainedByOneServesTheOther() {
        one.run("""
                CREATE MODEL lake.default.router PREDICTING label FROM (
                  SELECT 'the ' || noun || ' ' || verb AS text, label
                  FROM (VALUES ('delivery', ['parcel', 'package', 'box', 'crate', 'letter', 'carton', 'pallet', 'bag']),
                               ('billing', ['invoice', 'refund', 'payment', 'bill', 'fee', 'price', 'discount', 'tax']))
                       t(label, nouns),
                       unnest(nouns) n(noun),
                       unnest(['is late', 'is wrong', 'is missing', 'came twice', 'never came', 'is here', 'is fine']) v(verb))
                """);
        assertThat(two.rows("SELECT ai_classify('my parcel is late', ['delivery', 'billing'],"
                        + " model => 'lake.default.router')"))
                .containsExactly("[\"delivery\"]");
        two.run("DROP MODEL lake.default.router");
        assertThat(one.rows("SHOW MODELS")).isEmpty();
    }

    @Test
    void aFolderThatTheOthersDoNotSeeIsRefused(@TempDir Path elsewhere) throws Exception {
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put(
                "lake.warehouse",
                Files.createDirectories(elsewhere.resolve("other")).toString());
        assertThatThrownBy(() -> TestingPlatform.start(wrong)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(e.text()).contains(settings.get("lake.warehouse"), "other", "lake.warehouse");
        });
    }

    private interface Text {
        String of(TestingPlatform platform, int number);
    }

    /** Runs as many statements on each of the two at the same time; the numbers are 1, 2, 3, ... over both. */
    private List<StatementStatus> both(int each, Text text) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<List<StatementStatus>>> running = new ArrayList<>();
            int first = 1;
            for (TestingPlatform platform : List.of(one, two)) {
                int from = first;
                running.add(threads.submit(() -> {
                    List<StatementStatus> statuses = new ArrayList<>();
                    for (int i = from; i < from + each; i++) {
                        statuses.add(platform.attempt(SqlRequest.of(text.of(platform, i))));
                    }
                    return statuses;
                }));
                first += each;
            }
            List<StatementStatus> all = new ArrayList<>();
            for (Future<List<StatementStatus>> statuses : running) {
                all.addAll(statuses.get());
            }
            return all;
        }
    }
}
