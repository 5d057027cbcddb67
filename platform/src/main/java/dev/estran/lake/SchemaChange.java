package dev.estran.lake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change of a table's columns or properties, as ALTER TABLE states it. Only top-level columns can be named. */
public sealed interface SchemaChange {

    /** Adds a column at the end; rows that are there have NULL in it, its default notwithstanding. */
    record AddColumn(ColumnDefinition column, boolean ifNotExists) implements SchemaChange {}

    /** Removes a column; earlier versions keep it. */
    record DropColumn(String column, boolean ifExists) implements SchemaChange {}

    /** Gives a column another name. */
    record RenameColumn(String column, String to) implements SchemaChange {}

    /** Widens a column: INTEGER to BIGINT, FLOAT to DOUBLE, DECIMAL to more digits of the same scale. */
    record ChangeType(String column, String type) implements SchemaChange {}

    /** Lets a column be NULL. */
    record DropNotNull(String column) implements SchemaChange {}

    /**
     * Sets what is written where a column is not given, or removes it.
     *
     * @param sql checked constant expression, or null
     */
    record SetDefault(String column, @Nullable String sql) implements SchemaChange {}

    /** Sets or removes a column's comment. */
    record CommentColumn(String column, @Nullable String comment) implements SchemaChange {}

    /** Sets or removes the table's comment. */
    record CommentTable(@Nullable String comment) implements SchemaChange {}

    /** Sets table properties. */
    record SetProperties(Map<String, String> properties) implements SchemaChange {

        public SetProperties {
            properties = Map.copyOf(properties);
        }
    }
}
