package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.Statement;
import dev.estran.sql.StatementParser;
import dev.estran.sql.StatementStatus;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every kind of statement asks for rights: on the platform first, and on each thing it touches. */
class RightsWalkTest {

    private static final Caller NOBODY = new Caller("nobody", Set.of());

    /** May run statements, and nothing else: the decisions below refuse the rest. */
    private static final Caller VISITOR = new Caller("visitor", Set.of(Caller.ADMINS, Caller.EVERYONE));

    private record Decision(Caller caller, Privilege privilege, Securable securable) {}

    private static final Queue<Decision> DECISIONS = new ConcurrentLinkedQueue<>();

    /** Statements that touch named things. They run in this order as the owner, each after it was refused to others. */
    private static final List<String> TOUCHING = List.of(
            "CREATE CATALOG other",
            "CREATE SCHEMA lake.walk",
            "CREATE TABLE lake.walk.t (id INTEGER, name VARCHAR)",
            "CREATE TABLE lake.walk.u AS SELECT 1 AS id",
            "CREATE OR REPLACE TABLE lake.walk.u AS SELECT 2 AS id",
            "CREATE VIEW lake.walk.v AS SELECT id FROM lake.walk.t",
            "INSERT INTO lake.walk.t VALUES (1, 'a')",
            "INSERT OVERWRITE lake.walk.t SELECT 2, 'b'",
            "UPDATE lake.walk.t SET name = 'c' WHERE id = 2",
            "DELETE FROM lake.walk.t WHERE id = 99",
            "SELECT * FROM lake.walk.t",
            "SELECT * FROM lake.walk.v",
            "SELECT * FROM lake.walk.t AT (VERSION => 1)",
            "TABLE lake.walk.t",
            "EXPLAIN SELECT * FROM lake.walk.t",
            "EXPLAIN ANALYZE SELECT * FROM lake.walk.t",
            "EXPLAIN AI SELECT ai_mask(name, ['phone']) FROM lake.walk.t",
            "DESCRIBE lake.walk.t",
            "DESCRIBE lake.walk.v",
            "COMMENT ON VIEW lake.walk.v IS 'x'",
            "SHOW CREATE VIEW lake.walk.v",
            "DESCRIBE SELECT * FROM lake.walk.t",
            "DESCRIBE HISTORY lake.walk.t",
            "SHOW SCHEMAS",
            "SHOW TABLES IN lake.walk",
            "SHOW VIEWS IN lake.walk",
            "SHOW COLUMNS IN lake.walk.t",
            "SELECT * FROM system.query.history",
            "SELECT * FROM system.access.audit",
            "SELECT * FROM lake.information_schema.columns",
            "COMMENT ON TABLE lake.walk.t IS 'x'",
            "ALTER TABLE lake.walk.t ADD COLUMN added INTEGER",
            "ALTER TABLE lake.walk.u RENAME TO renamed",
            "USE lake.walk",
            "TRUNCATE lake.walk.t",
            "CREATE CONNECTION walk WITH (provider => 'openai_compatible', url => 'http://127.0.0.1:9/v1')",
            "CREATE ENDPOINT walk WITH (served => [{'connection': 'walk', 'model': 'm', 'weight': 1}])",
            "EXPLAIN AI SELECT ai_query('walk', 'hello')",
            "CREATE MODEL lake.walk.m PREDICTING label FROM (SELECT translate(md5(i::VARCHAR), '0123456789', 'ghijklmnop') || CASE WHEN i % 2 = 0 THEN"
                    + " ' apple pear' ELSE ' bolt screw' END AS text, CASE WHEN i % 2 = 0 THEN 'fruit' ELSE 'tool' END"
                    + " AS label FROM range(120) r(i))",
            "SELECT ai_classify('apple', ['fruit', 'tool'], model => 'lake.walk.m')",
            "DROP MODEL lake.walk.m",
            "ALTER ENDPOINT walk SET DEFAULT",
            "DROP ENDPOINT walk",
            "DROP CONNECTION walk",
            "CREATE USER ana WITH (name => 'Ana', email => 'ana@example.com')",
            "CREATE GROUP walkers",
            "CREATE SERVICE PRINCIPAL robot",
            "ALTER GROUP walkers ADD MEMBER ana",
            "ALTER GROUP walkers DROP MEMBER ana",
            "ALTER USER ana DISABLE",
            "ALTER USER ana ENABLE",
            "GRANT SELECT ON TABLE lake.walk.t TO ana",
            "SHOW GRANTS ON TABLE lake.walk.t",
            "REVOKE ALL PRIVILEGES ON TABLE lake.walk.t FROM ana",
            "ALTER TABLE lake.walk.t OWNER TO owner",
            "SHOW TOKENS FOR ana",
            "DROP SERVICE PRINCIPAL robot",
            "DROP GROUP walkers",
            "DROP USER ana",
            "CREATE FUNCTION lake.walk.mine(who VARCHAR) RETURNS BOOLEAN RETURN who = current_user()",
            "ALTER TABLE lake.walk.t SET ROW FILTER lake.walk.mine ON (name)",
            "ALTER TABLE lake.walk.t DROP ROW FILTER",
            "CREATE FUNCTION lake.walk.hide(text VARCHAR) RETURNS VARCHAR RETURN '***'",
            "ALTER TABLE lake.walk.t ALTER COLUMN name SET MASK lake.walk.hide",
            "ALTER TABLE lake.walk.t ALTER COLUMN name DROP MASK",
            "DROP FUNCTION lake.walk.mine",
            "DROP VIEW lake.walk.v",
            "SHOW CREATE TABLE lake.walk.t",
            "RESTORE TABLE lake.walk.t TO VERSION 1",
            "DROP TABLE lake.walk.t",
            "SHOW TABLES DROPPED IN lake.walk",
            "UNDROP TABLE lake.walk.t",
            "DROP TABLE lake.walk.t",
            "DROP SCHEMA lake.walk CASCADE",
            "DROP CATALOG other");

