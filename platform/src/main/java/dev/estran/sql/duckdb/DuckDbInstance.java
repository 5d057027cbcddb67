package dev.estran.sql.duckdb;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.lake.StagedFile;
import dev.estran.sql.Chunk;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.SqlEngine.Binding;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** One DuckDB instance with its connection, thread and directory. Started empty, bound once, closed. */
final class DuckDbInstance implements EngineInstance {

    static final int MAX_EXPRESSION_DEPTH = 500;

    private final EngineThread thread;
    private final DuckDBConnection connection;
    private final Path directory;
    private Map<String, String> names = Map.of();
    private boolean fenced;
    private long timeoutMillis;
    private int scratchTables;
    private volatile @Nullable RuntimeException functionFailure;
    private volatile boolean cancelled;
    private volatile boolean closed;
    private volatile @Nullable Statement running;
    private volatile Runnable afterClose = () -> {};

    private DuckDbInstance(EngineThread thread, DuckDBConnection connection, Path directory) {
        this.thread = thread;
        this.connection = connection;
        this.directory = directory;
    }

    /** An empty instance, not yet locked. */
    static DuckDbInstance start(DuckDbSettings settings) {
        Path directory = PrivateDirectory.create(settings.directory());
        EngineThread thread =
                new EngineThread("engine-" + directory.getFileName().toString().substring(0, 8));
        try {
            DuckDBConnection connection = thread.call(() -> connect(settings, directory), () -> {});
            return new DuckDbInstance(thread, connection, directory);
        } catch (SQLException e) {
            thread.close();
            PrivateDirectory.remove(directory);
            throw ErrorMapping.map(e);
        }
    }

