package dev.estran.lake;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Parquet file with field ids, written and synced, not yet part of any table.
 *
 * @param path where it lies now; the lake moves it into the table's own directory
 * @param rows number of rows
 * @param sizeBytes file size
 * @param columnStatistics per quoted dotted column path the statistics DuckDB's {@code RETURN_STATS} gives
 */
public record StagedFile(Path path, long rows, long sizeBytes, Map<String, Map<String, String>> columnStatistics) {

    public StagedFile {
        columnStatistics = Map.copyOf(columnStatistics);
    }
}
