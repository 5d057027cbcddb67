package dev.estran.testing.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource text file in sections: {@code == name} opens one, every other line is an entry; blank lines and lines that
 * start with {@code //} are skipped.
 */
record Fragments(String file, Map<String, List<String>> sections) {

    static Fragments load(String file) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String section = "";
        for (String raw : text(file).split("\n")) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("//")) {
                continue;
            }
            if (line.startsWith("== ")) {
                section = line.substring(3).strip();
            } else {
                sections.computeIfAbsent(section, ignored -> new ArrayList<>()).add(line);
            }
        }
        return new Fragments(file, sections);
    }

    List<String> section(String name) {
        List<String> lines = sections.get(name);
        if (lines == null) {
            throw new IllegalArgumentException("No section '" + name + "' in " + file);
        }
        return lines;
    }

    private static String text(String file) {
        try (InputStream in = Fragments.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("No resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
