package dev.estran.testing.samples;

import org.jspecify.annotations.Nullable;

/** Comma-separated text as RFC 4180 has it, with line feeds only; a null is an empty field. */
final class Csv {
    private final StringBuilder out = new StringBuilder();

    Csv(String... header) {
        row((Object[]) header);
    }

    void row(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            Object value = values[i];
            out.append(value == null ? "" : quoted(value.toString()));
        }
        out.append('\n');
    }

    String text() {
        return out.toString();
    }

    private static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
