package dev.estran.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.config.Config;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The real platform on a temporary directory, for tests; deleted when closed. Its {@code main} is a server to try things
 * on.
 */
public final class TestingPlatform implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 120_000;

    private final Path directory;
    private final boolean owned;
    private final Platform platform;

    private TestingPlatform(
            Path directory, boolean owned, Map<String, String> settings, UnaryOperator<Access.DecisionLog> decisions) {
        this.directory = directory;
        this.owned = owned;
        this.platform = Platform.start(Config.load(directory, Map.of(), settings), decisions);
    }

    public static TestingPlatform start() {
        return start(Map.of());
    }

    /** @param settings by setting key */
    public static TestingPlatform start(Map<String, String> settings) {
        return start(settings, log -> log);
    }

    static TestingPlatform start(Map<String, String> settings, UnaryOperator<Access.DecisionLog> decisions) {
        try {
            return new TestingPlatform(Files.createTempDirectory("estran-test"), true, settings, decisions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a directory of the test's own, which stays. */
    public static TestingPlatform on(Path directory) {
        return on(directory, Map.of());
    }

    public static TestingPlatform on(Path directory, Map<String, String> settings) {
        return new TestingPlatform(directory, false, settings, log -> log);
    }

    public Platform platform() {
        return platform;
    }

    public Path directory() {
        return directory;
    }

    /** Runs a statement as the owner; its error is thrown. */
    public StatementStatus run(String sql) {
        return run(SqlRequest.of(sql));
    }

    public StatementStatus run(SqlRequest request) {
        StatementStatus status = attempt(request);
        EstranException error = status.error();
        if (error != null) {
            throw error;
        }
        return status;
    }

    /** Runs a statement to its end, whatever that is. */
    public StatementStatus attempt(SqlRequest request) {
        String id = platform.sql().submit(Caller.OWNER, request);
        return await(id);
    }

    public StatementStatus await(String id) {
        try {
            StatementStatus status = platform.sql().await(Caller.OWNER, id, PATIENCE_MILLIS);
            if (!status.state().ended()) {
                throw new AssertionError("the statement did not end in " + PATIENCE_MILLIS + " ms");
            }
            return status;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows of a query, each as compact JSON: {@code ["Lyon",3]}. */
    public List<String> rows(String sql) {
        return rows(run(sql));
    }

    public List<String> rows(StatementStatus status) {
        try {
            JsonNode page = JSON.readTree("[" + platform.sql().rows(Caller.OWNER, status.id(), 0, 100_000) + "]");
            List<String> rows = new ArrayList<>();
            page.forEach(row -> rows.add(row.toString()));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        platform.close();
        if (owned) {
            delete(directory);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (TestingPlatform testing = start()) {
            System.out.println(testing.platform().serve());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