    /** Statements that need no more than the right to run statements. */
    private static final List<String> PLAIN = List.of(
            "SELECT 1",
            "EXPLAIN SELECT 1",
            "DESCRIBE SELECT 1",
            "SET timezone = 'UTC'",
            "RESET timezone",
            "SHOW VARIABLES",
            "SHOW FUNCTIONS",
            "SHOW CATALOGS",
            "SHOW CONNECTIONS",
            "SHOW ENDPOINTS",
            "SHOW MODELS",
            "SHOW USERS",
            "SHOW GROUPS",
            "SHOW SERVICE PRINCIPALS",
            "SHOW MEMBERS IN admins",
            "SHOW GRANTS",
            "SHOW TOKENS",
            "SELECT * FROM system.ai.local_methods",
            "SELECT * FROM system.ai.models",
            "SELECT ai_mask('06 12 34 56 78', ['phone'])");

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of(), log -> (caller, privilege, securable, allowed) -> {
            DECISIONS.add(new Decision(caller, privilege, securable));
            if (caller.equals(VISITOR) && privilege != Privilege.USE_PLATFORM) {
                throw new EstranException(ErrorCode.DENIED, "a visitor has no " + privilege + " on " + securable);
            }
            log.decided(caller, privilege, securable, allowed);
        });
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    @Test
    void everyKindOfStatementHasAnExample() throws ReflectiveOperationException {
        Set<Class<?>> kinds = new HashSet<>();
        Set<String> heads = new HashSet<>();
        for (List<String> examples : List.of(TOUCHING, PLAIN)) {
            for (String example : examples) {
                Statement statement = StatementParser.parse(example);
                kinds.add(statement.getClass());
                if (statement instanceof Statement.Own own) {
                    heads.add(own.statement().head());
                }
            }
        }
        assertThat(kinds).containsAll(Arrays.asList(Statement.class.getPermittedSubclasses()));
        Field statements = estran.platform().sql().getClass().getDeclaredField("statements");
        statements.setAccessible(true);
        Object wired = statements.get(estran.platform().sql());
        Field handlers = wired.getClass().getDeclaredField("handlers");
        handlers.setAccessible(true);
        Set<Object> wiredHeads = new HashSet<>(((Map<?, ?>) handlers.get(wired)).keySet());
        assertThat(wiredHeads).isNotEmpty().isEqualTo(heads);
    }

    @Test
    void everyStatementAsksBeforeItAnswers() throws InterruptedException {
        for (String sql : PLAIN) {
            deniedToNobody(sql);
            assertThat(as(VISITOR, sql).error()).as(sql).isNull();
        }
        for (String sql : TOUCHING) {
            deniedToNobody(sql);
            StatementStatus refused = as(VISITOR, sql);
            assertThat(refused.error())
                    .as(sql)
                    .isNotNull()
                    .satisfies(error ->
                            assertThat(error.code()).as("%s: %s", sql, error).isEqualTo(ErrorCode.DENIED));
            DECISIONS.clear();
            assertThat(as(Caller.OWNER, sql).error()).as(sql).isNull();
            assertThat(DECISIONS)
                    .as(sql)
                    .anyMatch(d -> d.caller().equals(Caller.OWNER) && d.privilege() != Privilege.USE_PLATFORM);
        }
    }

    private static void deniedToNobody(String sql) {
        EstranException error = catchThrowableOfType(
                EstranException.class, () -> estran.platform().sql().submit(NOBODY, SqlRequest.of(sql)));
        assertThat(error.code()).as(sql).isEqualTo(ErrorCode.DENIED);
    }

    private static StatementStatus as(Caller caller, String sql) throws InterruptedException {
        String id = estran.platform().sql().submit(caller, SqlRequest.of(sql));
        StatementStatus status = estran.platform().sql().await(caller, id, 120_000);
        assertThat(status.state().ended()).as(sql).isTrue();
        return status;
    }

    @Test
    void decisionsAboutThingsAreInTheAuditLog() {
        estran.run("CREATE TABLE audited AS SELECT 1 AS a");
        estran.run("SELECT * FROM audited");
        assertThat(catchThrowableOfType(
                        EstranException.class,
                        () -> estran.platform().lake().catalogs().dropCatalog(NOBODY, "lake", false, true)))
                .isNotNull();
        assertThat(estran.rows("SELECT DISTINCT caller, action, object, decision FROM system.access.audit WHERE object"
                        + " IN ('table lake.default.audited', 'catalog lake') AND decision IN ('ALLOW', 'DENY')"))
                .contains(
                        "[\"owner\",\"SELECT\",\"table lake.default.audited\",\"ALLOW\"]",
                        "[\"nobody\",\"MANAGE\",\"catalog lake\",\"DENY\"]");
    }
}
