package dev.estran.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.platform.TestingPlatform;
import dev.estran.sql.StatementStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Imports into a platform of its own, for tests. */
final class Loads implements AutoCloseable {

    final TestingPlatform estran = TestingPlatform.start();
    private final Path files;

    Loads(Path files) {
        this.files = files;
    }

    Path file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    Path file(String name, String text, Charset charset) {
        return file(name, text.getBytes(charset));
    }

    Path file(String name, byte[] bytes) {
        try {
            return Files.write(files.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the report says of a finished import. */
    record Report(long rows, long rejects, String rejectsFile, String note) {}

    Report load(Path file, String table, String... options) {
        JsonNode row = rows(file, table, options).getFirst();
        return new Report(
                row.get(2).asLong(),
                row.get(3).asLong(),
                row.get(7).asText(),
                row.get(8).asText());
    }

    /** The report's rows as they are. */
    List<JsonNode> rows(Path file, String table, String... options) {
        StatementStatus status = estran.await(submit(file, table, options));
        EstranException error = status.error();
        if (error != null) {
            throw error;
        }
        return estran.rows(status).stream().map(Loads::json).toList();
    }

    private static JsonNode json(String row) {
        try {
            return new ObjectMapper().readTree(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(row, e);
        }
    }

    String submit(Path file, String table, String... options) {
        Map<String, String> all = new HashMap<>(Map.of("table", table));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return estran.platform()
                .load()
                .submit(Caller.OWNER, LoadRequest.of(file, file.getFileName().toString(), all));
    }

    /** Names and types of a table's columns: {@code id BIGINT}. */
    List<String> columns(String table) {
        return estran
                .rows("SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '"
                        + table + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> json(row).get(0).asText())
                .toList();
    }

    List<String> select(String sql) {
        return estran.rows(sql);
    }

    boolean exists(String table) {
        return !estran.rows("SELECT 1 FROM information_schema.tables WHERE table_name = '" + table + "'")
                .isEmpty();
    }

    /** No table, and no file that only an import that succeeded may leave. */
    void assertNothingLeft(String table) throws IOException {
        assertThat(exists(table)).isFalse();
        assertThat(left("rejects")).noneMatch(path -> path.contains(table));
        assertThat(left("warehouse")).noneMatch(path -> path.contains("/" + table));
        assertThat(left("tmp"))
                .noneMatch(path -> path.endsWith(".parquet") || path.endsWith(".csv") || path.endsWith(".ndjson"));
    }

    private List<String> left(String place) throws IOException {
        Path directory = estran.directory().resolve(place);
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    @Override
    public void close() {
        estran.close();
    }
}
