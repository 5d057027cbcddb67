package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.TableName;
import dev.estran.lake.VersionSelector;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every type into a table and back: by SQL, by HTTP, and by another reader of Iceberg tables. */
class TypesTest {

    /** Type, a literal, how HTTP shows it. */
    private record Example(String type, String literal, String json) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example("BOOLEAN", "true", "true"),
            new Example("INTEGER", "-2147483648", "-2147483648"),
            new Example("BIGINT", "9007199254740993", "\"9007199254740993\""),
            new Example("BIGINT", "9007199254740992", "9007199254740992"),
            new Example("FLOAT", "0.1", "0.1"),
            new Example("DOUBLE", "1e-300", "1.0E-300"),
            new Example("DOUBLE", "'NaN'", "\"NaN\""),
            new Example("DOUBLE", "'-Infinity'", "\"-Infinity\""),
            new Example("FLOAT", "'Infinity'", "\"Infinity\""),
            new Example(
                    "DECIMAL(38,10)",
                    "1234567890123456789012345678.0123456789",
                    "\"1234567890123456789012345678.0123456789\""),
            new Example("DECIMAL(4,2)", "-0.50", "\"-0.50\""),
            new Example("DECIMAL(18,0)", "42", "42"),
            new Example("HUGEINT", "12345678901234567890123456789", "\"12345678901234567890123456789\""),
            new Example("UBIGINT", "18446744073709551615", "\"18446744073709551615\""),
            new Example("TINYINT", "-128", "-128"),
            new Example(
                    "VARCHAR", "'l''été 🌞 \"x\" \\ ' || chr(10) || chr(1)", "\"l'été 🌞 \\\"x\\\" \\\\ \\n\\u0001\""),
            new Example("VARCHAR", "''", "\"\""),
            new Example("BLOB", "'\\x00\\xFFab'::BLOB", "\"AP9hYg==\""),
            new Example("DATE", "'0001-01-01'", "\"0001-01-01\""),
            new Example("DATE", "'9999-12-31'", "\"9999-12-31\""),
            new Example("TIME", "'23:59:59.999999'", "\"23:59:59.999999\""),
            new Example("TIMESTAMP", "'1969-12-31 23:59:59.999999'", "\"1969-12-31T23:59:59.999999\""),
            new Example("TIMESTAMP WITH TIME ZONE", "'2025-07-01 12:00:00+02'", "\"2025-07-01T10:00:00Z\""),
            new Example("UUID", "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'", "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""),
            new Example("INTEGER[]", "[1, NULL, 3]", "[1,null,3]"),
            new Example("VARCHAR[][]", "[['a'], [], NULL]", "[[\"a\"],[],null]"),
            new Example(
                    "STRUCT(a INTEGER, b STRUCT(c VARCHAR, d DECIMAL(9,2)))",
                    "{'a': 1, 'b': {'c': 'x', 'd': 2.5}}",
                    ""),
            new Example("MAP(VARCHAR, INTEGER)", "MAP {'k': 1, 'j': NULL}", ""),
            new Example("INTEGER[]", "[]", "[]"));

