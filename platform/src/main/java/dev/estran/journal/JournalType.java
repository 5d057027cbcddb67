package dev.estran.journal;

import dev.estran.Column;
import dev.estran.TableName;
import java.util.List;

/**
 * One typed log and the system table it becomes.
 *
 * @param name file name prefix, for example {@code history}
 * @param table for example {@code system.query.history}
 * @param columns names and DuckDB types of a record's fields, in table order; records are JSON objects with these keys
 * @param chained whether each record carries a sequence number and the hash of the one before ({@code seq},
 *     {@code prev})
 */
public record JournalType(String name, TableName table, List<Column> columns, boolean chained) {

    public JournalType {
        columns = List.copyOf(columns);
    }
}
