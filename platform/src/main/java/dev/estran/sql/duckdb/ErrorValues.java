package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error of the engine names, so that it can be said in other languages. Where the engine's words are not known
 * there are no values, and its own sentence is shown.
 */
final class ErrorValues {

    private static final int MOST = 200;

    private static final Pattern CONVERT =
            Pattern.compile("Could not convert string '(.*)' to ([A-Z0-9_]+)", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(
            "invalid (?:(date|timestamp|time) field format|(\\w+) field format): \"(.*?)\"", Pattern.DOTALL);
    private static final Pattern CAST = Pattern.compile(
            "(?:Type|type) ([A-Z0-9_]+) with value (.*) can't be cast .*? destination type ([A-Z0-9_(),]+)",
            Pattern.DOTALL);
    private static final Pattern DECIMAL = Pattern.compile(
            "Could not (?:cast|convert) (?:value|string) \"?(.*?)\"? to (DECIMAL\\([0-9,]+\\))", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS =
            Pattern.compile("Ambiguous reference to column name \"([^\"]+)\" \\(use: ([^)]*)\\)");
    private static final Pattern GROUP = Pattern.compile("column \"([^\"]+)\" must appear in the GROUP BY clause");
    private static final Pattern TYPES =
            Pattern.compile("No function matches the given name and argument types '([^'(]+)\\(([^']*)\\)'");

    private static final Map<String, String> ENGINE_TYPES = Map.of(
            "INT8",
            "TINYINT",
            "INT16",
            "SMALLINT",
            "INT32",
            "INTEGER",
            "INT64",
            "BIGINT",
            "INT128",
            "HUGEINT",
            "BOOL",
            "BOOLEAN");

    private ErrorValues() {}

    /** @param names what the caller calls the tables that have private names here */
    static Map<String, Object> of(ErrorCode code, String message, Map<String, String> names) {
        return switch (code) {
            case CONVERSION_FAILED -> conversion(message);
            case BIND_ERROR -> binding(message, names);
            default -> Map.of();
        };
    }

    private static Map<String, Object> conversion(String message) {
        for (Pattern pattern : new Pattern[] {CONVERT, DECIMAL}) {
            Matcher found = pattern.matcher(message);
            if (found.find()) {
                return value(found.group(1), found.group(2));
            }
        }
        Matcher field = FIELD.matcher(message);
        if (field.find()) {
            String type = field.group(1) == null ? field.group(2) : field.group(1);
            return value(field.group(3), type.toUpperCase(java.util.Locale.ROOT));
        }
        Matcher cast = CAST.matcher(message);
        return cast.find() ? value(cast.group(2), cast.group(3)) : Map.of();
    }

    private static Map<String, Object> value(String value, String type) {
        String shown = value.length() <= MOST ? value : value.substring(0, MOST) + "...";
        return Map.of("value", shown, "type", ENGINE_TYPES.getOrDefault(type, type));
    }

    private static Map<String, Object> binding(String message, Map<String, String> names) {
        Matcher ambiguous = AMBIGUOUS.matcher(message);
        if (ambiguous.find()) {
            String choices = ambiguous.group(2).replaceAll("[\"']", "").replace(" or ", ", ");
            return Map.of(
                    "key", "ambiguous", "name", ambiguous.group(1), "choices", ErrorMapping.clean(choices, names));
        }
        Matcher group = GROUP.matcher(message);
        if (group.find()) {
            return Map.of("key", "group", "name", group.group(1));
        }
        Matcher types = TYPES.matcher(message);
        return types.find() ? Map.of("key", "types", "function", types.group(1), "types", types.group(2)) : Map.of();
    }
}
