package dev.estran.bench;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** TPC-H data, generated once into a directory that is kept. */
final class TpchData {

    static final List<String> TABLES =
            TpchTable.getTables().stream().map(TpchData::tableName).sorted().toList();

    /** Lines of lineitem have about 127 bytes on average; scale 1 has 6,001,215 of them. */
    private static final double CSV_SCALE = 1.6;

    private final Path directory;
    private final Figures figures;

    TpchData(Path directory, Figures figures) {
        this.directory = directory;
        this.figures = figures;
    }

    /** One Parquet file per table, made by DuckDB. */
    Path parquet(String table, double scale) throws IOException, SQLException {
        Path file = directory.resolve(table + "-" + scale + ".parquet");
        if (!Files.exists(file)) {
            TpchTable<?> source = TpchTable.getTables().stream()
                    .filter(candidate -> tableName(candidate).equals(table))
                    .findFirst()
                    .orElseThrow();
            figures.progress("generating " + table + " at scale " + scale);
            convert(source, scale, file);
        }
        return file;
    }

    private <E extends TpchEntity> void convert(TpchTable<E> table, double scale, Path file)
            throws IOException, SQLException {
        Path text = directory.resolve(tableName(table) + ".tbl.tmp");
        Path part = directory.resolve(tableName(table) + ".parquet.tmp");
        try (WarmConnection duckdb = WarmConnection.open(Runtime.getRuntime().availableProcessors())) {
            try (BufferedWriter writer = Files.newBufferedWriter(text, StandardCharsets.UTF_8)) {
                for (E row : table.createGenerator(scale, 1, 1)) {
                    writer.write(row.toLine());
                    writer.write('\n');
                }
            }
            String columns = table.getColumns().stream()
                    .map(column -> "'" + columnName(table, column) + "': '" + type(column) + "'")
                    .collect(Collectors.joining(", "));
            duckdb.execute("COPY (SELECT * EXCLUDE (rest) FROM read_csv(" + WarmConnection.literal(text)
                    + ", delim = '|', header = false, quote = '', columns = {" + columns
                    + ", 'rest': 'VARCHAR'})) TO " + WarmConnection.literal(part)
                    + " (FORMAT parquet, COMPRESSION zstd)");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(text);
            Files.deleteIfExists(part);
        }
    }

    /** Lines of lineitem as comma-separated text with a header, up to a size. */
    Path lineitemCsv(long bytes) throws IOException {
        Path file = directory.resolve("lineitem-" + bytes + ".csv");
        if (Files.exists(file)) {
            return file;
        }
        figures.progress("generating " + bytes / 1_000_000 + " MB of lineitem as CSV");
        Path part = directory.resolve("lineitem.csv.tmp");
        TpchTable<?> table = TpchTable.LINE_ITEM;
        double scale = Math.max(0.01, CSV_SCALE * bytes / 1e9);
        try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            String header = table.getColumns().stream()
                    .map(column -> columnName(table, column))
                    .collect(Collectors.joining(","));
            writer.write(header + "\n");
            long written = header.length() + 1L;
            for (TpchEntity row : table.createGenerator(scale, 1, 1)) {
                String line = csv(row.toLine());
                writer.write(line);
                written += line.length();
                if (written >= bytes) {
                    break;
                }
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return file;
    }

    /** The generator ends every field with a bar; its values are ASCII, and only comments hold commas. */
    private static String csv(String line) {
        StringBuilder csv = new StringBuilder(line.length() + 3);
        int start = 0;
        for (int end = line.indexOf('|'); end >= 0; end = line.indexOf('|', start)) {
            String field = line.substring(start, end);
            if (start > 0) {
                csv.append(',');
            }
            if (field.indexOf(',') >= 0 || field.indexOf('"') >= 0) {
                csv.append('"').append(field.replace("\"", "\"\"")).append('"');
            } else {
                csv.append(field);
            }
            start = end + 1;
        }
        return csv.append('\n').toString();
    }

    private static String tableName(TpchTable<?> table) {
        return table.getTableName().toLowerCase(Locale.ROOT);
    }

    /** The generator's full names; the specification's begin with the table's letters. */
    private static String columnName(TpchTable<?> table, TpchColumn<?> column) {
        String name = column.getSimplifiedColumnName();
        String prefix =
                tableName(table).equals("partsupp") ? "ps" : tableName(table).substring(0, 1);
        return prefix + "_" + name;
    }

    /** As the specification has them: keys and counts whole, money decimal. */
    private static String type(TpchColumn<?> column) {
        TpchColumnType type = column.getType();
        return switch (type.getBase()) {
            case INTEGER -> "INTEGER";
            case IDENTIFIER -> "BIGINT";
            case DATE -> "DATE";
            case DOUBLE -> "DECIMAL(15,2)";
            case VARCHAR -> "VARCHAR";
        };
    }
}
