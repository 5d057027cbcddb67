package dev.estran.lake;

import dev.estran.Identifiers;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes staged files and reads table versions with a plain DuckDB connection, as the engine does in the product. */
final class DuckFiles implements AutoCloseable {

    private final Connection connection;
    private final Path staging;

    DuckFiles(Path staging) {
        try {
            this.connection = DriverManager.getConnection("jdbc:duckdb:");
            this.staging = Files.createDirectories(staging);
            execute("SET threads = 1");
            execute("SET TimeZone = 'UTC'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    StagedFile write(String select, String fieldIds) {
        Path path = staging.resolve(UUID.randomUUID() + ".parquet");
        String copy = "COPY (" + select + ") TO " + Identifiers.literal(path.toString())
                + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS " + fieldIds + ", RETURN_STATS true)";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(copy)) {
            row.next();
            Map<String, Map<String, String>> statistics = new HashMap<>();
            ((Map<?, ?>) row.getObject("column_statistics"))
                    .forEach((column, values) -> statistics.put(
                            column.toString(),
                            ((Map<?, ?>) values)
                                    .entrySet().stream()
                                            .collect(Collectors.toMap(
                                                    e -> e.getKey().toString(),
                                                    e -> e.getValue().toString()))));
            return new StagedFile(path, row.getLong("count"), row.getLong("file_size_bytes"), statistics);
        } catch (SQLException e) {
            throw new IllegalStateException(copy, e);
        }
    }

    /** The version as something to put after FROM. */
    static String from(TableVersion version) {
        if (version.files().isEmpty()) {
            throw new IllegalArgumentException(version.name() + " has no files");
        }
        return "read_parquet("
                + version.files().stream()
                        .map(file -> Identifiers.literal(file.toString()))
                        .collect(Collectors.joining(", ", "[", "]"))
                + ", schema=" + version.readSchema() + ")";
    }

    /** Each row as the text of its values. */
    List<List<String>> rows(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    long number(String query) {
        return Long.parseLong(rows(query).getFirst().getFirst());
    }

    long count(TableVersion version) {
        return version.files().isEmpty() ? 0 : number("SELECT count(*) FROM " + from(version));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
