package dev.estran.lake;

import dev.estran.TableName;
import java.util.List;
import org.apache.iceberg.Schema;

/**
 * What has to be known to write a table's first files before the table exists.
 *
 * @param columns the columns with the types they are stored in; cast to these when writing
 * @param fieldIds {@code FIELD_IDS} argument for writing files
 * @param readSchema {@code schema=} argument for reading them again
 * @param schema the Iceberg schema the table will have
 */
public record WritePlan(
        TableName name,
        CreateMode mode,
        List<ColumnDefinition> columns,
        String fieldIds,
        String readSchema,
        Schema schema) {

    public WritePlan {
        columns = List.copyOf(columns);
    }
}
