package dev.estran.load;

import dev.estran.Identifiers;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text, written where only this import's engine reads them: line number, the row as it stands in the source, then
 * the columns {@code c0} and so on.
 */
final class PrivateText implements AutoCloseable {

    private static final long LEAST_BUFFER = 32L << 20;

    private final Path file;
    private final int columns;
    private final boolean withText;
    private final Writer writer;
    private final StringBuilder row = new StringBuilder();
    private long longest;

    PrivateText(Path file, int columns, boolean withText) {
        this.file = file;
        this.columns = columns;
        this.withText = withText;
        try {
            this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    /** Adds a row; fields that are missing at its end are null. */
    void add(long line, String text, List<? extends @Nullable String> fields) {
        row.setLength(0);
        row.append(line).append(',');
        if (withText) {
            quote(text);
        }
        for (int i = 0; i < columns; i++) {
            row.append(',');
            String field = i < fields.size() ? fields.get(i) : null;
            if (field != null) {
                quote(field);
            }
        }
        row.append('\n');
        longest = Math.max(longest, row.length());
        try {
            writer.append(row);
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    private void quote(String text) {
        row.append('"');
        int start = 0;
        for (int quote; (quote = text.indexOf('"', start)) >= 0; start = quote + 1) {
            row.append(text, start, quote).append("\"\"");
        }
        row.append(text, start, text.length()).append('"');
    }

    /** Fields as one line of CSV, where the source has no such text of its own. */
    static String line(List<? extends @Nullable String> fields) {
        return fields.stream()
                .map(field -> field == null ? "" : "\"" + field.replace("\"", "\"\"") + "\"")
                .collect(java.util.stream.Collectors.joining(","));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    /** SQL to put after FROM, once closed. */
    String from() {
        // The line end has to be said: within the quotes there may be others.
        return csv(
                file,
                "header=false, delim=',', new_line='\\n'",
                "'__line': 'BIGINT', '__text': 'VARCHAR', ",
                columns,
                longest * 4);
    }

    /** SQL that reads a CSV file whose first line names its columns, as columns of text. */
    static String csv(Path file, char delimiter, int columns) {
        return csv(file, "header=true, delim=" + Identifiers.literal(String.valueOf(delimiter)), "", columns, 0);
    }

    private static String csv(Path file, String options, String before, int columns, long longestBytes) {
        StringBuilder names = new StringBuilder(before);
        for (int i = 0; i < columns; i++) {
            names.append(i == 0 ? "" : ", ").append("'c").append(i).append("': 'VARCHAR'");
        }
        long line = Math.max(2L << 20, longestBytes + 1024);
        return "read_csv("
                + Identifiers.literal(file.toAbsolutePath().normalize().toString()) + ", auto_detect=false, "
                + options + ", quote='\"', escape='\"', allow_quoted_nulls=false, max_line_size=" + line
                + ", buffer_size="
                + Math.max(LEAST_BUFFER, 2 * line) + ", columns={" + names + "})";
    }
}
