package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import dev.estran.sql.TypedValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values for {@code $name}: never SQL, always of their type, wherever a value may stand. */
class ParametersTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start();
        estran.run("CREATE TABLE kept AS SELECT 1 AS id, 'un' AS word UNION ALL SELECT 2, 'deux'");
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    private static SqlRequest request(String sql, @Nullable String... namesTypesValues) {
        Map<String, TypedValue> values = new HashMap<>();
        for (int i = 0; i < namesTypesValues.length; i += 3) {
            values.put(
                    String.valueOf(namesTypesValues[i]),
                    new TypedValue(String.valueOf(namesTypesValues[i + 1]), namesTypesValues[i + 2]));
        }
        return SqlRequest.of(sql).with(values);
    }

    private static List<String> rows(String sql, @Nullable String... namesTypesValues) {
        return estran.rows(estran.run(request(sql, namesTypesValues)));
    }

    private static EstranException error(SqlRequest request) {
        StatementStatus status = estran.attempt(request);
        assertThat(status.error()).as(request.text()).isNotNull();
        return Objects.requireNonNull(status.error());
    }

    @Test
    void hostileValuesStayValues() {
        for (String value : List.of(
                "'; DROP TABLE kept; --",
                "''",
                "\\'; DROP TABLE kept; --",
                "$$; DROP TABLE kept; $$",
                "$word",
                "x' UNION ALL SELECT word FROM kept --",
                "\u0000",
                "{{word}} \" ` /* -- \n é 💶")) {
            StatementStatus status = estran.attempt(request("SELECT $word AS w", "word", "VARCHAR", value));
            if (status.error() == null) {
                assertThat(estran.rows(status)).hasSize(1);
                assertThat(rows(
                                "SELECT count(*) FROM (SELECT $word AS w) WHERE w = $same",
                                "word",
                                "VARCHAR",
                                value,
                                "same",
                                "VARCHAR",
                                value))
                        .containsExactly("[1]");
            }
            assertThat(rows("SELECT id FROM kept WHERE word = $word", "word", "VARCHAR", value))
                    .as(value)
                    .isEmpty();
        }
        assertThat(rows("SELECT count(*) FROM kept")).containsExactly("[2]");
    }

    @Test
    void aTypeIsNoPlaceForSqlEither() {
        for (String type :
                List.of("DATE); DROP TABLE kept; --", "(SELECT 1)", "VARCHAR) || (SELECT word FROM kept", "")) {
            assertThat(error(request("SELECT $a", "a", type, "1")).code())
                    .as(type)
                    .isIn(ErrorCode.TYPE_NOT_SUPPORTED, ErrorCode.SYNTAX_ERROR, ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(rows("SELECT count(*) FROM kept")).containsExactly("[2]");
    }

    @Test
    void aValueOfTheWrongTypeNamesItsParameter() {
        EstranException wrong =
                error(request("SELECT $n + 1, $since", "n", "BIGINT", "41", "since", "DATE", "the secret day"));
        assertThat(wrong.code()).isEqualTo(ErrorCode.CONVERSION_FAILED);
        assertThat(wrong.details()).containsEntry("parameter", "since");
        assertThat(wrong.text()).contains("$since").contains("DATE").doesNotContain("secret");
        EstranException missing = error(request("SELECT $n", "other", "BIGINT", "1"));
        assertThat(missing.code()).isEqualTo(ErrorCode.PARAMETER_MISSING);
        assertThat(missing.details()).containsEntry("parameter", "n");
        // A value nobody asks for is nobody's mistake.
        assertThat(rows("SELECT $n AS n", "n", "BIGINT", "1", "unused", "DATE", "x"))
                .containsExactly("[1]");
    }

    @Test
    void decimalsKeepEveryPlace() {
        assertThat(rows("SELECT $a AS a, typeof($a) AS t", "a", "DECIMAL", "0.123456789"))
                .containsExactly("[\"0.123456789\",\"DECIMAL(18,9)\"]");
        assertThat(rows("SELECT $a AS a", "a", "decimal", "-12345678901234567890.5"))
                .containsExactly("[\"-12345678901234567890.5\"]");
        assertThat(rows("SELECT $a AS a", "a", "DECIMAL(10,1)", "2.5")).containsExactly("[\"2.5\"]");
        assertThat(rows("SELECT $a IS NULL AS a", "a", "DECIMAL", null)).containsExactly("[true]");
        for (String odd : List.of("1e999999999", "1e-999999999", "NaN", "0x10", "1" + "0".repeat(60))) {
            assertThat(error(request("SELECT $a", "a", "DECIMAL", odd)).code())
                    .as(odd)
                    .isEqualTo(ErrorCode.CONVERSION_FAILED);
        }
    }

    @Test
    void whereverAValueMayStand() {
        estran.run(request(
                "CREATE TABLE made AS SELECT id, $word AS word FROM kept WHERE id >= $least",
                "word",
                "VARCHAR",
                "l'été",
                "least",
                "INTEGER",
                "2"));
        assertThat(rows("SELECT * FROM made")).containsExactly("[2,\"l'été\"]");
        estran.run(request("INSERT INTO made VALUES ($id, $word)", "id", "INTEGER", "3", "word", "VARCHAR", "$$"));
        estran.run(request(
                "UPDATE made SET word = $word || '!' WHERE id = $id", "id", "INTEGER", "3", "word", "VARCHAR", "'--"));
        assertThat(rows("SELECT word FROM made WHERE id = 3")).containsExactly("[\"'--!\"]");
        estran.run(request("DELETE FROM made WHERE word = $word", "word", "VARCHAR", "'--!"));
        assertThat(rows("SELECT id FROM made")).containsExactly("[2]");
        assertThat(rows(
                        "SELECT id FROM kept ORDER BY id LIMIT $n OFFSET $skip",
                        "n",
                        "BIGINT",
                        "1",
                        "skip",
                        "BIGINT",
                        "1"))
                .containsExactly("[2]");
    }

    @Test
    void aViewHasNone() {
        EstranException refused =
                error(request("CREATE VIEW v AS SELECT * FROM kept WHERE id = $id", "id", "INTEGER", "1"));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused.text()).contains("$id");
        assertThat(rows("SHOW VIEWS")).isEmpty();
    }

    @Test
    void insideAiFunctions() {
        assertThat(rows(
                        "SELECT ai_mask($text, ['phone']) AS m",
                        "text",
                        "VARCHAR",
                        "Tel 06 12 34 56 78 '; DROP TABLE kept; --"))
                .containsExactly("[\"Tel [MASKED] '; DROP TABLE kept; --\"]");
        assertThat(rows(
                        "SELECT ai_mask(word || $suffix, [$kind]) AS m FROM kept ORDER BY id",
                        "suffix",
                        "VARCHAR",
                        " 06 12 34 56 78",
                        "kind",
                        "VARCHAR",
                        "phone"))
                .containsExactly("[\"un [MASKED]\"]", "[\"deux [MASKED]\"]");
        assertThat(rows("SELECT ai_mask($text, ['phone']) IS NULL AS m", "text", "VARCHAR", null))
                .containsExactly("[true]");
    }
}
