package dev.estran.sql.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.Spelling;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's errors as Estran's. JDBC gives neither type nor SQLState; the engine's own JSON form
 * ({@code errors_as_json}) or, where it is absent, the fixed prefix up to the first colon gives the type.
 */
final class ErrorMapping {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PREFIX = Pattern.compile("\\A(?:[\\w.$]+Exception: )?([A-Z][A-Za-z ]+?) Error: ");
    private static final Pattern PRIVATE_NAME = Pattern.compile("\"?\\b__[a-z]+\\d*\\b\"?");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern NAMED = Pattern.compile("column named \"([^\"]+)\"");
    private static final Pattern CANDIDATES =
            Pattern.compile("Candidate (?:bindings|tables|Entries):[ :]*((?:\"[^\"]*\"(?:, )?)+)");

    private ErrorMapping() {}

    static EstranException map(SQLException error) {
        return map(error, Map.of());
    }

    /** @param names what the caller calls the tables that have private names here */
    static EstranException map(SQLException error, Map<String, String> names) {
        Parsed parsed = parse(String.valueOf(error.getMessage()));
        ErrorCode code = code(parsed);
        String message =
                code == ErrorCode.COLUMN_NOT_FOUND ? columnMessage(parsed, names) : clean(parsed.message, names);
        if (code == ErrorCode.TABLE_NOT_FOUND) {
            // The engine proposes tables of its own.
            message = message.replaceAll(" Did you mean .*", "");
        }
        Map<String, Object> details = new HashMap<>();
        if (code == ErrorCode.COLUMN_NOT_FOUND) {
            column(parsed).ifPresent(column -> {
                details.put("name", column);
                Spelling.nearest(column, candidates(parsed))
                        .ifPresent(near -> details.put("suggestions", List.of(near)));
            });
        } else if (!parsed.name.isEmpty() && !parsed.name.startsWith("__")) {
            details.put("name", parsed.name);
        }
        details.putAll(ErrorValues.of(code, parsed.message, names));
        return new EstranException(code, advise(code, message), details, error);
    }

    /** As {@link #map}, without what may quote a value: of rows that the caller may not know of. */
    static EstranException withheld(SQLException error, Map<String, String> names) {
        EstranException mapped = map(error, names);
        return switch (mapped.code()) {
            case CONVERSION_FAILED, CONSTRAINT_VIOLATED, ENGINE_ERROR ->
                new EstranException(
                        mapped.code(),
                        "A value could not be computed. What the engine says of it is withheld: a table of the statement"
                                + " has a row filter or masks, and the message may quote what they hide.");
            default -> mapped;
        };
    }

    /** Whether the engine says that it was interrupted, by a cancel or by its time limit. */
    static boolean interrupted(SQLException error) {
        return parse(String.valueOf(error.getMessage())).type.equals("interrupt");
    }

    private record Parsed(String type, String subtype, String object, String name, String message) {}

    private static Parsed parse(String text) {
        int brace = text.indexOf("{\"exception_type\"");
        if (brace >= 0) {
            try {
                JsonNode json = JSON.readTree(text.substring(brace));
                return new Parsed(
                        json.path("exception_type").asText().toLowerCase(Locale.ROOT),
                        json.path("error_subtype").asText(),
                        json.path("type").asText(),
                        json.path("name").asText(),
                        json.path("exception_message").asText());
            } catch (JsonProcessingException e) {
                return new Parsed("", "", "", "", text);
            }
        }
        Matcher prefix = PREFIX.matcher(text);
        return prefix.find()
                ? new Parsed(prefix.group(1).toLowerCase(Locale.ROOT), "", "", "", text.substring(prefix.end()))
                : new Parsed("", "", "", "", text);
    }

    private static ErrorCode code(Parsed error) {
        return switch (error.type) {
            case "binder" -> isColumn(error) ? ErrorCode.COLUMN_NOT_FOUND : ErrorCode.BIND_ERROR;
            case "catalog" ->
                error.object.contains("Table") && error.subtype.equals("MISSING_ENTRY")
                        ? ErrorCode.TABLE_NOT_FOUND
                        : ErrorCode.BIND_ERROR;
            case "parser", "syntax" -> ErrorCode.SYNTAX_ERROR;
            case "conversion", "out of range", "mismatch type", "decimal" -> ErrorCode.CONVERSION_FAILED;
            case "constraint" -> ErrorCode.CONSTRAINT_VIOLATED;
            case "out of memory" -> ErrorCode.OUT_OF_MEMORY;
            case "io" -> error.message.contains("No space left") ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_FAILED;
            case "interrupt" -> ErrorCode.CANCELLED;
            case "internal", "fatal" -> ErrorCode.INTERNAL;
            default -> ErrorCode.ENGINE_ERROR;
        };
    }

    private static boolean isColumn(Parsed error) {
        return error.subtype.equals("COLUMN_NOT_FOUND")
                || error.message.startsWith("Referenced column ")
                || error.message.contains("does not have a column named");
    }

    /** The engine lists candidates far and near; only one near enough is named. */
    private static String columnMessage(Parsed error, Map<String, String> names) {
        return column(error)
                .map(column -> clean(
                        "There is no column '" + column + "' here." + Spelling.hint(column, candidates(error)), names))
                .orElseGet(() -> clean(error.message, names));
    }

    private static Optional<String> column(Parsed error) {
        Matcher named = NAMED.matcher(error.message);
        Matcher quoted = named.find() ? named.reset() : QUOTED.matcher(error.message);
        if (!quoted.find()) {
            return Optional.empty();
        }
        return Optional.of(error.name.isEmpty() ? quoted.group(1) : error.name);
    }

    private static List<String> candidates(Parsed error) {
        List<String> candidates = new ArrayList<>();
        Matcher listed = CANDIDATES.matcher(error.message);
        if (listed.find()) {
            Matcher each = QUOTED.matcher(listed.group(1));
            while (each.find()) {
                candidates.add(each.group(1));
            }
        }
        return candidates;
    }

    static String clean(String message, Map<String, String> names) {
        String text = message.replaceAll("\\s*(?s:Java stack trace.*)\\z", "")
                .replaceAll("(?m)\\n+LINE \\d+:[\\s\\S]*\\z", "")
                .replaceAll("\\s*Use \"SET [^\"]*\"[^.\\n]*\\.?", "")
                .replaceAll("(?m)^\\s*\\*?\\s*SET .*$", "")
                .replaceAll("Candidate (?:bindings|tables|Entries):[ :]*((?:\"[^\"]*\"(?:, )?)+)", "Did you mean $1?")
                .replaceAll("\\s+This limit was set by the '[\\s\\S]*\\z", "")
                .replaceAll("[ \\t]*\\n\\s*", " ")
                .strip();
        Matcher matcher = PRIVATE_NAME.matcher(text);
        return matcher.replaceAll(found -> {
            String name = found.group().replace("\"", "");
            return Matcher.quoteReplacement(names.getOrDefault(name, "the table"));
        });
    }

    private static String advise(ErrorCode code, String message) {
        return switch (code) {
            case OUT_OF_MEMORY ->
                "The statement needs more memory or temporary space than it may use. Read fewer rows or columns,"
                        + " or raise the limits. (" + message + ")";
            default -> message.replaceAll("!(?= |$)", ".");
        };
    }
}
