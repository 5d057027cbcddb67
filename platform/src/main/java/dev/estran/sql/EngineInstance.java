package dev.estran.sql;

import dev.estran.Column;
import dev.estran.lake.StagedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A private, locked engine that serves one statement and is thrown away. Holds only what the statement may see. One
 * thread at a time, but for {@link #cancel} and {@link #progress}. Every method throws {@code EstranException}: the
 * engine's own errors mapped, {@code TIMEOUT}, {@code CANCELLED}.
 */
public interface EngineInstance extends AutoCloseable {

    /** Runs SQL text that Estran itself made (printed from a checked tree). */
    void execute(String sql);

    /** Names and types of a query's columns, by DESCRIBE. */
    List<Column> describe(String query);

    /** One number, for example {@code SELECT count(*) ...}. */
    long number(String query);

    /**
     * Reads a table of this instance by chunks, in its row order, and checks the count at the end. Never takes a computed
     * query, whose errors midway the engine would hide: create a table first.
     */
    void read(String table, Consumer<Chunk> sink);

    /** Reads the rows of a small query as values; at most {@code limit} rows, else RESULT_TOO_LARGE. */
    List<List<@Nullable Object>> rows(String query, int limit);

    /**
     * The engine's plan of a query, as text.
     *
     * @param analyze whether to run it and show what happened
     */
    String explain(String query, boolean analyze);

    /** Opens a bulk writer into a table of this instance. */
    RowWriter writer(String table);

    /**
     * Writes a query's rows to one zstd Parquet file in this instance's private directory, synced. Column types must
     * already be those of the target.
     *
     * @param fieldIds see {@code TableVersion.fieldIds}
     */
    StagedFile writeParquet(String query, String fieldIds);

    /** Writes a query's rows to one zstd Parquet file in this instance's private directory, for people; not synced. */
    Path exportParquet(String query);

    /**
     * Registers a volatile scalar function over VARCHAR arguments (for AI calls that cannot be cut into stages). Arguments
     * and result may be null; it is called with whole vectors of rows.
     */
    void registerFunction(String name, int arity, Function<List<@Nullable String[]>, @Nullable String[]> body);

    /** A directory of this instance's own, wiped when it closes. */
    Path directory();

    /** Stops the running statement; returns at once. May be called from any thread. */
    void cancel();

    /** Fraction done of the running statement between 0 and 1, or -1 where unknown. May be called from any thread. */
    double progress();

    @Override
    void close();

    /** Appends rows; closing it makes them visible. */
    interface RowWriter extends AutoCloseable {

        /** One row; values as in {@link Chunk}, a List of String for VARCHAR[]. */
        void row(List<? extends @Nullable Object> values);

        @Override
        void close();
    }
}
