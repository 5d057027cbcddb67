package dev.estran;

import java.util.Locale;

/** The full name of a schema; lower case. */
public record SchemaName(String catalog, String schema) {

    public SchemaName {
        catalog = catalog.toLowerCase(Locale.ROOT);
        schema = schema.toLowerCase(Locale.ROOT);
    }

    public TableName table(String name) {
        return new TableName(catalog, schema, name);
    }

    @Override
    public String toString() {
        return catalog + "." + schema;
    }
}
