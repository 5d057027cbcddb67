package dev.estran.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The column names made of a file's header: trimmed, control characters and line ends to spaces, empty ones named by
 * position, repeated ones numbered. Letters, accents and case stay.
 *
 * @param changes what was changed, for people
 */
record ColumnNames(List<String> names, List<String> changes) {

    private static final int MAX_LENGTH = 255;

    static ColumnNames of(List<? extends @Nullable String> header) {
        List<String> names = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String given = header.get(i) == null ? "" : header.get(i);
            String clean =
                    given.replaceAll("[\\p{Cntrl}\\u00a0\\ufeff\\s]+", " ").strip();
            if (clean.isEmpty()) {
                clean = "column" + (i + 1);
            } else if (clean.length() > MAX_LENGTH - 10) {
                clean = clean.substring(0, MAX_LENGTH - 10);
            }
            String name = clean;
            for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = clean + "_" + n;
            }
            if (!name.equals(given)) {
                changes.add("column " + (i + 1) + " '" + shortened(given) + "' is called '" + shortened(name) + "'");
            }
            names.add(name);
        }
        return new ColumnNames(List.copyOf(names), List.copyOf(changes));
    }

    /** {@code column1} to {@code columnN}, for files without a header. */
    static ColumnNames numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add("column" + i);
        }
        return new ColumnNames(names, List.of());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
