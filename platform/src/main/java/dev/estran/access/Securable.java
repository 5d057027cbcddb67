package dev.estran.access;

import dev.estran.SchemaName;
import dev.estran.TableName;

/**
 * Something rights are granted on.
 *
 * @param name full dotted name; empty for the platform itself
 */
public record Securable(Kind kind, String name) {

    public enum Kind {
        PLATFORM,
        CATALOG,
        SCHEMA,
        TABLE,
        VIEW,
        MODEL,
        CONNECTION,
        ENDPOINT,
        SECRET
    }

    public static final Securable PLATFORM = new Securable(Kind.PLATFORM, "");

    public static Securable catalog(String name) {
        return new Securable(Kind.CATALOG, name);
    }

    public static Securable schema(SchemaName name) {
        return new Securable(Kind.SCHEMA, name.toString());
    }

    public static Securable table(TableName name) {
        return new Securable(Kind.TABLE, name.toString());
    }

    public static Securable view(TableName name) {
        return new Securable(Kind.VIEW, name.toString());
    }

    public static Securable model(TableName name) {
        return new Securable(Kind.MODEL, name.toString());
    }

    public static Securable connection(String name) {
        return new Securable(Kind.CONNECTION, name);
    }

    public static Securable endpoint(String name) {
        return new Securable(Kind.ENDPOINT, name);
    }

    public static Securable secret(String name) {
        return new Securable(Kind.SECRET, name);
    }

    @Override
    public String toString() {
        return kind == Kind.PLATFORM ? "platform" : kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name;
    }
}
