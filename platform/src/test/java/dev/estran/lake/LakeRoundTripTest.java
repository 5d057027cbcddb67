package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LakeRoundTripTest {

    private static final TableName T = TestingLake.DEMO.table("t");

    /** Column type as a user may write it, and a value of it. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", "true"),
            Map.entry("TINYINT", "-128"),
            Map.entry("SMALLINT", "32767"),
            Map.entry("INTEGER", "-2147483648"),
            Map.entry("BIGINT", "9223372036854775807"),
            Map.entry("HUGEINT", "'99999999999999999999999999999999999999'"),
            Map.entry("UTINYINT", "255"),
            Map.entry("USMALLINT", "65535"),
            Map.entry("UINTEGER", "4294967295"),
            Map.entry("UBIGINT", "18446744073709551615"),
            Map.entry("FLOAT", "1.5"),
            Map.entry("DOUBLE", "-0.1"),
            Map.entry("DECIMAL(5,2)", "-123.45"),
            Map.entry("DECIMAL(18,3)", "123456789012345.678"),
            Map.entry("DECIMAL(38,10)", "'1234567890123456789012345678.0123456789'"),
            Map.entry("VARCHAR", "'déjà vu '' 🦆'"),
            Map.entry("BLOB", "'\\x00\\xFFabc'"),
            Map.entry("DATE", "'1582-10-15'"),
            Map.entry("TIME", "'23:59:59.999999'"),
            Map.entry("TIMESTAMP", "'2025-02-28 12:34:56.123456'"),
            Map.entry("TIMESTAMP_S", "'2025-02-28 12:34:56'"),
            Map.entry("TIMESTAMP_MS", "'2025-02-28 12:34:56.789'"),
            Map.entry("TIMESTAMP_NS", "'2025-02-28 12:34:56.123456'"),
            Map.entry("TIMESTAMPTZ", "'2025-02-28 12:34:56.123456+05:30'"),
            Map.entry("UUID", "'8d3c7e3a-58b9-4f4b-9a2e-0c6b2f3c1d00'"),
            Map.entry("JSON", "'{\"a\": 1}'"),
            Map.entry("ENUM('a', 'b)')", "'b)'"),
            Map.entry("INTEGER[]", "[1, NULL, 3]"),
            Map.entry("INTEGER[2]", "[1, 2]"),
            Map.entry("VARCHAR[][]", "[['a'], [], NULL]"),
            Map.entry("MAP(VARCHAR, DECIMAL(10,2))", "MAP {'k': 1.25}"),
            Map.entry(
                    "STRUCT(a INTEGER, \"B c\" VARCHAR, \"end\" DATE)",
                    "{'a': 1, 'B c': 'x', 'end': DATE '2025-01-01'}"),
            Map.entry(
                    "STRUCT(l STRUCT(x TIMESTAMPTZ)[], m MAP(INTEGER, BIGINT[]))",
                    "{'l': [{'x': TIMESTAMPTZ '2025-01-01 00:00:00+00'}], 'm': MAP {1: [2]}}"));

    /** What Iceberg's own reader makes of some of these values, as text. */
    private static final Map<String, String> GENERIC = Map.ofEntries(
            Map.entry("BOOLEAN", "true"),
            Map.entry("TINYINT", "-128"),
            Map.entry("BIGINT", "9223372036854775807"),
            Map.entry("HUGEINT", "99999999999999999999999999999999999999"),
            Map.entry("UBIGINT", "18446744073709551615"),
            Map.entry("DECIMAL(5,2)", "-123.45"),
            Map.entry("DECIMAL(18,3)", "123456789012345.678"),
            Map.entry("DECIMAL(38,10)", "1234567890123456789012345678.0123456789"),
            Map.entry("VARCHAR", "déjà vu ' 🦆"),
            Map.entry("DATE", "1582-10-15"),
            Map.entry("TIME", "23:59:59.999999"),
            Map.entry("TIMESTAMP_NS", "2025-02-28T12:34:56.123456"),
            Map.entry("TIMESTAMPTZ", "2025-02-28T07:04:56.123456Z"),
            Map.entry("UUID", "8d3c7e3a-58b9-4f4b-9a2e-0c6b2f3c1d00"),
            Map.entry("JSON", "{\"a\": 1}"),
            Map.entry("INTEGER[]", "[1, null, 3]"),
            Map.entry("VARCHAR[][]", "[[a], [], null]"),
            Map.entry("MAP(VARCHAR, DECIMAL(10,2))", "{k=1.25}"),
            Map.entry("STRUCT(a INTEGER, \"B c\" VARCHAR, \"end\" DATE)", "Record(1, x, 2025-01-01)"),
            Map.entry(
                    "STRUCT(l STRUCT(x TIMESTAMPTZ)[], m MAP(INTEGER, BIGINT[]))",
                    "Record([Record(2025-01-01T00:00Z)], {1=[2]})"));

    @Test
    void everyTypeComesBackTheSameThroughDuckDbAndThroughIcebergsOwnReader(@TempDir Path root) throws Exception {
        try (TestingLake it = new TestingLake(root.resolve("data"))) {
            List<ColumnDefinition> columns = new ArrayList<>();
            List<String> values = new ArrayList<>();
            List<String> nulls = new ArrayList<>();
            TYPES.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
                String name = "c" + columns.size();
                columns.add(ColumnDefinition.of(name, entry.getKey()));
                String target = TypeMapping.castFor(entry.getKey());
                values.add(
                        "CAST(CAST(" + entry.getValue() + " AS " + entry.getKey() + ") AS " + target + ") AS " + name);
                nulls.add("CAST(NULL AS " + target + ") AS " + name);
            });
            WritePlan plan = it.lake.tables().planCreate(Caller.OWNER, T, columns, CreateMode.CREATE);
            StagedFile file = it.duck.write(
                    "SELECT " + String.join(", ", values) + " UNION ALL SELECT " + String.join(", ", nulls),
                    plan.fieldIds());
            TableVersion version = it.lake.tables().create(Caller.OWNER, plan, Map.of(), List.of(file));

            assertThat(version.fieldIds()).isEqualTo(plan.fieldIds());
            assertThat(version.version()).isEqualTo(1);
            List<List<String>> read =
                    it.duck.rows("SELECT * FROM " + DuckFiles.from(version) + " ORDER BY c0 NULLS LAST");
            assertThat(read.getFirst())
                    .isEqualTo(
                            it.duck.rows("SELECT " + String.join(", ", values)).getFirst());
            assertThat(read.getLast()).containsOnly("null");
            List<List<String>> described = it.duck.rows("DESCRIBE SELECT * FROM " + DuckFiles.from(version));
            assertThat(described.stream().map(row -> row.get(1)))
                    .containsExactlyElementsOf(version.columns().stream()
                            .map(ColumnDefinition::type)
                            .toList());

            List<Record> generic = new ArrayList<>();
            try (CloseableIterable<Record> records =
                    IcebergGenerics.read(it.iceberg(T)).build()) {
                records.forEach(generic::add);
            }
            assertThat(generic).hasSize(2);
            for (int i = 0; i < columns.size(); i++) {
                String type = columns.get(i).type();
                assertThat(generic.get(0).get(i)).as(type).isNotNull();
                assertThat(String.valueOf(generic.get(0).get(i)))
                        .as(type)
                        .isEqualTo(GENERIC.getOrDefault(
                                type, String.valueOf(generic.get(0).get(i))));
                assertThat(generic.get(1).get(i)).as(type).isNull();
            }
        }
    }
}
