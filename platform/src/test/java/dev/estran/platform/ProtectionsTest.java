package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.Caller.Scope;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row filters and masks hold whatever is asked, and however. */
class ProtectionsTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start();
        for (String sql : List.of(
                "CREATE SCHEMA lake.hr",
                "CREATE TABLE lake.hr.people AS SELECT * FROM (VALUES"
                        + " ('ana', 'ana@example.com', 1000, 'Lyon'), ('bob', 'bob@example.com', 2000, 'Brest'),"
                        + " ('zoe', 'CANARY-zoe', 3000, 'Lyon')) AS v(who, email, pay, city)",
                "CREATE USER ana",
                "CREATE USER bob",
                "CREATE GROUP payroll",
                "ALTER GROUP payroll ADD MEMBER bob",
                "GRANT USE SCHEMA, CREATE TABLE ON SCHEMA lake.hr TO ana, bob",
                "GRANT SELECT, MODIFY ON TABLE lake.hr.people TO ana, bob",
                "CREATE FUNCTION lake.hr.not_zoe(who VARCHAR) RETURNS BOOLEAN RETURN who <> 'zoe'",
                "CREATE FUNCTION lake.hr.mask_mail(email VARCHAR, who VARCHAR) RETURNS VARCHAR"
                        + " RETURN CASE WHEN who = current_user() OR is_member('payroll') THEN email"
                        + " ELSE regexp_replace(email, '^[^@]*', '***') END",
                "ALTER TABLE lake.hr.people SET ROW FILTER lake.hr.not_zoe ON (who)",
                "ALTER TABLE lake.hr.people ALTER COLUMN email SET MASK lake.hr.mask_mail USING COLUMNS (who)")) {
            estran.run(sql);
        }
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    private static StatementStatus as(String user, String sql) {
        Caller caller = estran.platform().identities().directory().caller(user, Scope.ALL);
        String id = estran.platform().sql().submit(caller, SqlRequest.of(sql));
        try {
            return estran.platform().sql().await(caller, id, 60_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String rows(String user, String sql) {
        StatementStatus status = as(user, sql);
        assertThat(status.error()).as(sql).isNull();
        Caller caller = estran.platform().identities().directory().caller(user, Scope.ALL);
        return estran.platform().sql().rows(caller, status.id(), 0, 1000);
    }

    private static EstranException error(String user, String sql) {
        return Objects.requireNonNull(as(user, sql).error(), sql);
    }

    @Test
    void everyoneSeesTheirPart() {
        String all = "SELECT who, email FROM lake.hr.people ORDER BY who";
        assertThat(rows("ana", all)).isEqualTo("[\"ana\",\"ana@example.com\"],[\"bob\",\"***@example.com\"]");
        assertThat(rows("bob", all)).isEqualTo("[\"ana\",\"ana@example.com\"],[\"bob\",\"bob@example.com\"]");
        // Owners and admins too: a rule is a rule.
        assertThat(rows("owner", all)).isEqualTo("[\"ana\",\"***@example.com\"],[\"bob\",\"***@example.com\"]");
        assertThat(rows("ana", "SELECT count(*), sum(pay), max(pay) FROM lake.hr.people"))
                .isEqualTo("[2,3000,2000]");
        assertThat(rows("ana", "SELECT count(*) FROM lake.hr.people AT (VERSION => 1)"))
                .isEqualTo("[2]");
        assertThat(rows("ana", "SELECT count(*) FROM lake.hr.people WHERE email LIKE 'bob@%'"))
                .isEqualTo("[0]");
        assertThat(rows("ana", "SELECT email FROM lake.hr.people ORDER BY email LIMIT 1"))
                .isEqualTo("[\"***@example.com\"]");
        assertThat(rows("ana", "SELECT p.email FROM lake.hr.people p JOIN lake.hr.people q USING (email) ORDER BY 1"))
                .doesNotContain("bob@");
    }

    @Test
    void noConditionIsAskedOfHiddenRows() {
        // Would fail, and quote the value, were it asked of zoe's row.
        assertThat(rows("ana", "SELECT who FROM lake.hr.people WHERE pay < 2500 OR CAST(email AS INTEGER) > 0"))
                .doesNotContain("CANARY");
        assertThat(error("ana", "SELECT CAST(email AS INTEGER) FROM lake.hr.people")
                        .text())
                .doesNotContain("example.com")
                .contains("withheld");
        assertThat(rows("ana", "SELECT 1 / (CASE WHEN who = 'zoe' THEN 0 ELSE 1 END) FROM lake.hr.people"))
                .isNotEmpty();
    }

    @Test
    void changesTouchVisibleRowsOnly() {
        estran.run("CREATE TABLE lake.hr.copy_t AS SELECT * FROM (VALUES ('ana', 1), ('zoe', 2)) AS v(who, n)");
        estran.run("ALTER TABLE lake.hr.copy_t SET ROW FILTER lake.hr.not_zoe ON (who)");
        estran.run("GRANT SELECT, MODIFY ON TABLE lake.hr.copy_t TO ana");
        assertThat(as("ana", "UPDATE lake.hr.copy_t SET n = n + 10").affected()).isEqualTo(1);
        assertThat(as("ana", "DELETE FROM lake.hr.copy_t WHERE who = 'zoe'").affected())
                .isEqualTo(0);
        assertThat(error("ana", "INSERT OVERWRITE lake.hr.copy_t VALUES ('x', 1)")
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(as("ana", "TRUNCATE lake.hr.copy_t").affected()).isEqualTo(1);
        estran.run("ALTER TABLE lake.hr.copy_t DROP ROW FILTER");
        assertThat(estran.rows("SELECT who, n FROM lake.hr.copy_t")).containsExactly("[\"zoe\",2]");
    }

    @Test
    void theRulesFollowTheTable() {
        estran.run("CREATE TABLE lake.hr.moved AS SELECT 'zoe' AS who UNION ALL SELECT 'ana'");
        estran.run("ALTER TABLE lake.hr.moved SET ROW FILTER lake.hr.not_zoe ON (who)");
        estran.run("ALTER TABLE lake.hr.moved RENAME COLUMN who TO person");
        estran.run("ALTER TABLE lake.hr.moved RENAME TO moved2");
        assertThat(estran.rows("SELECT person FROM lake.hr.moved2")).containsExactly("[\"ana\"]");
        assertThat(Objects.requireNonNull(estran.attempt(SqlRequest.of("ALTER TABLE lake.hr.moved2 DROP COLUMN person"))
                                .error())
                        .code())
                .isIn(ErrorCode.NOT_EMPTY, ErrorCode.INVALID_ARGUMENT);
        assertThat(Objects.requireNonNull(estran.attempt(SqlRequest.of("DROP FUNCTION lake.hr.not_zoe"))
                                .error())
                        .code())
                .isEqualTo(ErrorCode.NOT_EMPTY);
        estran.run("DROP TABLE lake.hr.moved2");
    }

    @Test
    void whatAiFunctionsAreSentIsMasked() {
        assertThat(rows("ana", "SELECT ai_mask(email, ['email']) FROM lake.hr.people WHERE who = 'bob'"))
                .isEqualTo("[\"***@example.com\"]");
    }

    @Test
    void aViewReadsWithItsOwnersRightsAndItsReadersNames() {
        estran.run("CREATE TABLE lake.hr.secret AS SELECT 'ana' AS who, 'CANARY-secret' AS text");
        estran.run("CREATE VIEW lake.hr.mine AS SELECT text FROM lake.hr.secret WHERE who = current_user()");
        estran.run("CREATE VIEW lake.hr.theirs SECURITY INVOKER AS SELECT text FROM lake.hr.secret");
        estran.run("GRANT SELECT ON VIEW lake.hr.mine TO ana, bob");
        estran.run("GRANT SELECT ON VIEW lake.hr.theirs TO ana");
        assertThat(rows("ana", "SELECT text FROM lake.hr.mine")).isEqualTo("[\"CANARY-secret\"]");
        assertThat(rows("bob", "SELECT text FROM lake.hr.mine")).isEmpty();
        assertThat(error("ana", "SELECT text FROM lake.hr.theirs").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        // What a view of the same statement may read, the statement itself still may not.
        assertThat(error("ana", "SELECT m.text, s.text FROM lake.hr.mine m, lake.hr.secret s")
                        .code())
                .isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(error("bob", "CREATE OR REPLACE VIEW lake.hr.mine AS SELECT 1 AS text")
                        .code())
                .isIn(ErrorCode.DENIED, ErrorCode.SCHEMA_NOT_FOUND);
    }

    @Test
    void functionsCanBeCalledWhereTheyAreGranted() {
        estran.run("CREATE FUNCTION lake.hr.twice(x INTEGER) RETURNS INTEGER RETURN x * 2");
        estran.run("CREATE FUNCTION lake.hr.four(x INTEGER) RETURNS INTEGER RETURN lake.hr.twice(lake.hr.twice(x))");
        assertThat(estran.rows("SELECT lake.hr.four(10) AS a")).containsExactly("[40]");
        assertThat(error("ana", "SELECT lake.hr.twice(1)").code()).isEqualTo(ErrorCode.FUNCTION_NOT_ALLOWED);
        estran.run("GRANT EXECUTE ON FUNCTION lake.hr.twice TO ana");
        assertThat(rows("ana", "SELECT lake.hr.twice(pay) FROM lake.hr.people WHERE who = 'ana'"))
                .isEqualTo("[2000]");
        for (String body : List.of(
                "(SELECT max(pay) FROM lake.hr.people)",
                "read_text('/etc/passwd')",
                "pay",
                "ai_gen('x')",
                "(SELECT 1)")) {
            String sql = "CREATE FUNCTION lake.hr.bad(x INTEGER) RETURNS INTEGER RETURN " + body;
            assertThat(estran.attempt(SqlRequest.of(sql)).error()).as(sql).isNotNull();
        }
    }
}
