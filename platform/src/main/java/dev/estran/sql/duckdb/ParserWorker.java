package dev.estran.sql.duckdb;

import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** One connection of the parser's instance with its thread and prepared statements. */
record ParserWorker(
        EngineThread thread, DuckDBConnection connection, PreparedStatement serialize, PreparedStatement deserialize) {

    ParserWorker(String name, DuckDBConnection connection) throws SQLException {
        this(
                new EngineThread(name),
                connection,
                connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)"),
                connection.prepareStatement("SELECT json_deserialize_sql(?::JSON)"));
    }

    static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(ParserWorker.class);

    /** An empty instance that can read nothing, write nothing, and not be changed. */
    static DuckDBConnection lockedInstance() throws SQLException {
        DuckDBConnection connection =
                DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SET threads = 1",
                    "SET async_threads = 1",
                    "SET memory_limit = '256MB'",
                    "SET temp_directory = ''",
                    "SET max_expression_depth = " + DuckDbInstance.MAX_EXPRESSION_DEPTH,
                    "SET autoinstall_known_extensions = false",
                    "SET autoload_known_extensions = false",
                    "SET allow_community_extensions = false",
                    "SET allow_persistent_secrets = false",
                    "SET allow_extension_repositories = 'forbidden'",
                    "SET enable_external_access = false",
                    "SET lock_configuration = true")) {
                statement.execute(sql);
            }
        }
        return connection;
    }

    String parse(String sql) throws SQLException {
        return only(serialize, sql);
    }

    String print(String json) throws SQLException {
        return only(deserialize, json);
    }

    /** @param sql made by Estran */
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String only(PreparedStatement statement, String argument) throws SQLException {
        statement.setString(1, argument);
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    void close() {
        thread.close();
        quietly(connection);
    }

    static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("closing the parser failed", e);
        }
    }
}
