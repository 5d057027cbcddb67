package dev.estran.sql;

import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.SchemaChange;
import dev.estran.lake.VersionSelector;
import dev.estran.lake.ViewDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement by its head. Queries and expressions inside are still text: the gate parses them with the engine's own
 * grammar. Names are as written, in parts.
 */
public sealed interface Statement {

    /** Name of one to three parts. */
    record Name(List<String> parts) {
        public Name {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return String.join(".", parts);
        }
    }

    record Query(String text) implements Statement {}

    record Explain(boolean analyze, boolean ai, String query) implements Statement {}

    /** Either columns or a query. */
    record CreateTable(
            Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            @Nullable String query,
            @Nullable String comment,
            Map<String, String> properties)
            implements Statement {}

    record CreateView(
            Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<String> columns,
            ViewDefinition.Security security,
            String query)
            implements Statement {}

    record CreateSchema(Name name, boolean ifNotExists) implements Statement {}

    record CreateCatalog(String name, boolean ifNotExists) implements Statement {}

    record Drop(Kind kind, Name name, boolean ifExists, boolean cascade) implements Statement {
        public enum Kind {
            TABLE,
            VIEW,
            SCHEMA,
            CATALOG
        }
    }

    /** Types and defaults in the change are text still to be checked. */
    record AlterTable(Name name, boolean ifExists, SchemaChange change) implements Statement {}

    record RenameTable(Name name, boolean ifExists, Name to) implements Statement {}

    /** An empty column list means all columns in order. */
    record Insert(Name table, List<String> columns, String query, boolean overwrite) implements Statement {}

    record Update(
            Name table,
            @Nullable String alias,
            List<Assignment> assignments,
            @Nullable String from,
            @Nullable String where)
            implements Statement {
        public record Assignment(String column, String expression) {}
    }

    record Delete(
            Name table,
            @Nullable String alias,
            @Nullable String using,
            @Nullable String where) implements Statement {}

    record Truncate(Name table) implements Statement {}

    record Comment(
            Name table,
            @Nullable String column,
            boolean view,
            @Nullable String text) implements Statement {}

    record Undrop(Name name) implements Statement {}

    record Restore(Name name, VersionSelector selector) implements Statement {}

    record ShowCreate(Name name, boolean view) implements Statement {}

    record Use(Name name) implements Statement {}

    /** A null value resets the variable. */
    record Set(String variable, @Nullable Object value) implements Statement {}

    record Show(
            Subject subject, @Nullable Name in, @Nullable String like) implements Statement {
        public enum Subject {
            CATALOGS,
            SCHEMAS,
            TABLES,
            DROPPED,
            VIEWS,
            COLUMNS,
            FUNCTIONS,
            VARIABLES
        }
    }

    record Describe(Name name) implements Statement {}

    record DescribeQuery(String query) implements Statement {}

    record DescribeHistory(Name name) implements Statement {}

    /** Carried out by a {@link StatementHandler}. */
    record Own(StatementHandler.OwnStatement statement, boolean schemaObject) implements Statement {}

    /** About functions written in SQL and what they protect. */
    record Protecting(ProtectionStatement statement) implements Statement {}

    /** About people and what they may do. */
    record Rights(RightsStatement statement) implements Statement {}
}
