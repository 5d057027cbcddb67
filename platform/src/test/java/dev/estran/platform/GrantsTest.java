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

/** What people may do, by the statements that give and take rights. */
class GrantsTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start();
        for (String sql : List.of(
                "CREATE SCHEMA lake.rights",
                "CREATE TABLE lake.rights.open_t AS SELECT 1 AS id, 'seen' AS text",
                "CREATE TABLE lake.rights.closed_t AS SELECT 2 AS id, 'canary' AS text",
                "CREATE USER ana",
                "CREATE USER bob",
                "CREATE GROUP readers",
                "CREATE GROUP staff",
                "ALTER GROUP staff ADD MEMBER ana",
                "ALTER GROUP readers ADD MEMBER staff")) {
            estran.run(sql);
        }
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    private static StatementStatus as(String user, String sql) {
        return as(user, Scope.ALL, sql);
    }

    private static StatementStatus as(String user, Scope scope, String sql) {
        Caller caller = estran.platform().identities().directory().caller(user, scope);
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

    private static EstranException failed(String sql) {
        return Objects.requireNonNull(estran.attempt(SqlRequest.of(sql)).error(), sql);
    }

    private static EstranException error(String user, String sql) {
        return Objects.requireNonNull(as(user, sql).error(), sql);
    }

    private static ErrorCode refused(String user, String sql) {
        return error(user, sql).code();
    }

    @Test
    void aTableWithoutGrantDoesNotExist() {
        String never = error("bob", "SELECT * FROM lake.rights.never_t").text();
        String closed = error("bob", "SELECT * FROM lake.rights.closed_t").text();
        assertThat(closed).isEqualTo(never.replace("never_t", "closed_t"));
        assertThat(error("bob", "SELECT * FROM lake.rights.closed_").text()).doesNotContain("closed_t");
        assertThat(refused("bob", "DROP TABLE lake.rights.closed_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(refused("bob", "DESCRIBE lake.rights.closed_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(refused("bob", "SHOW TABLES IN lake.rights")).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND);
        assertThat(rows("bob", "SELECT count(*) FROM system.information_schema.tables WHERE table_schema = 'rights'"))
                .isEqualTo("[0]");
        assertThat(rows("bob", "SELECT count(*) FROM system.information_schema.columns WHERE table_schema = 'rights'"))
                .isEqualTo("[0]");
    }

    @Test
    void aGrantThroughNestedGroupsHoldsAtOnceAndEndsAtOnce() {
        estran.run("GRANT USE SCHEMA ON SCHEMA lake.rights TO readers");
        estran.run("GRANT SELECT ON TABLE lake.rights.open_t TO readers");
        assertThat(rows("ana", "SELECT text FROM lake.rights.open_t")).isEqualTo("[\"seen\"]");
        assertThat(rows("ana", "SHOW TABLES IN lake.rights")).contains("open_t").doesNotContain("closed_t");
        assertThat(refused("ana", "SELECT * FROM lake.rights.closed_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(refused("ana", "INSERT INTO lake.rights.open_t VALUES (3, 'x')"))
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refused("ana", "UPDATE lake.rights.open_t SET id = 4")).isEqualTo(ErrorCode.DENIED);
        assertThat(refused("ana", "DROP TABLE lake.rights.open_t")).isEqualTo(ErrorCode.DENIED);
        assertThat(refused("ana", "GRANT SELECT ON TABLE lake.rights.open_t TO bob"))
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refused("bob", "SELECT text FROM lake.rights.open_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);

        estran.run("ALTER TABLE lake.rights.open_t RENAME TO renamed_t");
        assertThat(rows("ana", "SELECT text FROM lake.rights.renamed_t")).isEqualTo("[\"seen\"]");
        estran.run("ALTER TABLE lake.rights.renamed_t RENAME TO open_t");

        estran.run("ALTER GROUP readers DROP MEMBER staff");
        assertThat(refused("ana", "SELECT text FROM lake.rights.open_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        estran.run("ALTER GROUP readers ADD MEMBER staff");
        estran.run("REVOKE SELECT ON TABLE lake.rights.open_t FROM readers");
        assertThat(refused("ana", "SELECT text FROM lake.rights.open_t")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void aDropEndsTheGrants() {
        estran.run("GRANT USE SCHEMA ON SCHEMA lake.rights TO bob");
        estran.run("CREATE TABLE lake.rights.again AS SELECT 1 AS a");
        estran.run("GRANT SELECT ON TABLE lake.rights.again TO bob");
        assertThat(rows("bob", "SELECT a FROM lake.rights.again")).isEqualTo("[1]");
        estran.run("DROP TABLE lake.rights.again");
        estran.run("CREATE TABLE lake.rights.again AS SELECT 2 AS a");
        assertThat(refused("bob", "SELECT a FROM lake.rights.again")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        estran.run("REVOKE USE SCHEMA ON SCHEMA lake.rights FROM bob");
    }

    @Test
    void whoMayCreateOwnsWhatTheyMake() {
        estran.run("CREATE SCHEMA lake.workshop");
        estran.run("GRANT USE SCHEMA, CREATE TABLE, CREATE VIEW ON SCHEMA lake.workshop TO bob");
        assertThat(as("bob", "CREATE TABLE lake.workshop.mine AS SELECT 1 AS a").error())
                .isNull();
        assertThat(rows("bob", "SELECT a FROM lake.workshop.mine")).isEqualTo("[1]");
        assertThat(refused("ana", "SELECT a FROM lake.workshop.mine")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(as("bob", "GRANT SELECT ON TABLE lake.workshop.mine TO ana").error())
                .isNull();
        // The table is granted, the schema around it is not.
        assertThat(refused("ana", "SELECT a FROM lake.workshop.mine")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(refused("bob", "DROP SCHEMA lake.workshop CASCADE")).isEqualTo(ErrorCode.DENIED);
        estran.run("ALTER TABLE lake.workshop.mine OWNER TO ana");
        assertThat(refused("bob", "DROP TABLE lake.workshop.mine")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(failed("DROP USER ana").text()).contains("owns");
        estran.run("DROP SCHEMA lake.workshop CASCADE");
    }

    @Test
    void aTokenForReadingChangesNothing() {
        estran.run("CREATE SCHEMA lake.scoped");
        estran.run("GRANT ALL PRIVILEGES ON SCHEMA lake.scoped TO bob");
        assertThat(Objects.requireNonNull(as("bob", Scope.READ, "CREATE TABLE lake.scoped.t AS SELECT 1 AS a")
                                .error())
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(as("bob", "CREATE TABLE lake.scoped.t AS SELECT 1 AS a").error())
                .isNull();
        assertThat(as("bob", Scope.READ, "SELECT a FROM lake.scoped.t").error()).isNull();
        assertThat(as("bob", Scope.MODELS, "SELECT a FROM lake.scoped.t").error())
                .isNotNull();
    }

    @Test
    void everyoneSeesTheirOwnStatementsOnly() {
        assertThat(as("ana", "SELECT 'spoken by ana'").error()).isNull();
        assertThat(rows("bob", "SELECT count(*) FROM system.query.history WHERE caller <> 'bob'"))
                .isEqualTo("[0]");
        assertThat(rows("ana", "SELECT count(*) > 0 FROM system.query.history WHERE statement LIKE '%spoken by ana%'"))
                .isEqualTo("[true]");
        // A condition that fails on others' rows would tell that there are some.
        assertThat(
                        rows(
                                "bob",
                                "SELECT count(*) FROM system.query.history WHERE caller = 'bob' OR CAST(statement AS INTEGER) = 1"))
                .isNotEmpty();
        assertThat(refused("bob", "SELECT * FROM system.access.audit")).isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void onlyAdminsChangePeopleAndTheLastOneStays() {
        assertThat(refused("bob", "CREATE USER eve")).isEqualTo(ErrorCode.DENIED);
        assertThat(refused("bob", "ALTER GROUP admins ADD MEMBER bob")).isEqualTo(ErrorCode.DENIED);
        assertThat(refused("bob", "SHOW GRANTS TO ana")).isEqualTo(ErrorCode.DENIED);
        assertThat(failed("ALTER GROUP admins DROP MEMBER owner").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failed("ALTER GROUP staff ADD MEMBER readers").text()).contains("circle");
        assertThat(failed("DROP GROUP users").code()).isEqualTo(ErrorCode.RESERVED_NAME);
        assertThat(failed("GRANT SELECT ON SCHEMA lake.rights TO nobody_here").code())
                .isEqualTo(ErrorCode.PRINCIPAL_NOT_FOUND);
        assertThat(failed("GRANT QUERY ON SCHEMA lake.rights TO ana").text()).contains("It takes");
    }
}
