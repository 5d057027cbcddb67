package dev.estran;

import java.util.regex.Pattern;

/** Quoting of SQL names and strings. */
public final class Identifiers {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Identifiers() {}

    /** A name in double quotes, safe in any SQL text. */
    public static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** The name as it is where it is plain lower case, in quotes otherwise. For people to read, not for engines. */
    public static String quoteIfNeeded(String name) {
        return PLAIN.matcher(name).matches() ? name : quote(name);
    }

    /** A string literal, safe in any SQL text. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
