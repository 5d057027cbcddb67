package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.metastore.Database;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements that change rows and tables, through the SQL service. */
@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
class DmlTest {

    @SuppressWarnings("NullAway.Init") // set before the class is run
    private static TestingPlatform estran;

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Database database;

    @BeforeParameterizedClassInvocation
    static void start(Database database) {
        Map<String, String> settings = new HashMap<>(database.freshSettings());
        settings.put("sql.threads", "2");
        estran = TestingPlatform.start(settings);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        estran.close();
    }

    private static EstranException error(String sql) {
        EstranException error = catchThrowableOfType(EstranException.class, () -> estran.run(sql));
        assertThat(error).as(sql).isNotNull();
        return error;
    }

    private static void refused(String table, ErrorCode code, String sql) {
        List<String> before = estran.rows("DESCRIBE HISTORY " + table);
        EstranException error = error(sql);
        assertThat(error.code()).as("%s: %s", sql, error).isEqualTo(code);
        assertThat(error.text()).as(sql).hasSizeLessThan(500).doesNotContain("__q", "__c0", "__t0", "__target", "__m");
        assertThat(estran.rows("DESCRIBE HISTORY " + table)).as(sql).isEqualTo(before);
    }

    @Test
    void insertFillsDefaultsKeepsOrderAndRefusesNulls() {
        estran.run("CREATE TABLE ins (id INTEGER NOT NULL, name VARCHAR DEFAULT 'none', at DATE DEFAULT DATE"
                + " '2025-01-01', n INTEGER NOT NULL DEFAULT 5)");
        estran.run("INSERT INTO ins (name, id) VALUES ('b', 2), ('a', 1)");
        estran.run("INSERT INTO ins (id) SELECT 3");
        assertThat(estran.rows("SELECT * FROM ins ORDER BY id"))
                .containsExactly(
                        "[1,\"a\",\"2025-01-01\",5]", "[2,\"b\",\"2025-01-01\",5]", "[3,\"none\",\"2025-01-01\",5]");
        refused("ins", ErrorCode.CONSTRAINT_VIOLATED, "INSERT INTO ins (name) VALUES ('x')");
        refused("ins", ErrorCode.CONSTRAINT_VIOLATED, "INSERT INTO ins (id, n) VALUES (4, NULL)");
        refused("ins", ErrorCode.CONSTRAINT_VIOLATED, "UPDATE ins SET n = NULL WHERE id = 1");
        refused("ins", ErrorCode.BIND_ERROR, "INSERT INTO ins (id, name) VALUES (4)");
        refused("ins", ErrorCode.BIND_ERROR, "INSERT INTO ins (id, id) VALUES (4, 5)");
        refused("ins", ErrorCode.COLUMN_NOT_FOUND, "INSERT INTO ins (idd) VALUES (4)");
        refused("ins", ErrorCode.CONVERSION_FAILED, "INSERT INTO ins (id) VALUES ('four')");
        refused("ins", ErrorCode.CONVERSION_FAILED, "INSERT INTO ins (id) VALUES (3000000000)");
        assertThat(estran.run("INSERT INTO ins SELECT * FROM ins WHERE false").affected())
                .isZero();
    }

    @Test
    void overwriteTruncateAndDeleteAllKeepTheHistory() {
        estran.run("CREATE TABLE ow AS SELECT range AS id FROM range(10)");
        assertThat(estran.run("INSERT OVERWRITE ow SELECT id * 2 FROM ow WHERE id < 3")
                        .affected())
                .isEqualTo(3);
        assertThat(estran.rows("SELECT * FROM ow ORDER BY 1")).containsExactly("[0]", "[2]", "[4]");
        assertThat(estran.run("DELETE FROM ow").affected()).isEqualTo(3);
        assertThat(estran.rows("SELECT count(*), max(id) FROM ow")).containsExactly("[0,null]");
        estran.run("INSERT INTO ow VALUES (7)");
        estran.run("TRUNCATE TABLE ow");
        assertThat(estran.rows("SELECT * FROM ow")).isEmpty();
        assertThat(estran.run("DELETE FROM ow").affected()).isZero();
        assertThat(estran.run("UPDATE ow SET id = 1").affected()).isZero();
        assertThat(estran.rows("SELECT count(*) FROM ow AT (VERSION => 1)")).containsExactly("[10]");
        assertThat(estran.run("INSERT OVERWRITE ow SELECT 1 WHERE false").affected())
                .isZero();
    }

