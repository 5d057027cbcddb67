package dev.estran.sql.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.lake.StagedFile;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.SqlEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEngineTest {

    @TempDir
    Path data;

    private DuckDbEngine engine;

    @BeforeEach
    void start() {
        engine = new DuckDbEngine(new DuckDbSettings(data.resolve("tmp"), 2, 64L << 20, 1));
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    private EngineInstance open(String... setup) {
        return engine.open(new SqlEngine.Binding(List.of(), List.of(setup), "UTC", 60_000, 256L << 20));
    }

    private static ErrorCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        try {
            call.call();
        } catch (EstranException e) {
            System.out.println("  " + e.code() + ": " + e.text() + " " + e.details());
            assertThat(e.text()).doesNotContain("LINE 1", "Java stack trace", "__t0");
            return e.code();
        } catch (Throwable e) {
            throw new AssertionError("not an EstranException", e);
        }
        throw new AssertionError("nothing thrown");
    }

    @Test
    void readsEveryTypeAsTheContractSays() {
        try (EngineInstance instance = open("""
                CREATE TABLE __r AS SELECT true AS b, 1::TINYINT AS i1, 2::SMALLINT AS i2, 3 AS i4, 4::BIGINT AS i8,
                  5::UTINYINT AS u1, 6::UINTEGER AS u4, 18446744073709551615::UBIGINT AS u8,
                  170141183460469231731687303715884105727::HUGEINT AS h, 7::UHUGEINT AS uh, 0.1::FLOAT AS f, 0.1::DOUBLE AS d,
                  1.10::DECIMAL(4,2) AS d4, 12345678901234567890.123::DECIMAL(38,3) AS d38, 'é''x' AS s,
                  DATE '2025-02-28' AS day, TIME '12:34:56.789' AS t, TIMESTAMP '2025-01-01 10:00:00.123456' AS ts,
                  '2025-01-01 10:00:00.123'::TIMESTAMP_MS AS ts_ms, '2025-01-01 10:00:00.123456789'::TIMESTAMP_NS AS ts_ns,
                  '2025-01-01 10:00:00+02'::TIMESTAMPTZ AS tz, '\\x00\\xFFa'::BLOB AS bl,
                  '00000000-0000-0000-0000-000000000001'::UUID AS id, INTERVAL 3 MONTH AS iv, [1, NULL] AS l,
                  {'a': 1, 'b': 'x'} AS st, MAP {'k': 1.5} AS m, [1,2]::INTEGER[2] AS arr, '{"a": [1]}'::JSON AS j,
                  'x'::ENUM('x', 'y') AS e, '101'::BIT AS bit, [{'a': [DATE '2025-01-01']}] AS deep,
                  union_value(num := 2) AS un, '10:00:00+02'::TIMETZ AS ttz
                UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL""")) {
            List<List<Object>> rows = new ArrayList<>();
            instance.read("__r", chunk -> {
                for (int row = 0; row < chunk.rowCount(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (int column = 0; column < chunk.columnCount(); column++) {
                        values.add(chunk.value(row, column));
                    }
                    rows.add(values);
                }
            });
            List<Object> first = rows.getFirst();
            assertThat((byte[]) first.set(21, null)).containsExactly(0, 255, 'a');
            assertThat(first)
                    .containsExactlyElementsOf(Arrays.asList(
                            true,
                            1L,
                            2L,
                            3L,
                            4L,
                            5L,
                            6L,
                            new BigDecimal("18446744073709551615"),
                            new BigDecimal("170141183460469231731687303715884105727"),
                            new BigDecimal("7"),
                            0.1,
                            0.1,
                            new BigDecimal("1.10"),
                            new BigDecimal("12345678901234567890.123"),
                            "é'x",
                            LocalDate.of(2025, 2, 28),
                            LocalTime.parse("12:34:56.789"),
                            LocalDateTime.parse("2025-01-01T10:00:00.123456"),
                            LocalDateTime.parse("2025-01-01T10:00:00.123"),
                            LocalDateTime.parse("2025-01-01T10:00:00.123456789"),
                            Instant.parse("2025-01-01T08:00:00Z"),
                            null,
                            "00000000-0000-0000-0000-000000000001",
                            "3 months",
                            "[1,null]",
                            "{\"a\":1,\"b\":\"x\"}",
                            "{\"k\":1.5}",
                            "[1,2]",
                            "{\"a\": [1]}",
                            "x",
                            "101",
                            "[{\"a\":[\"2025-01-01\"]}]",
                            "{\"num\":2}",
                            "10:00:00+02"));
            assertThat(rows.get(1)).containsOnlyNulls().hasSize(34);
            assertThat(instance.describe("SELECT * FROM __r")).contains(new Column("d38", "DECIMAL(38,3)"));
        }
    }

    @Test
    void readsInfiniteAndFarTimes() {
        try (EngineInstance instance = open()) {
            assertThat(instance.rows("""
                            SELECT 'infinity'::DATE, '-infinity'::DATE, 'infinity'::TIMESTAMP, '-infinity'::TIMESTAMPTZ,
                              DATE '5000000-01-01', TIMESTAMP '0001-01-01 00:00:00.000001', DATE '0044-03-15 (BC)',
                              'infinity'::DOUBLE, 'nan'::DOUBLE, TIME '24:00:00', TIMESTAMP '290000-01-01 00:00:00'""", 10))
                    .containsExactly(List.of(
                            "infinity",
                            "-infinity",
                            "infinity",
                            "-infinity",
                            LocalDate.of(5_000_000, 1, 1),
                            LocalDateTime.parse("0001-01-01T00:00:00.000001"),
                            LocalDate.of(-43, 3, 15),
                            Double.POSITIVE_INFINITY,
                            Double.NaN,
                            "24:00:00",
                            LocalDateTime.of(290_000, 1, 1, 0, 0)));
        }
    }

    @Test
    void readsManyChunksInOrder() {
        try (EngineInstance instance =
                open("CREATE TABLE __r AS SELECT i, 'n' || i AS s, i / 4 AS d FROM range(300000) t(i)")) {
            long[] next = {0};
            instance.read("__r", chunk -> {
                for (int row = 0; row < chunk.rowCount(); row++) {
                    long expected = next[0]++;
                    if (!Long.valueOf(expected).equals(chunk.value(row, 0))
                            || !("n" + expected).equals(chunk.value(row, 1))) {
                        throw new AssertionError("row " + expected + " is " + chunk.value(row, 0));
                    }
                }
            });
            assertThat(next[0]).isEqualTo(300_000);
            assertThat(instance.number("SELECT count(*) FROM __r")).isEqualTo(300_000);
        }
    }

    /** The engine's chunk reader ends early and silently when a cast fails midway. */
    @Test
    void noticesAReadThatEndsEarly() {
        try (DuckDbInstance instance = (DuckDbInstance)
                open(
                        "CREATE TABLE __r AS SELECT CASE WHEN i = 2000000 THEN 'x' ELSE i::VARCHAR END AS s FROM range(3000000) t(i)")) {
            List<ColumnReader> readers = List.of(ColumnReader.of(new Column("s", "INTEGER")));
            assertThatThrownBy(() ->
                            instance.readAll("SELECT CAST(s AS BIGINT) FROM __r", readers, 3_000_000, chunk -> {}))
                    .isInstanceOfSatisfying(
                            EstranException.class,
                            e -> assertThat(e.code())
                                    .isIn(ErrorCode.ENGINE_READ_TRUNCATED, ErrorCode.CONVERSION_FAILED));
        }
    }

    @Test
    void mapsErrorsToCodesWithoutPrivateNames() {
        try (EngineInstance instance = engine.open(new SqlEngine.Binding(
                List.of(),
                List.of("CREATE TABLE __t0 (id INTEGER NOT NULL, name VARCHAR)", "INSERT INTO __t0 VALUES (1, 'x')"),
                "UTC",
                60_000,
                256L << 20,
                Map.of("__t0", "lake.demo.people")))) {
            assertThatThrownBy(() -> instance.execute("SELECT nam FROM __t0 AS people"))
                    .isInstanceOfSatisfying(EstranException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
                        assertThat(e.text()).isEqualTo("There is no column 'nam' here. Did you mean 'name'?");
                        assertThat(e.details()).containsEntry("name", "nam");
                    });
            assertThat(codeOf(() -> instance.execute("SELECT __t0.foo FROM __t0")))
                    .isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
            assertThat(codeOf(() -> instance.execute("SELECT people.foo FROM __t0 AS people")))
                    .isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
            assertThat(codeOf(() -> instance.execute("FROM nothing"))).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
            assertThat(codeOf(() -> instance.execute("SELECT id, count(*) FROM __t0")))
                    .isEqualTo(ErrorCode.BIND_ERROR);
            assertThat(codeOf(() -> instance.execute("SELECT upper(1, 2)"))).isEqualTo(ErrorCode.BIND_ERROR);
            assertThat(codeOf(() -> instance.execute("CREATE TABLE x AS SELECT name::INTEGER FROM __t0")))
                    .isEqualTo(ErrorCode.CONVERSION_FAILED);
            assertThat(codeOf(() -> instance.execute("SELECT 300::TINYINT"))).isEqualTo(ErrorCode.CONVERSION_FAILED);
            assertThat(codeOf(() -> instance.execute("SELECT 9223372036854775807 + id FROM __t0")))
                    .isEqualTo(ErrorCode.CONVERSION_FAILED);
            assertThat(codeOf(() -> instance.execute("INSERT INTO __t0 VALUES (NULL, 'x')")))
                    .isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
            assertThat(codeOf(() -> instance.execute("SELECT (SELECT i FROM range(3) t(i))")))
                    .isEqualTo(ErrorCode.ENGINE_ERROR);
            assertThat(codeOf(() -> instance.execute("SELEC 1"))).isEqualTo(ErrorCode.SYNTAX_ERROR);
            assertThat(codeOf(() -> instance.rows("FROM range(11)", 10))).isEqualTo(ErrorCode.RESULT_TOO_LARGE);
            assertThat(instance.rows("SELECT 1", 1)).containsExactly(List.of(1L));
        }
    }

    @Test
    void reachesOnlyItsFilesAndItsOwnDirectory() throws IOException {
        Path allowed = Files.writeString(data.resolve("allowed.csv"), "a\n1\n");
        Path other = Files.writeString(data.resolve("other.csv"), "a\n2\n");
        try (EngineInstance instance =
                engine.open(new SqlEngine.Binding(List.of(allowed), List.of(), "Europe/Paris", 60_000, 256L << 20))) {
            assertThat(instance.rows("FROM read_csv('" + allowed + "')", 10)).containsExactly(List.of(1L));
            assertThat(instance.rows("SELECT current_setting('TimeZone')", 1)).containsExactly(List.of("Europe/Paris"));
            for (String refused : List.of(
                    "FROM read_csv('" + other + "')",
                    "FROM '" + other + "'",
                    "FROM read_text('/etc/passwd')",
                    "FROM read_text('" + allowed.getParent() + "/x/../other.csv')",
                    "COPY (SELECT 1) TO '" + data.resolve("new.csv") + "'",
                    "ATTACH '" + data.resolve("x.db") + "'",
                    "INSTALL httpfs",
                    "SET threads = 1",
                    "SET memory_limit = '100GB'",
                    "SET TimeZone = 'UTC'",
                    "SET allowed_paths = ['/']",
                    "SET disabled_optimizers = ''",
                    "SET errors_as_json = false",
                    "RESET lock_configuration",
                    "SET enable_external_access = true")) {
                assertThat(codeOf(() -> instance.execute(refused))).as(refused).isNotNull();
            }
            assertThat(codeOf(() -> instance.execute("FROM glob('/etc/*') WHERE error(file) IS NULL")))
                    .isNotNull();
            assertThat(data.resolve("new.csv")).doesNotExist();
        }
    }

    @Test
    void tellsTimeoutFromCancel() throws Exception {
        String endless = "CREATE TABLE x AS SELECT sum(a.i * b.i) FROM range(1000000) a(i), range(100000000) b(i)";
        try (EngineInstance instance =
                engine.open(new SqlEngine.Binding(List.of(), List.of(), "UTC", 300, 256L << 20))) {
            assertThatThrownBy(() -> instance.execute(endless)).isInstanceOfSatisfying(EstranException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
                assertThat(e.text()).contains("300 ms").contains("raise the limit");
            });
            assertThat(instance.number("SELECT 1")).isEqualTo(1);
        }
        try (EngineInstance instance = open()) {
            CountDownLatch called = new CountDownLatch(1);
            instance.registerFunction("signal", 1, arguments -> {
                called.countDown();
                return arguments.getFirst();
            });
            Thread canceller = Thread.ofPlatform().start(() -> {
                try {
                    called.await();
                } catch (InterruptedException e) {
                    return;
                }
                instance.progress();
                instance.cancel();
            });
            assertThat(codeOf(() -> instance.execute("CREATE TABLE x AS SELECT sum(a.i * b.i) FROM range(1000000) a(i),"
                            + " range(100000000) b(i) WHERE signal(b.i::VARCHAR) <> ''")))
                    .isEqualTo(ErrorCode.CANCELLED);
            canceller.join();
            assertThat(codeOf(() -> instance.number("SELECT 1"))).isEqualTo(ErrorCode.CANCELLED);
        }
    }

    @Test
    void boundsTemporarySpace() throws IOException {
        Path directory;
        try (EngineInstance instance =
                engine.open(new SqlEngine.Binding(List.of(), List.of(), "UTC", 60_000, 64L << 20))) {
            directory = instance.directory();
            assertThat(
                            codeOf(
                                    () -> instance.execute(
                                            "CREATE TABLE x AS SELECT i, hash(i)::VARCHAR || hash(i + 1)::VARCHAR AS s FROM range(20000000) t(i)")))
                    .isEqualTo(ErrorCode.OUT_OF_MEMORY);
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                        .isLessThan(80L << 20);
            }
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void removesLeftoversAtStart() throws IOException {
        Path left = Files.createDirectories(
                data.resolve("tmp").resolve(UUID.randomUUID().toString()));
        Files.writeString(left.resolve("spill.tmp"), "x");
        Path foreign = Files.createDirectories(data.resolve("tmp/keep-me"));
        new DuckDbEngine(DuckDbSettings.defaults(data.resolve("tmp"))).close();
        assertThat(left).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void writesParquetWithFieldIdsAndStatistics() {
        try (EngineInstance instance =
                open("CREATE TABLE __r AS SELECT i::BIGINT AS id, {'x': i::INTEGER} AS st FROM range(1000) t(i)")) {
            StagedFile file =
                    instance.writeParquet("SELECT * FROM __r", "{'id': 1, 'st': {__duckdb_field_id: 2, 'x': 3}}");
            assertThat(file.rows()).isEqualTo(1000);
            assertThat(file.path()).startsWith(instance.directory()).hasSize(file.sizeBytes());
            assertThat(file.columnStatistics().get("\"id\""))
                    .containsEntry("min", "0")
                    .containsEntry("max", "999");
            assertThat(file.columnStatistics()).containsKey("\"st\".\"x\"");
            assertThat(instance.rows(
                            "SELECT name, field_id FROM parquet_schema("
                                    + Identifiers.literal(file.path().toString())
                                    + ") WHERE field_id IS NOT NULL ORDER BY 2",
                            10))
                    .containsExactly(List.of("id", 1L), List.of("st", 2L), List.of("x", 3L));
            StagedFile empty = instance.writeParquet("SELECT * FROM __r WHERE false", "{'id': 1}");
            assertThat(empty.rows()).isZero();
        }
    }

    @Test
    void appendsEveryKindOfValue() {
        try (EngineInstance instance = open(
                "CREATE TABLE __a (k VARCHAR, l BIGINT, i INTEGER, d DOUBLE, m DECIMAL(12,2), h HUGEINT, b BOOLEAN, day DATE, t TIME,"
                        + " ts TIMESTAMP, tz TIMESTAMPTZ, bl BLOB, id UUID, list VARCHAR[])")) {
            List<Object> row = Arrays.asList(
                    "é",
                    1L,
                    2L,
                    0.5,
                    new BigDecimal("3.1"),
                    new BigDecimal("170141183460469231731687303715884105727"),
                    true,
                    LocalDate.of(2025, 1, 1),
                    LocalTime.of(1, 2),
                    LocalDateTime.parse("2025-01-01T10:00:00.123456"),
                    Instant.parse("2025-01-01T10:00:00.123456Z"),
                    "x".getBytes(StandardCharsets.UTF_8),
                    null,
                    List.of("a", "b"));
            try (EngineInstance.RowWriter writer = instance.writer("__a")) {
                for (int i = 0; i < 3000; i++) {
                    writer.row(row);
                }
                writer.row(Arrays.asList(new Object[14]));
            }
            assertThat(instance.number("SELECT count(*) FROM __a")).isEqualTo(3001);
            List<Object> read =
                    new ArrayList<>(instance.rows("SELECT * FROM __a", 5000).getFirst());
            assertThat((byte[]) read.set(11, null)).containsExactly('x');
            assertThat(read)
                    .containsExactlyElementsOf(Arrays.asList(
                            "é",
                            1L,
                            2L,
                            0.5,
                            new BigDecimal("3.10"),
                            new BigDecimal("170141183460469231731687303715884105727"),
                            true,
                            LocalDate.of(2025, 1, 1),
                            LocalTime.of(1, 2),
                            LocalDateTime.parse("2025-01-01T10:00:00.123456"),
                            Instant.parse("2025-01-01T10:00:00.123456Z"),
                            null,
                            null,
                            "[\"a\",\"b\"]"));
        }
    }

    @Test
    void functionsGetVectorsWithNulls() {
        try (EngineInstance instance =
                open("CREATE TABLE __r AS SELECT CASE WHEN i % 3 > 0 THEN 'v' || i END AS s FROM range(5000) t(i)")) {
            instance.registerFunction("twice", 2, arguments -> {
                String[] out = new String[arguments.getFirst().length];
                for (int i = 0; i < out.length; i++) {
                    String s = arguments.getFirst()[i];
                    out[i] = s == null ? null : s + arguments.get(1)[i];
                }
                return out;
            });
            assertThat(instance.rows("SELECT count(*), count(twice(s, '!')), max(twice(s, '!')) FROM __r", 1))
                    .containsExactly(List.of(5000L, 3333L, "v998!"));
            instance.registerFunction("fails", 1, arguments -> {
                throw new IllegalStateException("secret detail");
            });
            assertThat(codeOf(() -> instance.execute("CREATE TABLE y AS SELECT fails(s) FROM __r")))
                    .isEqualTo(ErrorCode.INTERNAL);
            instance.registerFunction("spends", 1, arguments -> {
                throw new EstranException(ErrorCode.AI_BUDGET_EXCEEDED, "The budget is spent.");
            });
            assertThat(codeOf(() -> instance.execute("CREATE TABLE y AS SELECT spends(s) FROM __r")))
                    .isEqualTo(ErrorCode.AI_BUDGET_EXCEEDED);
            assertThat(instance.number("SELECT 1")).isEqualTo(1);
        }
    }

    /** What an import does: one file outside the data directory, read by SQL of Estran's own. */
    @Test
    void importsReadOneForeignFile() throws IOException {
        Path csv = Files.writeString(data.resolve("in put's.csv"), "id,name\n1,a\nx,b\n3,c,d\n4,e\n");
        Path json = Files.writeString(data.resolve("in.ndjson"), "{\"a\": 1}\n{\"a\": 2}\n");
        try (EngineInstance instance =
                engine.open(new SqlEngine.Binding(List.of(csv, json), List.of(), "UTC", 60_000, 256L << 20))) {
            instance.execute(
                    "CREATE TABLE __r AS SELECT * FROM read_csv(" + Identifiers.literal(csv.toString())
                            + ", header = true, columns = {'id': 'BIGINT', 'name': 'VARCHAR'}, auto_detect = false, delim = ',',"
                            + " store_rejects = true, rejects_table = '__rejects', rejects_scan = '__rejects_scan', rejects_limit = 100)");
            assertThat(instance.rows("SELECT id, name FROM __r", 10))
                    .containsExactly(List.of(1L, "a"), List.of(4L, "e"));
            List<List<Object>> rejects = instance.rows(
                    "SELECT line::BIGINT, error_type, column_name, csv_line FROM __rejects ORDER BY line", 10);
            assertThat(rejects).extracting(row -> row.get(0)).containsExactly(3L, 4L);
            assertThat(rejects).extracting(row -> row.get(3)).containsExactly("x,b", "3,c,d");
            assertThat(instance.rows("FROM read_json(" + Identifiers.literal(json.toString()) + ")", 10))
                    .containsExactly(List.of(1L), List.of(2L));
        }
    }

    /** Queries at the parser's own bounds must not overflow a native stack, which would end the process. */
    @Test
    void queriesAtTheBoundsRunOrFailAlone() {
        try (EngineInstance instance = open("CREATE TABLE t AS SELECT 1 AS a");
                DuckDbParser parser = new DuckDbParser()) {
            for (String sql : List.of(
                    "SELECT 1" + " + 1".repeat(450),
                    "SELECT * FROM " + "(SELECT * FROM ".repeat(240) + "t" + ")".repeat(240),
                    "SELECT " + "[".repeat(240) + "1" + "]".repeat(240),
                    "SELECT 1" + " UNION SELECT 1".repeat(900),
                    "SELECT " + "NOT ".repeat(450) + "true",
                    "SELECT " + "(SELECT ".repeat(120) + "1" + ")".repeat(120),
                    "SELECT * FROM t" + ", t".repeat(60).replace("t", "(SELECT 1) t"),
                    "EXPLAIN SELECT count(*) FROM t t0" + ", t".repeat(900))) {
                String query = sql.startsWith("EXPLAIN ") ? sql.substring("EXPLAIN ".length()) : sql;
                String printed = parser.printQuery(parser.parseQuery(query));
                if (sql.equals(query)) {
                    try {
                        instance.execute("CREATE OR REPLACE TABLE r AS " + printed);
                    } catch (EstranException e) {
                        assertThat(e.code()).as(e.text()).isNotEqualTo(ErrorCode.INTERNAL);
                    }
                }
            }
            assertThat(instance.number("SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void timesAreAsSeen() {
        for (int i = 0; i < 6; i++) {
            long start = System.nanoTime();
            try (EngineInstance instance = open("CREATE TABLE __r AS SELECT 42 AS a")) {
                instance.read("__r", chunk -> chunk.value(0, 0));
                System.out.printf("open %d to first read: %.1f ms%n", i, (System.nanoTime() - start) / 1e6);
            }
        }
        assertThat(engine).isNotNull();
    }
}
