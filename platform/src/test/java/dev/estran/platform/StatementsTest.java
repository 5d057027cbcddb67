package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.metastore.Database;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.TypedValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements end to end: from text to Iceberg files and back. */
@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
class StatementsTest {

    @SuppressWarnings("NullAway.Init") // set before the class is run
    private static TestingPlatform estran;

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Database database;

    @BeforeParameterizedClassInvocation
    static void start(Database database) {
        estran = TestingPlatform.start(database.freshSettings());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        estran.close();
    }

    private static ErrorCode error(String sql) {
        return catchThrowableOfType(EstranException.class, () -> estran.run(sql))
                .code();
    }

    @Test
    void createInsertSelect() {
        estran.run("CREATE TABLE towns (id INTEGER NOT NULL, name VARCHAR, area DECIMAL(12,2) DEFAULT 1.5)");
        estran.run("INSERT INTO towns (id, name) VALUES (1, 'Brest'), (2, 'Saint-Malo')");
        estran.run("INSERT INTO towns VALUES (3, NULL, 12.25)");
        assertThat(estran.rows("SELECT * FROM towns ORDER BY id"))
                .containsExactly("[1,\"Brest\",\"1.50\"]", "[2,\"Saint-Malo\",\"1.50\"]", "[3,null,\"12.25\"]");
        assertThat(estran.rows("SELECT count(*) FROM lake.default.towns")).containsExactly("[3]");
        assertThat(error("INSERT INTO towns VALUES (NULL, 'x', 1)")).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    }

    @Test
    void updateDeleteAndTimeTravel() {
        estran.run("CREATE TABLE stock AS SELECT i AS id, 'p' || i AS product, i * 10 AS pieces FROM range(100) t(i)");
        assertThat(estran.run("UPDATE stock SET pieces = pieces + 1, product = upper(product) WHERE id < 10")
                        .affected())
                .isEqualTo(10);
        assertThat(estran.run("DELETE FROM stock AS s WHERE s.id >= 50").affected())
                .isEqualTo(50);
        assertThat(estran.rows("SELECT count(*), sum(pieces) FROM stock")).containsExactly("[50,12260]");
        assertThat(estran.rows("SELECT count(*), sum(pieces) FROM stock AT (VERSION => 1)"))
                .containsExactly("[100,49500]");
        assertThat(estran.rows("SELECT product FROM stock WHERE id = 3")).containsExactly("[\"P3\"]");
        assertThat(estran.rows("DESCRIBE HISTORY stock")).hasSize(3);
        assertThat(error("SELECT * FROM stock AT (VERSION => 99)")).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
    }

    @Test
    void columnsThatHideTheEnginesOwnKeepRowsAsTheyAre() {
        estran.run("CREATE TABLE files AS SELECT 'a.txt' AS filename, 1 AS size");
        assertThat(error("UPDATE files SET size = 2 WHERE filename = 'a.txt'")).isEqualTo(ErrorCode.RESERVED_NAME);
        assertThat(error("DELETE FROM files")).isEqualTo(ErrorCode.RESERVED_NAME);
        estran.run("ALTER TABLE files RENAME COLUMN filename TO path");
        estran.run("UPDATE files SET size = 2 WHERE path = 'a.txt'");
        assertThat(estran.rows("SELECT * FROM files")).containsExactly("[\"a.txt\",2]");
    }

    @Test
    void viewsShowAndInformationSchema() {
        estran.run("CREATE SCHEMA IF NOT EXISTS lake.v");
        estran.run("CREATE TABLE lake.v.t AS SELECT 1 AS a, 'x' AS b");
        estran.run("CREATE VIEW lake.v.w AS SELECT a + 1 AS c FROM lake.v.t");
        estran.run("CREATE VIEW lake.v.ww AS SELECT c * 2 AS d FROM lake.v.w");
        assertThat(estran.rows("SELECT d FROM lake.v.ww")).containsExactly("[4]");
        assertThat(estran.rows("SHOW TABLES IN lake.v"))
                .containsExactly("[\"t\",\"table\",null]", "[\"w\",\"view\",null]", "[\"ww\",\"view\",null]");
        assertThat(
                        estran.rows(
                                "SELECT column_name, data_type FROM lake.information_schema.columns WHERE table_name = 't' AND table_schema = 'v' ORDER BY ordinal_position"))
                .containsExactly("[\"a\",\"INTEGER\"]", "[\"b\",\"VARCHAR\"]");
        assertThat(estran.rows("DESCRIBE lake.v.ww")).containsExactly("[\"d\",\"INTEGER\",true,null,null]");
    }

    @Test
    void localAiFunctions() {
        assertThat(
                        estran.rows(
                                "SELECT ai_mask('Appelez le 06 12 34 56 78, IBAN FR7630006000011234567890189', ['phone','iban'])"))
                .containsExactly("[\"Appelez le [MASKED], IBAN [MASKED]\"]");
        assertThat(error("SELECT ai_translate('bonjour','en')")).isEqualTo(ErrorCode.NEEDS_MODEL);
        assertThat(error("SELECT ai_embed('e', 'x')")).isEqualTo(ErrorCode.NOT_BUILT);
    }

    @Test
    void historyAndParameters() {
        estran.run("SELECT 12321 AS marker");
        assertThat(estran.rows("SELECT state FROM system.query.history WHERE statement = 'SELECT 12321 AS marker'"))
                .containsExactly("[\"FINISHED\"]");
        SqlRequest request = new SqlRequest(
                null,
                "SELECT $since + INTERVAL 1 DAY AS d, $n * 2 AS n",
                Map.of("since", new TypedValue("DATE", "2025-01-31"), "n", new TypedValue("INTEGER", "21")),
                null,
                null,
                null);
        assertThat(estran.rows(estran.run(request))).containsExactly("[\"2025-02-01T00:00\",42]");
    }

    @Test
    void refusesWhatIsNotAStatement() {
        for (String sql : List.of("COPY t TO 'x'", "ATTACH 'x'", "INSTALL httpfs", "PRAGMA version", "CALL x()")) {
            assertThat(error(sql)).as(sql).isEqualTo(ErrorCode.STATEMENT_NOT_SUPPORTED);
        }
        assertThat(error("SELECT 1; SELECT 2")).isEqualTo(ErrorCode.MULTIPLE_STATEMENTS);
        assertThat(error("SELECT * FROM read_parquet('/etc/passwd')")).isEqualTo(ErrorCode.FUNCTION_NOT_ALLOWED);
        assertThat(error("SELECT * FROM '/etc/passwd'")).isIn(ErrorCode.TABLE_NOT_FOUND, ErrorCode.RESERVED_NAME);
        assertThat(error("SELECT nope FROM (SELECT 1 AS a)")).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
        assertThat(error("SELEC 1")).isIn(ErrorCode.STATEMENT_NOT_SUPPORTED, ErrorCode.SYNTAX_ERROR);
    }
}
