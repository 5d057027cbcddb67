package dev.estran.lake;

import dev.estran.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table, pinned: what it holds never changes, whatever is committed later. Immutable.
 *
 * @param tableId stable id, survives renames
 * @param version 1, 2, 3, ... per table; also counts schema-only commits
 * @param snapshotId Iceberg snapshot, or null where the table has never held data
 * @param files data files in a fixed order (data sequence number, then path)
 * @param columns columns with their defaults and comments
 * @param columnIds field ids of the columns, in their order
 * @param fieldIds {@code FIELD_IDS} argument for writing a file of this version's schema
 * @param readSchema {@code schema=} argument for {@code read_parquet}, which finds columns by field id
 * @param readableByName whether all files hold the columns under today's names and types, so that {@code readSchema} can
 *     be left out; the engine has row counts and statistics for its plans only then
 * @param marks what appends have noted, by name; see {@link TableCommits#append}
 */
public record TableVersion(
        String tableId,
        TableName name,
        long version,
        @Nullable Long snapshotId,
        List<Path> files,
        List<ColumnDefinition> columns,
        List<Integer> columnIds,
        String fieldIds,
        String readSchema,
        boolean readableByName,
        Map<String, String> marks) {

    public TableVersion {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        columnIds = List.copyOf(columnIds);
        marks = Map.copyOf(marks);
    }
}
