package dev.estran.lake;

import dev.estran.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are seen, and which columns as what. Columns are named by their field ids, which no rename
 * changes.
 *
 * @param rowFilter null where all rows are seen
 * @param masks by the masked column
 */
public record Protection(@Nullable Rule rowFilter, Map<Integer, Rule> masks) {

    public static final Protection NONE = new Protection(null, Map.of());

    /**
     * A function given some columns of the table.
     *
     * @param arguments field ids; for a mask the masked column comes first
     */
    public record Rule(TableName function, List<Integer> arguments) {
        public Rule {
            arguments = List.copyOf(arguments);
        }
    }

    public Protection {
        masks = Map.copyOf(masks);
    }

    public boolean isNone() {
        return rowFilter == null && masks.isEmpty();
    }

    /** Whether a rule reads the column. */
    public boolean uses(int fieldId) {
        return (rowFilter != null && rowFilter.arguments().contains(fieldId))
                || masks.values().stream().anyMatch(rule -> rule.arguments().contains(fieldId));
    }
}
