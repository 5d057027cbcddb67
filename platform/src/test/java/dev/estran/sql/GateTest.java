package dev.estran.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.sql.duckdb.DuckDbParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final SessionNames NAMES = new SessionNames(
            List.of(new SchemaName("lake", "demo"), new SchemaName("lake", "default")),
            "ana",
            Set.of(),
            "lake",
            "demo");

    private static DuckDbParser parser;
    private static Gate gate;

    @BeforeAll
    static void start() {
        parser = new DuckDbParser();
        gate = new Gate(parser, name -> name.startsWith("ai_"));
    }

    @AfterAll
    static void stop() {
        parser.close();
    }

    private static GatedQuery check(String sql) {
        return gate.check(parser.parseQuery(sql), NAMES);
    }

    private static String bound(String sql) {
        return bound(sql, Set.of());
    }

    private static String bound(String sql, Set<String> columns) {
        GatedQuery query = check(sql);
        Map<TableRef, String> names = new HashMap<>();
        query.tables().forEach(table -> names.put(table, "__t" + names.size()));
        return parser.printQuery(query.bind(names, columns));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT list_transform(l, lambda x : x + 1), list_filter(l, x -> x > 1), [x * 2 FOR x IN l IF x > 2] FROM t",
                "FROM t PIVOT (sum(a) FOR b IN ('x', 'y') GROUP BY c)",
                "FROM t UNPIVOT (v FOR k IN (a, b))",
                "SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY b ORDER BY c) = 1",
                "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b), COLUMNS('x.*'), t.* RENAME (c AS d) FROM t",
                "SELECT s.a.b, s['k'], l[1:2], {'a': 1, b: 2}, map {'k': 1}, [1, 2], (1, 2) FROM t",
                "SELECT * FROM t ASOF JOIN u USING (a) LEFT JOIN v ON t.a = v.b POSITIONAL JOIN w SEMI JOIN q USING (a)",
                "SELECT #1, a FROM t ORDER BY ALL DESC NULLS LAST LIMIT 10 OFFSET 2",
                "SELECT sum(a) FILTER (WHERE b) OVER (ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t",
                "SELECT lag(a, 1) OVER w, ntile(4) OVER w, first_value(a IGNORE NULLS) OVER w FROM t WINDOW w AS (ORDER BY b)",
                "SELECT a, b, count(*), grouping(a) FROM t GROUP BY GROUPING SETS ((a), (b), ()) HAVING count(*) > 1",
                "SELECT a, b FROM t GROUP BY ROLLUP (a, b)",
                "VALUES (1, 'a'), (2, 'b')",
                "FROM t",
                "FROM t SELECT a WHERE b LIMIT (SELECT 1)",
                "TABLE t",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
                "SELECT DISTINCT ON (a) * FROM t USING SAMPLE 10 PERCENT (bernoulli)",
                "SELECT * FROM range(10) r(i), unnest([1, 2]) u(x), generate_series(1, 3), LATERAL (SELECT i)",
                "SELECT 1 UNION ALL BY NAME SELECT 2 AS x EXCEPT SELECT 3 INTERSECT SELECT 4",
                "SELECT a LIKE 'x%' ESCAPE 'y', a ILIKE b, a SIMILAR TO 'b', a ~ 'c', a GLOB 'd', a COLLATE nocase FROM t",
                "SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, coalesce(a, b), nullif(a, b), ifnull(a, b), if(a, b, c), try(1 / a) FROM t",
                "SELECT a::DECIMAL(12,2), TRY_CAST(a AS STRUCT(x INTEGER, y VARCHAR[])), a::TIMESTAMPTZ AT TIME ZONE 'UTC' FROM t",
                "SELECT INTERVAL 1 DAY, DATE '2025-01-01', now(), current_date, current_timestamp, age(a), extract(year FROM a) FROM t",
                "SELECT EXISTS (SELECT 1 FROM u WHERE u.a = t.a), a IN (SELECT b FROM u), a > ALL (SELECT c FROM u), ARRAY(SELECT 1) FROM t",
                "SELECT substring(a FROM 1 FOR 2), position('a' IN b), trim(BOTH 'x' FROM a), overlay(a PLACING 'b' FROM 1) FROM t",
                "SELECT string_agg(a, ',' ORDER BY b), list(a ORDER BY b), quantile_cont(a, 0.5), arg_max(a, b), approx_count_distinct(a) FROM t",
                "SELECT name.upper().lower(), main.lower(name), j->>'a', j->'b', json_extract(j, '$.a') FROM t",
                "SELECT regexp_replace(a, '[0-9]+', '#', 'g'), md5(a), hash(a), strftime(b, '%Y'), printf('%d', 1) FROM t"
            })
    void ordinaryQueriesPassAndPrintAgain(String sql) {
        String text = bound(sql);
        assertThat(check(text.replace("__t", "private")).functions())
                .isEqualTo(check(sql).functions());
        assertThat(text).doesNotContainPattern("FROM (t|u|v|w|q)\\b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COPY t TO 'x'                                              | STATEMENT_NOT_SUPPORTED",
                "ATTACH 'x.db'                                              | STATEMENT_NOT_SUPPORTED",
                "PRAGMA version                                             | STATEMENT_NOT_SUPPORTED",
                "INSTALL httpfs                                             | STATEMENT_NOT_SUPPORTED",
                "SET threads = 1                                            | STATEMENT_NOT_SUPPORTED",
                "CALL pragma_version()                                      | STATEMENT_NOT_SUPPORTED",
                "EXPLAIN SELECT 1                                           | STATEMENT_NOT_SUPPORTED",
                "PIVOT t ON a USING sum(b)                                  | STATEMENT_NOT_SUPPORTED",
                "DELETE FROM t                                              | STATEMENT_NOT_SUPPORTED",
                "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d      | STATEMENT_NOT_SUPPORTED",
                "WITH d AS (INSERT INTO t VALUES (1) RETURNING *) FROM d    | STATEMENT_NOT_SUPPORTED",
                "WITH d AS (UPDATE t SET a = 1 RETURNING *) FROM d          | STATEMENT_NOT_SUPPORTED",
                "DESCRIBE t                                                 | STATEMENT_NOT_SUPPORTED",
                "SHOW TABLES                                                | STATEMENT_NOT_SUPPORTED",
                "SELECT * FROM (DESCRIBE t)                                 | STATEMENT_NOT_SUPPORTED",
                "SELECT * FROM (SHOW TABLES)                                | STATEMENT_NOT_SUPPORTED",
                "SUMMARIZE t                                                | STATEMENT_NOT_SUPPORTED",
                "SELECT 1; SELECT 2                                         | MULTIPLE_STATEMENTS",
                "SELECT 1; DROP TABLE t                                     | STATEMENT_NOT_SUPPORTED",
                "SELECT                                                     | SYNTAX_ERROR",
                "-- nothing                                                 | SYNTAX_ERROR",
                "SELECT * FROM read_parquet('/etc/passwd')                  | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM read_csv('x.csv')                            | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM glob('/*')                                   | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM duckdb_settings()                            | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM query('SELECT 1')                            | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM query_table('t')                             | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM histogram('t', 'a')                          | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM system.main.read_text('x')                   | FUNCTION_NOT_ALLOWED",
                "SELECT getvariable('x')                                    | FUNCTION_NOT_ALLOWED",
                "SELECT current_setting('threads')                          | FUNCTION_NOT_ALLOWED",
                "SELECT version()                                           | FUNCTION_NOT_ALLOWED",
                "SELECT error('x')                                          | FUNCTION_NOT_ALLOWED",
                "SELECT assert_true(false)                                  | FUNCTION_NOT_ALLOWED",
                "SELECT sleep_ms(1000)                                      | FUNCTION_NOT_ALLOWED",
                "SELECT stats(a) FROM t                                     | FUNCTION_NOT_ALLOWED",
                "SELECT nextval('s')                                        | FUNCTION_NOT_ALLOWED",
                "SELECT json_serialize_sql('SELECT 1')                      | FUNCTION_NOT_ALLOWED",
                "SELECT 'x'.getvariable()                                   | FUNCTION_NOT_ALLOWED",
                "SELECT [getvariable(x) FOR x IN l] FROM t                  | FUNCTION_NOT_ALLOWED",
                "SELECT sum(a) OVER (ORDER BY getvariable('x')) FROM t      | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM t LIMIT getvariable('x')                     | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM t AT (TIMESTAMP => getvariable('x'))         | FUNCTION_NOT_ALLOWED",
                "SELECT * REPLACE (getvariable('x') AS a) FROM t            | FUNCTION_NOT_ALLOWED",
                "SELECT * FROM t PIVOT (error(a) FOR b IN ('x'))            | FUNCTION_NOT_ALLOWED",
                "FROM t JOIN u ON getvariable('x')                          | FUNCTION_NOT_ALLOWED",
                "SELECT DISTINCT ON (getvariable('x')) a FROM t             | FUNCTION_NOT_ALLOWED",
                "SELECT body.ai_mask() FROM t                               | FUNCTION_NOT_ALLOWED",
                "SELECT $a                                                  | PARAMETER_MISSING",
                "SELECT ?                                                   | PARAMETER_MISSING",
                "WITH __t0 AS (SELECT 1) FROM __t0                          | RESERVED_NAME",
                "SELECT a AS __k0 FROM t                                    | RESERVED_NAME",
                "WITH \"x.parquet\" AS (FROM \"x.parquet\") FROM \"x.parquet\" | RESERVED_NAME",
                "SELECT 1::lake.demo.mytype                                 | TYPE_NOT_SUPPORTED",
                "FROM a.b.c.d                                               | TABLE_NOT_FOUND",
            })
    void everythingElseIsRefused(String sql, ErrorCode code) {
        assertThatThrownBy(() -> check(sql))
                .isInstanceOfSatisfying(
                        EstranException.class,
                        e -> assertThat(e.code()).as(e.text()).isEqualTo(code));
    }

    @Test
    void suggestsTheFunctionThatWasMeant() {
        assertThatThrownBy(() -> check("SELECT uper(a) FROM t")).hasMessageContaining("Did you mean upper?");
        assertThatThrownBy(() -> check("FROM rnage(3)")).hasMessageContaining("Did you mean range?");
        assertThatThrownBy(() -> check("FROM read_csv('x')")).hasMessageContaining("estran load");
    }

    @Test
    void namesResolveByTheSearchPath() {
        assertThat(check("FROM T, demo.u, other.public.v, demo.T").tables())
                .extracting(TableRef::candidates)
                .containsExactly(
                        List.of(new TableName("lake", "demo", "t"), new TableName("lake", "default", "t")),
                        List.of(new TableName("lake", "demo", "u")),
                        List.of(new TableName("other", "public", "v")),
                        List.of(new TableName("lake", "demo", "t")));
        assertThat(check("FROM '/etc/passwd', \"x.csv\", duckdb_settings").tables())
                .extracting(ref -> ref.name().name())
                .containsExactly("/etc/passwd", "x.csv", "duckdb_settings");
    }

    @Test
    void versionsArePartOfAReference() {
        List<TableRef> tables = check(
                        "FROM t AT (VERSION => 3), t AS x AT (VERSION => 3), t AS y,"
                                + " t AS z AT (TIMESTAMP => TIMESTAMP '2025-01-01'), t AS q AT (TIMESTAMP => now() - INTERVAL 1 DAY)")
                .tables();
        assertThat(tables).hasSize(4);
        assertThat(tables.get(0).at())
                .extracting(TableRef.At::unit, TableRef.At::constant)
                .containsExactly("VERSION", "3");
        assertThat(tables.get(1).at()).isNull();
        assertThat(tables.get(2).at())
                .extracting(TableRef.At::unit, TableRef.At::constant)
                .containsExactly("TIMESTAMP", "2025-01-01");
        assertThat(tables.get(3).at()).extracting(TableRef.At::constant).isNull();
        assertThat(bound("FROM t AT (VERSION => 3), t AS x AT (VERSION => 3), t AS y"))
                .isEqualTo("SELECT * FROM __t0 AS t , __t0 AS x , __t1 AS y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH t AS (SELECT * FROM t) SELECT * FROM t                                            | demo.t",
                "WITH a AS (SELECT 1), b AS (FROM a) SELECT * FROM a, b, c                               | demo.c",
                "WITH b AS (FROM a), a AS (SELECT 1) SELECT * FROM a, b                                  | demo.a",
                "WITH RECURSIVE r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r       | ''",
                "SELECT * FROM (WITH a AS (SELECT 1) FROM a) x, a                                        | demo.a",
                "WITH a AS (SELECT 1) SELECT (SELECT count(*) FROM a), EXISTS (FROM A), demo.a.x FROM demo.a | demo.a",
                "WITH a AS (SELECT 1) SELECT 1 UNION SELECT * FROM a                                     | ''",
                "(WITH a AS (SELECT 1) FROM a) UNION ALL FROM a                                          | demo.a",
                "WITH RECURSIVE r(a, b) USING KEY (a) AS (SELECT 1, 2 UNION SELECT a, b FROM recurring.r) FROM r | ''",
            })
    void withNamesHideTablesInTheirScopeOnly(String sql, String expected) {
        assertThat(check(sql).tables())
                .extracting(ref -> ref.name().schema() + "." + ref.name().name())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void bindingKeepsNamesThatQueriesUse() {
        assertThat(bound("SELECT lake.demo.tickets.body, demo.tickets.id, tickets.shop, x FROM lake.demo.tickets"))
                .isEqualTo("SELECT tickets.body, tickets.id, tickets.shop, x FROM __t0 AS tickets");
        assertThat(bound("SELECT demo.t.c FROM s AS demo, t")).contains("demo.t.c");
        assertThat(bound("SELECT * EXCLUDE (demo.t.a) FROM demo.t")).contains("EXCLUDE (t.a)");
        assertThat(bound("SELECT \"My T\".a FROM \"My T\"")).isEqualTo("SELECT \"My T\".a FROM __t0 AS \"My T\"");
    }

    @Test
    void theSessionAnswersForTheEngine() {
        assertThat(bound("SELECT current_user, current_catalog AS c, current_schema(), now() WHERE session_user = 'x'"))
                .isEqualTo(
                        "SELECT 'ana' AS current_user, 'lake' AS c, 'demo' AS current_schema, now() WHERE ('ana' = 'x')");
        assertThat(bound("SELECT user FROM t", Set.of("user"))).startsWith("SELECT \"user\" FROM");
        assertThat(bound("SELECT user FROM t", Set.of("id"))).startsWith("SELECT 'ana'");
    }

    @Test
    void parametersBecomeTypedConstants() {
        ObjectNode query = parser.parseQuery(
                "SELECT * FROM t WHERE opened >= $since AND id < $max AND a IN (SELECT $max) LIMIT $n");
        ObjectNode filled = gate.withParameters(
                query,
                Map.of(
                        "since", new TypedValue("date", "2025-01-01"),
                        "max", new TypedValue("BIGINT", null),
                        "n", new TypedValue("INT", "5")));
        assertThat(parser.printQuery(filled))
                .isEqualTo(
                        "SELECT * FROM t WHERE ((opened >= CAST('2025-01-01' AS DATE)) AND (id < CAST(NULL AS BIGINT))"
                                + " AND (a = ANY(SELECT CAST(NULL AS BIGINT)))) LIMIT CAST('5' AS INTEGER)");
        assertThatThrownBy(() -> gate.withParameters(query, Map.of()))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PARAMETER_MISSING));
        ObjectNode hostile = gate.withParameters(
                parser.parseQuery("SELECT ?, $2"),
                Map.of(
                        "1",
                        new TypedValue("VARCHAR", "'); DROP TABLE x; --"),
                        "2",
                        new TypedValue("VARCHAR[]", "[a, 'b']")));
        assertThat(parser.printQuery(hostile))
                .isEqualTo("SELECT CAST('''); DROP TABLE x; --' AS VARCHAR), CAST('[a, ''b'']' AS VARCHAR[])");
    }

    @Test
    void aiCallsAreSeen() {
        GatedQuery query = check("SELECT ai_classify(body, ['a'], model => 'm') FROM t WHERE AI_FILTER('x', body)");
        assertThat(query.holdsAi()).isTrue();
        assertThat(query.functions()).contains("ai_classify", "ai_filter", "list_value");
        assertThat(check("SELECT 1 + 1").holdsAi()).isFalse();
    }

    /** The engine ignores the other name fields; so does the gate. */
    @Test
    void onlyTheQualifiedNameCounts() {
        ObjectNode query = parser.parseQuery("SELECT lower(a) FROM t");
        ((ObjectNode) query.path("select_list").path(0)).put("function_name", "lower");
        ((ObjectNode) query.path("select_list").path(0))
                .putObject("qualified_name")
                .putArray("path")
                .add("error");
        assertThatThrownBy(() -> gate.check(query, NAMES)).hasMessageContaining("no function error");
    }
}
