package dev.estran.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the caller wants of the file's columns, by their names in the file, in any case.
 *
 * @param types instead of the inferred ones
 * @param names other names in the table
 * @param skipped columns to leave out
 */
public record ColumnChoices(Map<String, String> types, Map<String, String> names, Set<String> skipped) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ColumnChoices {
        types = Map.copyOf(types);
        names = Map.copyOf(names);
        skipped = Set.copyOf(skipped);
    }

    /** From the options {@code types}, {@code names} and {@code skip}: JSON, or pairs and names separated by {@code ;}. */
    static ColumnChoices of(Map<String, String> options) {
        return new ColumnChoices(
                pairs("types", options.getOrDefault("types", "")),
                pairs("names", options.getOrDefault("names", "")),
                list(options.getOrDefault("skip", "")));
    }

    private static Map<String, String> pairs(String option, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text.stripLeading().startsWith("{")) {
            json(option, text)
                    .properties()
                    .forEach(entry -> pairs.put(
                            entry.getKey().strip(), entry.getValue().asText().strip()));
            return pairs;
        }
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    private static Set<String> list(String text) {
        Set<String> names = new LinkedHashSet<>();
        if (text.stripLeading().startsWith("[")) {
            json("skip", text).forEach(one -> names.add(one.asText().strip()));
        } else {
            names.addAll(
                    List.of(text.split(";", -1)).stream().map(String::strip).toList());
        }
        names.remove("");
        return names;
    }

    private static JsonNode json(String option, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "'" + option + "' is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static boolean has(Set<String> names, String column) {
        return names.stream().anyMatch(column::equalsIgnoreCase);
    }

    boolean keeps(String column) {
        return !has(skipped, column);
    }

    /** What a column of the file is called in the table. */
    String name(String column) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column)
                        && !entry.getValue().isEmpty())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(column);
    }

    /** The columns that are wanted, under the names they shall have. */
    Source.View applied(Source.View view) {
        List<Reading> kept = new ArrayList<>();
        for (Reading reading : view.readings()) {
            if (keeps(reading.name())) {
                String name = name(reading.name());
                kept.add(name.equals(reading.name()) ? reading : new Reading.Renamed(reading, name));
            }
        }
        return new Source.View(view.from(), kept);
    }

    /** @throws EstranException COLUMN_NOT_FOUND, INVALID_ARGUMENT */
    void check(String file, List<String> columns) {
        Set<String> named = new TreeSet<>(types.keySet());
        named.addAll(names.keySet());
        named.addAll(skipped);
        for (String given : named) {
            if (columns.stream().noneMatch(given::equalsIgnoreCase)) {
                String what =
                        has(types.keySet(), given) ? "A type is given for column '" : "Something is said of column '";
                throw new EstranException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        what + given + "', but " + file + " has no such column. It has " + Target.some(columns) + ".",
                        Map.of("column", given, "file", file),
                        null);
            }
        }
        Set<String> seen = new TreeSet<>();
        for (String column : columns.stream().filter(this::keeps).toList()) {
            if (!seen.add(name(column).toLowerCase(Locale.ROOT))) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Two columns would be called '" + name(column) + "'. Give one of them another name.",
                        Map.of("column", name(column)),
                        null);
            }
        }
        if (seen.isEmpty()) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "Every column is left out. Keep at least one.");
        }
    }
}
