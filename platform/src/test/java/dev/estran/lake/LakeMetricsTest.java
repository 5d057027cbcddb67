package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds of a file let other engines skip it: they must never exclude a row that is there. */
final class LakeMetricsTest {

    private static final TableName T = TestingLake.DEMO.table("t");

    private TestingLake it;

    @BeforeEach
    void open(@TempDir Path root) {
        it = new TestingLake(root.resolve("data"));
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void aReaderThatSkipsFilesFindsEveryValue() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String ceiling = new String(Character.toChars(Character.MAX_CODE_POINT)).repeat(40);
        List<String> texts = new ArrayList<>(List.of(
                "''",
                "'" + "é".repeat(300) + "'",
                "'" + ceiling + "'",
                "'" + ceiling + "a'",
                "'a\uFFFF'",
                "'Z'",
                "'🦆🦆'"));
        for (int i = 0; i < 5; i++) {
            texts.add("'" + Long.toString(random.nextLong(), 36).repeat(1 + random.nextInt(4)) + "'");
        }
        Map<String, List<String>> values = Map.of(
                "VARCHAR", texts,
                "DOUBLE", List.of("-0.0", "0.0", "'NaN'", "'Infinity'", "'-Infinity'", "1e308", "5e-324"),
                "FLOAT", List.of("-0.0", "0.0", "'NaN'", "3.4e38", "-1.5"),
                "DECIMAL(9,3)", List.of("-999999.999", "0", "0.001", "7"),
                "DATE", List.of("'0044-03-15 (BC)'", "'0001-01-01'", "'9999-12-31'", "'20000-01-01'", "'1969-12-31'"),
                "TIMESTAMP", List.of("'0044-03-15 (BC) 01:02:03'", "'1969-12-31 23:59:59.999999'", "'20000-01-01'"),
                "TIMESTAMPTZ", List.of("'1600-01-01 00:00:00.5+00'", "'2025-06-01 12:00:00+05:30'"),
                "BIGINT", List.of("-9223372036854775808", "9223372036854775807", "0"),
                "BOOLEAN", List.of("true", "false"));
        for (var entry : values.entrySet()) {
            String column =
                    "c_" + entry.getKey().toLowerCase(java.util.Locale.ROOT).replaceAll("\\W", "_");
            TableName name = TestingLake.DEMO.table(column);
            TableVersion version = it.create(name, ColumnDefinition.of("v", entry.getKey()));
            for (String value : entry.getValue()) {
                version = it.append(version, "SELECT CAST(" + value + " AS " + entry.getKey() + ") AS v");
            }
            Table table = it.iceberg(name);
            List<Object> all = read(IcebergGenerics.read(table));
            assertThat(all).hasSize(entry.getValue().size());
            for (Object value : all) {
                if ((value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN())) {
                    assertThat(read(IcebergGenerics.read(table).where(Expressions.isNaN("v"))))
                            .isNotEmpty();
                } else {
                    assertThat(read(IcebergGenerics.read(table).where(Expressions.equal("v", literal(value)))))
                            .as("seed %s: %s of %s", seed, value, entry.getKey())
                            .contains(value);
                }
            }
        }
    }

    @Test
    void aReaderCanSkipFilesAtAll() throws Exception {
        TableVersion version = it.create(
                T, ColumnDefinition.of("id", "BIGINT"), ColumnDefinition.of("s", "STRUCT(\"x.y\" DATE, n VARCHAR)"));
        for (int i = 0; i < 4; i++) {
            version = it.append(
                    version,
                    "SELECT range AS id, {'x.y': DATE '2025-01-0" + (i + 1) + "', 'n': 'k" + i + "'} AS s FROM range("
                            + i * 10 + ", " + (i + 1) * 10 + ")");
        }
        Table table = it.iceberg(T);
        assertThat(files(table, Expressions.equal("id", 25L))).isEqualTo(1);
        assertThat(files(table, Expressions.lessThan("id", 20L))).isEqualTo(2);
        assertThat(files(table, Expressions.equal("s.n", "k3"))).isEqualTo(1);
        assertThat(files(table, Expressions.isNull("id"))).isZero();
    }

    private static Object literal(Object value) {
        return switch (value) {
            case java.time.LocalDate date -> (int) date.toEpochDay();
            case java.time.LocalDateTime time ->
                java.time.temporal.ChronoUnit.MICROS.between(java.time.LocalDateTime.of(1970, 1, 1, 0, 0), time);
            case java.time.OffsetDateTime time ->
                java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, time.toInstant());
            default -> value;
        };
    }

    private static long files(Table table, org.apache.iceberg.expressions.Expression filter) throws Exception {
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().filter(filter).planFiles()) {
            long files = 0;
            for (FileScanTask task : tasks) {
                assertThat(task.file().recordCount()).isPositive();
                files++;
            }
            return files;
        }
    }

    private static List<Object> read(IcebergGenerics.ScanBuilder scan) throws Exception {
        List<Object> values = new ArrayList<>();
        try (CloseableIterable<Record> records = scan.build()) {
            records.forEach(record -> values.add(record.get(0)));
        }
        return values;
    }
}
