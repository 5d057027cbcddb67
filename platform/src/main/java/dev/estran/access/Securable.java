package dev.estran.access;

import dev.estran.Identifiers;
import dev.estran.SchemaName;
import dev.estran.TableName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something rights are granted on.
 *
 * @param parts the name's parts, lower case; none for the platform itself
 */
public record Securable(Kind kind, List<String> parts) {

    public enum Kind {
        PLATFORM,
        CATALOG,
        SCHEMA,
        TABLE,
        VIEW,
        MODEL,
        FUNCTION,
        CONNECTION,
        ENDPOINT,
        SECRET;

        /** Whether things of this kind stand in a schema. */
        public boolean inSchema() {
            return switch (this) {
                case TABLE, VIEW, MODEL, FUNCTION -> true;
                default -> false;
            };
        }
    }

    public static final Securable PLATFORM = new Securable(Kind.PLATFORM, List.of());

    public Securable {
        parts = List.copyOf(parts);
    }

    public static Securable catalog(String name) {
        return new Securable(Kind.CATALOG, List.of(name.toLowerCase(Locale.ROOT)));
    }

    public static Securable schema(SchemaName name) {
        return new Securable(Kind.SCHEMA, List.of(name.catalog(), name.schema()));
    }

    public static Securable table(TableName name) {
        return object(Kind.TABLE, name);
    }

    public static Securable view(TableName name) {
        return object(Kind.VIEW, name);
    }

    public static Securable model(TableName name) {
        return object(Kind.MODEL, name);
    }

    public static Securable function(TableName name) {
        return object(Kind.FUNCTION, name);
    }

    public static Securable connection(String name) {
        return new Securable(Kind.CONNECTION, List.of(name.toLowerCase(Locale.ROOT)));
    }

    public static Securable endpoint(String name) {
        return new Securable(Kind.ENDPOINT, List.of(name.toLowerCase(Locale.ROOT)));
    }

    private static Securable object(Kind kind, TableName name) {
        return new Securable(kind, List.of(name.catalog(), name.schema(), name.name()));
    }

    /** The dotted name, quoted where it must be. */
    public String name() {
        return parts.stream().map(Identifiers::quoteIfNeeded).collect(Collectors.joining("."));
    }

    public static Securable secret(String name) {
        return new Securable(Kind.SECRET, List.of(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.PLATFORM ? word : word + " " + name();
    }
}