    @Test
    void updateTakesSubqueriesOtherTablesAndAiFunctions() {
        estran.run("CREATE TABLE up (id INTEGER, body VARCHAR, n INTEGER)");
        estran.run("INSERT INTO up VALUES (1, 'Call 06 12 34 56 78', 1), (2, 'nothing', 2), (3, NULL, 3)");
        estran.run("CREATE TABLE prices AS SELECT * FROM (VALUES (1, 100), (2, 200), (2, 201)) p(id, price)");
        assertThat(estran.run("UPDATE up SET body = ai_mask(body, ['phone']) WHERE id <= 2")
                        .affected())
                .isEqualTo(2);
        assertThat(estran.rows("SELECT body FROM up ORDER BY id"))
                .containsExactly("[\"Call [MASKED]\"]", "[\"nothing\"]", "[null]");
        estran.run("UPDATE up SET n = (SELECT max(price) FROM prices WHERE prices.id = up.id), body = upper(body)"
                + " WHERE id IN (SELECT id FROM prices)");
        assertThat(estran.rows("SELECT n, body FROM up ORDER BY id"))
                .containsExactly("[100,\"CALL [MASKED]\"]", "[201,\"NOTHING\"]", "[3,null]");
        estran.run("UPDATE up AS u SET n = p.price + u.n FROM prices AS p WHERE p.id = u.id AND p.price = 100");
        assertThat(estran.rows("SELECT n FROM up ORDER BY id")).containsExactly("[200]", "[201]", "[3]");
        refused(
                "up",
                ErrorCode.CONSTRAINT_VIOLATED,
                "UPDATE up SET n = p.price FROM prices AS p WHERE p.id = up.id AND p.id = 2");
        estran.run("UPDATE up SET id = n, n = id"); // both read the row as it was
        assertThat(estran.rows("SELECT id, n FROM up ORDER BY n")).containsExactly("[200,1]", "[201,2]", "[3,3]");
        assertThat(estran.run("DELETE FROM up USING prices AS p WHERE p.id = up.n AND p.id = 2")
                        .affected())
                .as("a row that matches twice counts once")
                .isEqualTo(1);
        refused("up", ErrorCode.COLUMN_NOT_FOUND, "UPDATE up SET nope = 1");
        refused("up", ErrorCode.COLUMN_NOT_FOUND, "UPDATE up SET n = nope");
        refused("up", ErrorCode.COLUMN_NOT_FOUND, "DELETE FROM up WHERE nope = 1");
        refused("up", ErrorCode.BIND_ERROR, "UPDATE up SET n = 1, N = 2");
        refused("up", ErrorCode.CONVERSION_FAILED, "UPDATE up SET n = 'x' || n");
        refused("up", ErrorCode.NEEDS_MODEL, "UPDATE up SET body = ai_translate(coalesce(body, 'bonjour'), 'en')");
    }

