package dev.estran.testing.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the committed files, by a parser that shares nothing with their writer. */
final class SampleFiles {
    private SampleFiles() {}

    static Path path(String name) {
        return Path.of(System.getProperty("estran.root", ".."), "samples", name);
    }

    static List<Map<String, String>> csv(String name) {
        List<List<String>> rows = rows(text(name));
        List<Map<String, String>> out = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != rows.getFirst().size()) {
                throw new IllegalStateException(name + ": a row of " + row.size() + " fields: " + row);
            }
            Map<String, String> record = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                record.put(rows.getFirst().get(i), row.get(i));
            }
            out.add(record);
        }
        return out;
    }

    static Set<String> customers() {
        Set<String> out = new HashSet<>();
        ObjectMapper mapper = new ObjectMapper();
        text("customers.ndjson").lines().forEach(line -> {
            try {
                out.add(mapper.readTree(line).get("customer_id").asText());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return out;
    }

    static Set<String> values(List<Map<String, String>> rows, String column) {
        Set<String> out = new HashSet<>();
        rows.forEach(row -> out.add(row.getOrDefault(column, "")));
        return out;
    }

    static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return rows;
    }
}
