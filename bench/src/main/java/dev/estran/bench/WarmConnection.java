package dev.estran.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** What Estran is measured against: one DuckDB connection that stays open. */
final class WarmConnection implements AutoCloseable {

    private final DuckDBConnection connection;

    private WarmConnection(DuckDBConnection connection) {
        this.connection = connection;
    }

    static WarmConnection open(int threads) throws SQLException {
        WarmConnection warm =
                new WarmConnection(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
        warm.execute("SET threads = " + threads);
        return warm;
    }

    void limitMemory(long bytes) throws SQLException {
        execute("SET memory_limit = '" + bytes / 1024 + "KiB'");
    }

    void view(String name, List<Path> files) throws SQLException {
        execute("CREATE VIEW " + name + " AS SELECT * FROM read_parquet("
                + files.stream().map(WarmConnection::literal).collect(Collectors.joining(", ", "[", "]")) + ")");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a query and takes every value of its result. */
    List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    static String literal(Path path) {
        return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