    @Test
    void aConditionIsOneExpression() {
        estran.run("CREATE TABLE cond AS SELECT range AS id FROM range(5)");
        for (String tail : List.of(
                "id = 1 LIMIT 1", "id = 1 ORDER BY id", "id = 1 UNION ALL SELECT '/x', 0", "id = 1 GROUP BY ALL")) {
            refused("cond", ErrorCode.SYNTAX_ERROR, "DELETE FROM cond WHERE " + tail);
            refused("cond", ErrorCode.SYNTAX_ERROR, "UPDATE cond SET id = 0 WHERE " + tail);
        }
        refused("cond", ErrorCode.SYNTAX_ERROR, "UPDATE cond SET id = 1) AS x, (2");
        refused("cond", ErrorCode.SYNTAX_ERROR, "UPDATE cond SET id = ");
        assertThat(error("DELETE FROM cond WHERE").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        estran.run("DELETE FROM cond WHERE /* the first */ id = 1 -- and no other");
        assertThat(estran.rows("SELECT count(*) FROM cond")).containsExactly("[4]");
    }

    @Test
    void updatesFromManyThreadsAllLandOrSayConflict() {
        estran.run("CREATE TABLE counters AS SELECT range AS id, 0 AS n FROM range(4)");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ids.add(estran.platform()
                    .sql()
                    .submit(
                            dev.estran.Caller.OWNER,
                            SqlRequest.of("UPDATE counters SET n = n + 1 WHERE id = " + i % 4)));
        }
        int landed = 0;
        for (String id : ids) {
            StatementStatus status = estran.await(id);
            EstranException error = status.error();
            if (error == null) {
                landed++;
            } else {
                assertThat(error.code()).as("%s", error).isEqualTo(ErrorCode.COMMIT_CONFLICT);
            }
        }
        assertThat(landed).isPositive();
        assertThat(estran.rows("SELECT sum(n)::INTEGER FROM counters")).containsExactly("[" + landed + "]");
        assertThat(estran.rows("DESCRIBE HISTORY counters")).hasSize(landed + 1);
    }