    private static TestingPlatform estran;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of("http.port", "0"));
        door = new HttpDoor(estran.platform().serve());
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    @Test
    void everyTypeGoesInAndComesBack() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < EXAMPLES.size(); i++) {
            columns.add("c" + i + " " + EXAMPLES.get(i).type());
            values.add(EXAMPLES.get(i).literal());
        }
        estran.run("CREATE TABLE kinds (id INTEGER, " + String.join(", ", columns) + ")");
        estran.run("INSERT INTO kinds VALUES (1, " + String.join(", ", values) + ")");
        estran.run("INSERT INTO kinds (id) VALUES (2)");
        for (int i = 0; i < EXAMPLES.size(); i++) {
            estran.run("UPDATE kinds SET c" + i + " = " + values.get(i) + " WHERE id = 2");
        }
        HttpDoor.Answer answer = door.sql("SELECT * EXCLUDE (id) FROM kinds ORDER BY id");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        for (JsonNode row : answer.json().path("rows")) {
            for (int i = 0; i < EXAMPLES.size(); i++) {
                Example example = EXAMPLES.get(i);
                if (!example.json().isEmpty()) {
                    assertThat(row.get(i).toString()).as(example.toString()).isEqualTo(example.json());
                }
            }
        }
        JsonNode first = answer.json().path("rows").get(0);
        assertThat(first.get(26).toString())
                .contains("\"a\":1")
                .contains("\"c\":\"x\"")
                .contains("2.5");
        assertThat(first.get(27).toString()).contains("k").contains("j").contains("null");
        estran.run("INSERT INTO kinds (id) VALUES (3)");
        assertThat(estran.rows("SELECT * EXCLUDE (id) FROM kinds WHERE id = 3").getFirst())
                .matches("\\[(null,)*null]");
        assertThat(estran.rows("SELECT count(*) FROM (SELECT DISTINCT * EXCLUDE (id) FROM kinds)"))
                .as("what INSERT and UPDATE wrote is the same")
                .containsExactly("[2]");
    }

    @Test
    void anotherReaderSeesTheSame() throws Exception {
        estran.run("CREATE TABLE read_by_others (id BIGINT NOT NULL, f FLOAT, d DECIMAL(20,4), t VARCHAR, b BLOB, day"
                + " DATE, clock TIME, local TIMESTAMP, instant TIMESTAMPTZ, u UUID, list INTEGER[], s STRUCT(x INTEGER,"
                + " y VARCHAR[]), m MAP(VARCHAR, DOUBLE))");
        estran.run("INSERT INTO read_by_others VALUES (1, 1.5, -12.3456, 'é🌞', 'ab\\x00'::BLOB, '2024-02-29',"
                + " '12:34:56.789012', '2025-01-02 03:04:05.678901', '2025-01-02 03:04:05.678901+01',"
                + " 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', [1, NULL], {'x': 7, 'y': ['p', 'q']}, MAP {'k': 0.5})");
        estran.run("INSERT INTO read_by_others (id) VALUES (2), (3), (4)");
        estran.run("DELETE FROM read_by_others WHERE id = 3");
        estran.run("UPDATE read_by_others SET t = 'changed' WHERE id = 4");
        estran.run("ALTER TABLE read_by_others RENAME COLUMN t TO text");
        estran.run("ALTER TABLE read_by_others ADD COLUMN later INTEGER DEFAULT 5");
        List<Record> rows = generic("read_by_others");
        assertThat(rows).extracting(row -> row.getField("id")).containsExactlyInAnyOrder(1L, 2L, 4L);
        Record one = rows.stream()
                .filter(r -> r.getField("id").equals(1L))
                .findFirst()
                .orElseThrow();
        assertThat(one.getField("f")).isEqualTo(1.5f);
        assertThat(one.getField("d")).isEqualTo(new BigDecimal("-12.3456"));
        assertThat(one.getField("text")).isEqualTo("é🌞");
        assertThat(one.getField("b")).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b', 0}));
        assertThat(one.getField("day")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(one.getField("clock")).isEqualTo(LocalTime.parse("12:34:56.789012"));
        assertThat(one.getField("local")).isEqualTo(LocalDateTime.parse("2025-01-02T03:04:05.678901"));
        assertThat(one.getField("instant"))
                .isEqualTo(OffsetDateTime.of(2025, 1, 2, 2, 4, 5, 678_901_000, ZoneOffset.UTC));
        assertThat(one.getField("u")).isEqualTo(UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        List<Integer> list = new ArrayList<>();
        list.add(1);
        list.add(null);
        assertThat(one.getField("list")).isEqualTo(list);
        assertThat(((Record) one.getField("s")).getField("y")).isEqualTo(List.of("p", "q"));
        assertThat(one.getField("m")).isEqualTo(Map.of("k", 0.5));
        assertThat(rows.stream()
                        .filter(r -> r.getField("id").equals(4L))
                        .findFirst()
                        .orElseThrow()
                        .getField("text"))
                .isEqualTo("changed");
    }

    @Test
    void anotherReaderSeesTheSystemTables() throws Exception {
        estran.run("SELECT 'for the history'");
        estran.platform().journalTables().flush(true, 0);
        TableName history = new TableName("system", "query", "history");
        assertThat(generic(history).stream().map(row -> String.valueOf(row.getField("statement"))))
                .contains("SELECT 'for the history'");
    }

    private static List<Record> generic(String table) throws Exception {
        return generic(new TableName("lake", "default", table));
    }

    private static List<Record> generic(TableName name) throws Exception {
        String location = metadataLocation(name);
        Table table = new org.apache.iceberg.BaseTable(
                new StaticTableOperations(location, new dev.estran.storage.LocalFileIO()), name.toString());
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            List<Record> rows = new ArrayList<>();
            records.forEach(record -> rows.add(record.copy()));
            return rows;
        }
    }

    /** As any catalog client finds it: the newest pointer in the metastore. */
    private static String metadataLocation(TableName name) throws SQLException {
        String id = estran.platform()
                .lake()
                .tables()
                .load(Caller.OWNER, name, VersionSelector.LATEST)
                .tableId();
        try (Connection metastore = DriverManager.getConnection(
                        "jdbc:sqlite:" + estran.directory().resolve("metastore.db"));
                PreparedStatement select = metastore.prepareStatement(
                        "SELECT metadata_location FROM table_pointers WHERE table_id = ? ORDER BY version DESC")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }

    @Test
    void timesFollowTheZoneOfTheSession() {
        estran.run("CREATE TABLE zoned AS SELECT TIMESTAMPTZ '2025-03-30 00:30:00+00' AS moment");
        String session =
                door.post("/api/v1/sessions", "").json().path("session").asText();
        String in = "{\"session\":\"" + session + "\",\"statement\":\"";
        door.post("/api/v1/sql", in + "SET timezone = 'Europe/Paris'\"}");
        assertThat(door.follow(door.post(
                                "/api/v1/sql",
                                in
                                        + "SELECT moment, moment::VARCHAR, hour(moment), (moment + INTERVAL 1 HOUR)::VARCHAR FROM"
                                        + " zoned\"}"))
                        .rows())
                .containsExactly("[\"2025-03-30T00:30:00Z\",\"2025-03-30 01:30:00+01\",1,\"2025-03-30 03:30:00+02\"]");
        door.follow(door.post("/api/v1/sql", in + "INSERT INTO zoned VALUES ('2025-07-01 12:00:00')\"}"));
        assertThat(door.sql("SELECT moment FROM zoned ORDER BY moment DESC LIMIT 1")
                        .rows())
                .containsExactly("[\"2025-07-01T10:00:00Z\"]");
    }

    @Test
    void typesTablesDoNotHaveSayWhatToCastTo() {
        for (String literal : List.of("INTERVAL 1 DAY", "'101'::BIT", "TIMETZ '12:00:00+01'")) {
            var failed = estran.attempt(dev.estran.sql.SqlRequest.of("CREATE TABLE odd AS SELECT " + literal + " AS x"))
                    .error();
            assertThat(failed).as(literal).isNotNull();
            Objects.requireNonNull(failed);
            assertThat(failed.code()).as(literal).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED);
            assertThat(failed.text()).as(literal).contains("Cast it to");
            assertThat(door.sql("SELECT " + literal + " AS x").status())
                    .as(literal)
                    .isEqualTo(200);
        }
    }
}
