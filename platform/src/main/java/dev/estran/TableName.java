package dev.estran;

import java.util.Locale;

/**
 * The full name of a table, view, model or other object of a schema. Names are stored and compared in lower case.
 *
 * @param catalog for example {@code lake}
 * @param schema for example {@code demo}
 * @param name for example {@code tickets}
 */
public record TableName(String catalog, String schema, String name) implements Comparable<TableName> {

    public TableName {
        catalog = catalog.toLowerCase(Locale.ROOT);
        schema = schema.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    /** The schema this object is in. */
    public SchemaName schemaName() {
        return new SchemaName(catalog, schema);
    }

    /** Dotted, parts quoted where they have to be: {@code lake.demo."my table"}. */
    public String sql() {
        return Identifiers.quoteIfNeeded(catalog) + "." + Identifiers.quoteIfNeeded(schema) + "."
                + Identifiers.quoteIfNeeded(name);
    }

    @Override
    public int compareTo(TableName other) {
        int byCatalog = catalog.compareTo(other.catalog);
        int bySchema = byCatalog != 0 ? byCatalog : schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + name;
    }
}