    @Test
    void viewsMayHoldAiFunctions() {
        estran.run("CREATE TABLE letters AS SELECT * FROM (VALUES (1, 'Écrivez à ana@example.org'), (2, 'rien')) l(id,"
                + " body)");
        estran.run("CREATE VIEW masked (id, text) AS SELECT id, ai_mask(body, ['email']) FROM letters -- safe to show");
        assertThat(estran.rows("SELECT text FROM masked WHERE id = 1")).containsExactly("[\"Écrivez à [MASKED]\"]");
        assertThat(estran.rows("SELECT count(*) FROM masked m JOIN masked o ON m.text = o.text"))
                .containsExactly("[2]");
        estran.run("ALTER TABLE letters RENAME COLUMN body TO content");
        assertThat(error("SELECT * FROM masked").code()).isIn(ErrorCode.COLUMN_NOT_FOUND, ErrorCode.BIND_ERROR);
        estran.run("CREATE OR REPLACE VIEW masked AS SELECT id FROM letters");
        assertThat(estran.rows("SELECT * FROM masked")).hasSize(2);
        estran.run("CREATE VIEW twice AS SELECT 1 AS a, 2 AS A");
        assertThat(estran.rows("SELECT a, a_1 FROM twice")).containsExactly("[1,2]");
        assertThat(error("CREATE VIEW self AS SELECT * FROM self").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        estran.run("CREATE VIEW ring AS SELECT 1 AS a");
        estran.run("CREATE VIEW ring2 AS SELECT a FROM ring");
        estran.run("CREATE OR REPLACE VIEW ring AS SELECT a FROM ring2");
        assertThat(error("SELECT * FROM ring").text()).contains("nested");
        assertThat(error("INSERT INTO masked VALUES (1)").code()).isNotEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void tablesAreAlteredInEveryWay() {
        estran.run("CREATE TABLE alt (id INTEGER NOT NULL, n INTEGER, d DECIMAL(9,2))");
        estran.run("INSERT INTO alt VALUES (1, 2, 3.25)");
        estran.run("ALTER TABLE alt ADD COLUMN note VARCHAR DEFAULT 'x'");
        estran.run("ALTER TABLE alt ADD COLUMN IF NOT EXISTS note VARCHAR");
        estran.run("INSERT INTO alt (id) VALUES (2)");
        assertThat(estran.rows("SELECT id, note FROM alt ORDER BY id"))
                .hasSize(2)
                .contains("[2,\"x\"]");
        estran.run("ALTER TABLE alt RENAME COLUMN n TO \"Menge ü\"");
        estran.run("ALTER TABLE alt ALTER COLUMN \"Menge ü\" TYPE BIGINT");
        estran.run("ALTER TABLE alt ALTER COLUMN d SET DATA TYPE DECIMAL(18,2)");
        estran.run("ALTER TABLE alt ALTER COLUMN id DROP NOT NULL");
        estran.run("ALTER TABLE alt ALTER COLUMN note SET DEFAULT 'y' || 'z'");
        estran.run("ALTER TABLE alt ALTER COLUMN note COMMENT 'l''été'");
        estran.run("COMMENT ON TABLE alt IS 'about'");
        estran.run("ALTER TABLE alt SET TBLPROPERTIES ('owner.team' = 'sales')");
        estran.run("INSERT INTO alt (\"menge ü\") VALUES (9999999999)");
        assertThat(estran.rows("SELECT * FROM alt ORDER BY id NULLS LAST"))
                .as("rows from before the column have NULL")
                .contains("[1,2,\"3.25\",null]", "[2,null,null,\"x\"]", "[null,9999999999,null,\"yz\"]");
        assertThat(estran.rows("DESCRIBE alt"))
                .contains(
                        "[\"id\",\"INTEGER\",true,null,null]",
                        "[\"d\",\"DECIMAL(18,2)\",true,null,null]",
                        "[\"Menge ü\",\"BIGINT\",true,null,null]");
        estran.run("ALTER TABLE alt ALTER COLUMN note DROP DEFAULT");
        estran.run("ALTER TABLE alt DROP COLUMN note");
        estran.run("ALTER TABLE alt DROP COLUMN IF EXISTS note");
        refused("alt", ErrorCode.COLUMN_NOT_FOUND, "ALTER TABLE alt DROP COLUMN note");
        refused("alt", ErrorCode.COLUMN_NOT_FOUND, "SELECT note FROM alt");
        assertThat(error("ALTER TABLE alt ALTER COLUMN d TYPE INTEGER").code()).isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(error("ALTER TABLE alt ADD COLUMN ID INTEGER").code()).isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(error("ALTER TABLE alt ADD COLUMN r INTEGER NOT NULL").code())
                .isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(error("ALTER TABLE alt ADD COLUMN r INTEGER DEFAULT (SELECT max(id) FROM alt)")
                        .code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error("ALTER TABLE alt ALTER COLUMN id SET NOT NULL").code()).isEqualTo(ErrorCode.NOT_BUILT);
        estran.run("ALTER TABLE alt ADD COLUMN note INTEGER");
        assertThat(estran.rows("SELECT note FROM alt WHERE id = 1"))
                .as("a new column of an old name has none of its values")
                .containsExactly("[null]");
        estran.run("ALTER TABLE alt RENAME TO altered");
        assertThat(estran.rows("SELECT count(*) FROM altered")).containsExactly("[3]");
        assertThat(error("SELECT * FROM alt").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        estran.run("ALTER TABLE IF EXISTS alt DROP COLUMN id");
    }

    @Test
    void earlierVersionsByNumberAndTime() {
        estran.run("CREATE TABLE tt AS SELECT 1 AS a");
        String first = estran.rows("SELECT committed_at::VARCHAR FROM (SELECT now() AS committed_at)")
                .getFirst();
        estran.run("INSERT INTO tt VALUES (2)");
        estran.run("ALTER TABLE tt ADD COLUMN b VARCHAR DEFAULT 'later'");
        estran.run("UPDATE tt SET a = a + 10");
        assertThat(estran.rows("SELECT * FROM tt AT (VERSION => 1)")).containsExactly("[1]");
        assertThat(estran.rows("SELECT count(*) FROM tt AT (TIMESTAMP => "
                        + first.substring(1, first.length() - 1).replace('"', '\'') + ")"))
                .containsExactly("[1]");
        assertThat(estran.rows("SELECT n.a - o.a FROM tt n JOIN tt AS o AT (VERSION => 2) ON n.a = o.a + 10"))
                .containsExactly("[10]", "[10]");
        assertThat(error("SELECT * FROM tt AT (VERSION => 99)").code()).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(error("SELECT * FROM tt AT (VERSION => -1)").code())
                .isIn(ErrorCode.VERSION_NOT_FOUND, ErrorCode.INVALID_ARGUMENT);
        assertThat(error("SELECT * FROM tt AT (VERSION => 'x')").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error("SELECT * FROM tt AT (TIMESTAMP => '1999-01-01')").code())
                .isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(error("SELECT * FROM tt AT (TIMESTAMP => 'yesterday')").code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aTableMadeAgainIsAnotherTable() {
        estran.run("CREATE TABLE again AS SELECT 1 AS a");
        assertThat(error("CREATE TABLE again AS SELECT 2 AS a").code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        estran.run("CREATE TABLE IF NOT EXISTS again AS SELECT 2 AS a");
        assertThat(estran.rows("SELECT * FROM again")).containsExactly("[1]");
        estran.run("DROP TABLE again");
        assertThat(error("SELECT * FROM again").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(error("DROP TABLE again").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        estran.run("DROP TABLE IF EXISTS again");
        estran.run("CREATE TABLE again AS SELECT 'text' AS b");
        assertThat(estran.rows("SELECT * FROM again")).containsExactly("[\"text\"]");
        assertThat(estran.rows("DESCRIBE HISTORY again")).hasSize(1);
        estran.run("CREATE OR REPLACE TABLE again AS SELECT 3.5 AS c");
        assertThat(estran.rows("SELECT c FROM again")).containsExactly("[\"3.5\"]");
    }

    @Test
    void namesWithQuotesCapitalsAndBlanks() {
        String table = "\"Ventes d'été \"\"2025\"\" 🌞\"";
        estran.run("CREATE TABLE " + table + " (\"select\" INTEGER, \"A b\" VARCHAR, \"it's\"\"q\" DOUBLE)");
        estran.run("INSERT INTO " + table + " VALUES (1, 'x', 0.5)");
        estran.run("UPDATE " + table + " SET \"a B\" = \"select\" || '!' WHERE \"it's\"\"q\" < 1");
        estran.run("INSERT INTO " + table + " (\"A b\", \"SELECT\") VALUES ('y', 2)");
        assertThat(estran.rows("SELECT \"select\", \"A b\" FROM " + table + " ORDER BY 1"))
                .containsExactly("[1,\"1!\"]", "[2,\"y\"]");
        assertThat(estran.run("SELECT * FROM " + table).columns().get(1).name()).isEqualTo("A b");
        assertThat(estran.run("DELETE FROM " + table + " AS \"T x\" WHERE \"T x\".\"select\" = 1")
                        .affected())
                .isEqualTo(1);
        estran.run("DROP TABLE " + table);
        estran.run("CREATE TABLE MixedCase AS SELECT 1 AS MyColumn");
        assertThat(estran.rows("SELECT MYCOLUMN FROM LAKE.Default.mixedcase")).containsExactly("[1]");
        assertThat(estran.run("TABLE mixedCASE").rows()).isEqualTo(1);
    }

    @Test
    void columnsOfOneNameAreRefusedReadably() {
        EstranException error = error("CREATE TABLE dup AS SELECT 1 AS a, 2 AS \"A\"");
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error.text()).contains("Two columns are named").contains("AS");
        assertThat(error("CREATE TABLE dup (a INTEGER, A VARCHAR)").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(error("CREATE TABLE dup AS SELECT INTERVAL 1 DAY AS i").code())
                .isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED);
        assertThat(estran.rows("SHOW TABLES LIKE 'dup'")).isEmpty();
        assertThat(estran.rows("SELECT * FROM (SELECT 1 AS a, 2 AS a) q")).containsExactly("[1,2]");
    }
}
