package dev.estran.lake;

import dev.estran.Identifiers;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A type of DuckDB, parsed from its text. {@link #sql} gives text that DuckDB accepts. */
sealed interface DuckType {

    String sql();

    /**
     * A type without parts.
     *
     * @param name canonical upper-case name
     * @param arguments the numbers in brackets, for example precision and scale
     */
    record Scalar(String name, List<Integer> arguments) implements DuckType {

        public Scalar {
            arguments = List.copyOf(arguments);
        }

        static Scalar of(String name) {
            return new Scalar(name, List.of());
        }

        static Scalar decimal(int precision, int scale) {
            return new Scalar("DECIMAL", List.of(precision, scale));
        }

        @Override
        public String sql() {
            return arguments.isEmpty()
                    ? name
                    : name + arguments.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
        }
    }

    /** A list, or an array of fixed size, which is stored as a list. */
    record ListOf(DuckType element) implements DuckType {

        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    /** A map. */
    record MapOf(DuckType key, DuckType value) implements DuckType {

        @Override
        public String sql() {
            return "MAP(" + key.sql() + ", " + value.sql() + ")";
        }
    }

    /** A struct. */
    record Struct(List<Field> fields) implements DuckType {

        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(f -> quote(f.name()) + " " + f.type().sql())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }

        /** Quotes where DuckDB needs it, so that our text is the text DuckDB prints. */
        private static String quote(String name) {
            return RESERVED.contains(name) ? Identifiers.quote(name) : Identifiers.quoteIfNeeded(name);
        }
    }

    /** A field of a struct. */
    record Field(String name, DuckType type) {}

    /** A type that is only known by its first word, because nothing of its arguments matters. */
    record Other(String name) implements DuckType {

        @Override
        public String sql() {
            return name;
        }
    }

    /** Words DuckDB's grammar reserves; a struct field of that name is written in quotes. */
    Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create "
                            + "default deferrable desc describe distinct do else end except false fetch for foreign from "
                            + "grant group having in initially intersect into lambda lateral leading limit not null offset "
                            + "on only or order pivot pivot_longer pivot_wider placing primary qualify references returning "
                            + "select show some summarize symmetric table then to trailing true union unique unpivot using "
                            + "variadic when where window with")
                    .split(" "));
}