    private static DuckDBConnection connect(DuckDbSettings settings, Path directory) throws SQLException {
        DuckDBConnection connection =
                DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        try (Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SET threads = " + settings.threads(),
                    "SET async_threads = 1",
                    "SET memory_limit = '256MB'",
                    "SET temp_directory = " + Identifiers.literal(directory.toString()),
                    // Only enforced when set by SQL after the directory.
                    "SET max_temp_directory_size = '" + settings.maxTempBytes() / 1024 + "KiB'",
                    "SET max_expression_depth = " + MAX_EXPRESSION_DEPTH,
                    "SET errors_as_json = true",
                    "SET enable_progress_bar = true",
                    "SET enable_progress_bar_print = false",
                    "SET autoinstall_known_extensions = false",
                    "SET autoload_known_extensions = false",
                    "SET allow_community_extensions = false",
                    "SET allow_persistent_secrets = false",
                    "SET allow_extension_repositories = 'forbidden'",
                    // It would move a caller's predicate below a row filter.
                    "SET disabled_optimizers = 'cte_filter_pusher'")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            ParserWorker.quietly(connection);
            throw e;
        }
        return connection;
    }

    void bind(Binding binding) {
        names = binding.names();
        fenced = binding.fenced();
        timeoutMillis = binding.timeoutMillis();
        String files = binding.files().stream()
                .map(file ->
                        Identifiers.literal(file.toAbsolutePath().normalize().toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        execute("SET memory_limit = '" + Math.max(1, binding.memoryBytes() / 1024) + "KiB'");
        setTimeZone(binding.timeZone());
        execute("SET max_execution_time = " + Math.max(1, timeoutMillis));
        execute("SET allowed_paths = " + files);
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
        binding.setup().forEach(this::execute);
    }

    private void setTimeZone(String timeZone) {
        try {
            execute("SET TimeZone = " + Identifiers.literal(timeZone));
        } catch (EstranException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The time zone '" + timeZone + "' is not known. Use an IANA name, for example Europe/Paris or UTC.",
                    e);
        }
    }

    @Override
    public void execute(String sql) {
        statement(statement -> statement.execute(sql));
    }

    @Override
    public List<Column> describe(String query) {
        return statement(statement -> {
            try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM (" + query + "\n)")) {
                List<Column> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add(new Column(rows.getString(1), rows.getString(2), !"NO".equals(rows.getString(3))));
                }
                return List.copyOf(columns);
            }
        });
    }

    @Override
    public long number(String query) {
        return statement(statement -> {
            try (ResultSet rows = statement.executeQuery(query)) {
                return rows.next() ? rows.getLong(1) : 0L;
            }
        });
    }

    @Override
    public void read(String table, Consumer<Chunk> sink) {
        String quoted = Identifiers.quote(table);
        List<ColumnReader> readers = describe("SELECT * FROM " + quoted).stream()
                .map(ColumnReader::of)
                .toList();
        long expected = number("SELECT count(*) FROM " + quoted);
        String select = readers.stream()
                .map(ColumnReader::expression)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + quoted));
        readAll(select, readers, expected, sink);
    }

    /** Reads to the end; fewer rows than expected is an error, for the engine hides its own errors here. */
    void readAll(String select, List<ColumnReader> readers, long expected, Consumer<Chunk> sink) {
        long started = System.nanoTime();
        long seen = onThread(() -> {
            long rows = 0;
            try (DuckDBPreparedStatement statement = connection.prepare(select)) {
                running = statement;
                try (DuckDBChunkedResult result = statement.query()) {
                    while (!cancelled && result.nextChunk()) {
                        VectorChunk chunk = new VectorChunk(result.chunk(), readers);
                        rows += chunk.rowCount();
                        sink.accept(chunk);
                    }
                }
            }
            return rows;
        });
        if (cancelled) {
            throw cancelledError(null);
        }
        if (seen != expected) {
            long elapsedMillis = (System.nanoTime() - started) / 1_000_000;
            throw elapsedMillis >= timeoutMillis
                    ? timeoutError(null)
                    : new EstranException(
                            ErrorCode.ENGINE_READ_TRUNCATED,
                            "The engine gave " + seen + " of " + expected
                                    + " rows of a result. Run the statement again.");
        }
    }

    @Override
    public List<List<@Nullable Object>> rows(String query, int limit) {
        String table = "__rows" + scratchTables++;
        execute("CREATE TABLE " + table + " AS SELECT * FROM (" + query + "\n) LIMIT " + (limit + 1L));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        read(table, chunk -> {
            for (int row = 0; row < chunk.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>(chunk.columnCount());
                for (int column = 0; column < chunk.columnCount(); column++) {
                    values.add(chunk.value(row, column));
                }
                rows.add(values);
            }
        });
        execute("DROP TABLE " + table);
        if (rows.size() > limit) {
            throw new EstranException(
                    ErrorCode.RESULT_TOO_LARGE, "More than " + limit + " rows where at most that many are expected.");
        }
        return rows;
    }

    @Override
    public String explain(String query, boolean analyze) {
        return statement(statement -> {
            StringBuilder text = new StringBuilder();
            try (ResultSet plan = statement.executeQuery((analyze ? "EXPLAIN ANALYZE " : "EXPLAIN ") + query)) {
                while (plan.next()) {
                    text.append(plan.getString(2));
                }
            }
            return text.toString();
        });
    }

    @Override
    public RowWriter writer(String table) {
        List<String> types = describe("SELECT * FROM " + Identifiers.quote(table)).stream()
                .map(Column::type)
                .toList();
        return onThread(() -> new AppendWriter(this, connection.createAppender(table), types));
    }

    @Override
    public StagedFile writeParquet(String query, String fieldIds) {
        Path file = directory.resolve(UUID.randomUUID() + ".parquet");
        String copy = "COPY (" + query + "\n) TO " + Identifiers.literal(file.toString())
                + " (FORMAT parquet, COMPRESSION zstd, FIELD_IDS " + fieldIds + ", RETURN_STATS true)";
        StagedFile staged = statement(statement -> {
            try (ResultSet rows = statement.executeQuery(copy)) {
                rows.next();
                return new StagedFile(
                        file,
                        rows.getLong("count"),
                        rows.getLong("file_size_bytes"),
                        statistics(rows.getObject("column_statistics")));
            }
        });
        PrivateDirectory.sync(file);
        return staged;
    }

    @Override
    public Path exportParquet(String query) {
        Path file = directory.resolve(UUID.randomUUID() + ".parquet");
        execute("COPY (" + query + "\n) TO " + Identifiers.literal(file.toString())
                + " (FORMAT parquet, COMPRESSION zstd)");
        return file;
    }

    private static Map<String, Map<String, String>> statistics(@Nullable Object found) {
        Map<String, Map<String, String>> statistics = new LinkedHashMap<>();
        if (found instanceof Map<?, ?> columns) {
            columns.forEach((column, values) -> {
                Map<String, String> named = new LinkedHashMap<>();
                ((Map<?, ?>) values).forEach((name, value) -> named.put(String.valueOf(name), String.valueOf(value)));
                statistics.put(String.valueOf(column), Map.copyOf(named));
            });
        }
        return statistics;
    }

    @Override
    public void registerFunction(String name, int arity, Function<List<@Nullable String[]>, @Nullable String[]> body) {
        onThread(() -> {
            VectorFunction.register(connection, name, arity, arguments -> {
                try {
                    return body.apply(arguments);
                } catch (RuntimeException e) {
                    functionFailure = e;
                    throw e;
                }
            });
            return true;
        });
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void cancel() {
        cancelled = true;
        interrupt();
    }

    private void interrupt() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                ParserWorker.log.debug("cancelling a statement failed; it has ended", e);
            }
        }
    }

    @Override
    public double progress() {
        try {
            if (running instanceof DuckDBPreparedStatement statement && !closed) {
                double percentage = statement.getQueryProgress().getPercentage();
                return percentage < 0 ? -1 : Math.min(1, percentage / 100);
            }
        } catch (SQLException e) {
            return -1;
        }
        return -1;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        interrupt();
        try {
            thread.call(
                    () -> {
                        ParserWorker.quietly(connection);
                        return true;
                    },
                    () -> {});
        } catch (SQLException e) {
            ParserWorker.log.debug("closing an engine instance failed", e);
        } finally {
            thread.close();
            PrivateDirectory.remove(directory);
            afterClose.run();
        }
    }

    /** Runs once, when this instance is gone. */
    void afterClose(Runnable action) {
        afterClose = action;
    }

    private interface StatementWork<T> {
        T run(Statement statement) throws SQLException;
    }

    private <T> T statement(StatementWork<T> work) {
        return onThread(() -> {
            try (Statement statement = connection.createStatement()) {
                running = statement;
                return work.run(statement);
            }
        });
    }

    /** Runs on the instance's thread, with errors mapped; every call into the engine goes through here. */
    <T> T onThread(EngineThread.Work<T> work) {
        if (closed) {
            throw cancelledError(null);
        }
        try {
            return thread.call(
                    () -> {
                        if (cancelled) {
                            throw cancelledError(null);
                        }
                        try {
                            return work.run();
                        } finally {
                            running = null;
                        }
                    },
                    this::cancel);
        } catch (SQLException e) {
            if (cancelled) {
                throw cancelledError(e);
            }
            RuntimeException failure = functionFailure;
            if (failure != null) {
                functionFailure = null;
                throw failure instanceof EstranException
                        ? failure
                        : new EstranException(ErrorCode.INTERNAL, "A function of the statement failed.", failure);
            }
            throw ErrorMapping.interrupted(e)
                    ? timeoutError(e)
                    : fenced ? ErrorMapping.withheld(e, names) : ErrorMapping.map(e, names);
        }
    }

    private static EstranException cancelledError(@Nullable Throwable cause) {
        return new EstranException(ErrorCode.CANCELLED, "The statement was cancelled.", cause);
    }

    private EstranException timeoutError(@Nullable Throwable cause) {
        return new EstranException(
                ErrorCode.TIMEOUT,
                "The statement ran longer than its limit of " + timeoutMillis
                        + " ms. Make it read less, or raise the limit: SET timeout = SECONDS, or sql.timeout_ms.",
                cause);
    }
}
