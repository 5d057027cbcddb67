package dev.estran.sql.duckdb;

import java.nio.file.Path;

/**
 * Bounds of the embedded engine.
 *
 * @param directory where private directories of instances are made, for example {@code <data>/tmp}; leftovers of a crash
 *     are removed from it at start
 * @param threads worker threads per instance
 * @param maxTempBytes what one instance may spill to disk
 * @param spare instances kept started ahead of need, after the first use
 */
public record DuckDbSettings(Path directory, int threads, long maxTempBytes, int spare) {

    public static DuckDbSettings defaults(Path directory) {
        return new DuckDbSettings(directory, Runtime.getRuntime().availableProcessors(), 20L << 30, 2);
    }
}
