package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.lake.StagedFile;
import dev.estran.sql.Chunk;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import dev.estran.sql.SqlEngine;
import dev.estran.sql.duckdb.DuckDbEngine;
import dev.estran.sql.duckdb.DuckDbParser;
import dev.estran.sql.duckdb.DuckDbSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine instance and parser of the product, which note the statements executed. */
final class RecordingEngine implements EngineInstance, QueryParser {

    private static final DuckDbParser PARSER = new DuckDbParser();
    private static final DuckDbEngine ENGINE = new DuckDbEngine(new DuckDbSettings(directoryOfTests(), 2, 1L << 30, 0));

    private final EngineInstance instance =
            ENGINE.open(new SqlEngine.Binding(List.of(), List.of(), "UTC", 60_000, 256L << 20));

    /** What {@link #execute} ran, in order. */
    final List<String> executed = new ArrayList<>();

    private static Path directoryOfTests() {
        try {
            return Files.createTempDirectory("estran-planner");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void execute(String sql) {
        executed.add(sql);
        instance.execute(sql);
    }

    @Override
    public List<Column> describe(String query) {
        return instance.describe(query);
    }

    @Override
    public long number(String query) {
        return instance.number(query);
    }

    @Override
    public String explain(String query, boolean analyze) {
        return instance.explain(query, analyze);
    }

    @Override
    public void read(String table, Consumer<Chunk> sink) {
        instance.read(table, sink);
    }

    @Override
    public List<List<@Nullable Object>> rows(String query, int limit) {
        return instance.rows(query, limit);
    }

    @Override
    public RowWriter writer(String table) {
        return instance.writer(table);
    }

    @Override
    public StagedFile writeParquet(String query, String fieldIds) {
        return instance.writeParquet(query, fieldIds);
    }

    @Override
    public Path exportParquet(String query) {
        return instance.exportParquet(query);
    }

    @Override
    public void registerFunction(String name, int arity, Function<List<@Nullable String[]>, @Nullable String[]> body) {
        instance.registerFunction(name, arity, body);
    }

    @Override
    public Path directory() {
        return instance.directory();
    }

    @Override
    public void cancel() {
        instance.cancel();
    }

    @Override
    public double progress() {
        return instance.progress();
    }

    @Override
    public void close() {
        instance.close();
    }

    @Override
    public ObjectNode parseQuery(String sql) {
        return PARSER.parseQuery(sql);
    }

    @Override
    public JsonNode parseExpression(String sql) {
        return PARSER.parseExpression(sql);
    }

    @Override
    public String printQuery(JsonNode query) {
        return PARSER.printQuery(query);
    }

    @Override
    public String printExpression(JsonNode expression) {
        return PARSER.printExpression(expression);
    }

    @Override
    public String canonicalType(String type) {
        return PARSER.canonicalType(type);
    }
}
