package dev.estran.lake;

import dev.estran.Column;
import dev.estran.SchemaName;
import dev.estran.TableName;
import java.util.List;

/**
 * A view.
 *
 * @param sql its query, as it was written
 * @param searchPath where its unqualified names are looked up: the search path it was made under
 * @param columns names and types at the time it was made
 */
public record ViewDefinition(
        TableName name, String sql, List<SchemaName> searchPath, List<Column> columns, Security security) {

    /** With whose rights a view reads. */
    public enum Security {
        /** Those of the view's owner: who may read the view need not be able to read what it reads. */
        DEFINER,
        /** Those of whoever asks. */
        INVOKER
    }

    public ViewDefinition {
        searchPath = List.copyOf(searchPath);
        columns = List.copyOf(columns);
    }
}
