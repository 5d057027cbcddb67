package dev.estran.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.estran.Column;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole result of a finished statement, kept readable until it is closed. In its file each row is one line of JSON, an
 * array of values as {@link JsonValues} writes them. For one thread.
 */
public final class StoredResult implements AutoCloseable {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(10_000)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final String name;
    private final Path file;
    private final List<Column> columns;
    private final long rows;
    private final int longestRowBytes;
    private final boolean truncated;
    private final Runnable done;
    private boolean closed;

    StoredResult(
            String name,
            Path file,
            List<Column> columns,
            long rows,
            int longestRowBytes,
            boolean truncated,
            Runnable done) {
        this.name = name;
        this.file = file;
        this.columns = columns;
        this.rows = rows;
        this.longestRowBytes = longestRowBytes;
        this.truncated = truncated;
        this.done = done;
    }

    /** The table a result is called after: the one it read, where it read one only. */
    static String nameOf(Collection<String> tables) {
        String only = tables.size() == 1 ? tables.iterator().next() : "result";
        return only.substring(only.lastIndexOf('.') + 1);
    }

    /** What to call the result: the table it was read from, else {@code result}. */
    public String name() {
        return name;
    }

    public Path file() {
        return file;
    }

    public List<Column> columns() {
        return columns;
    }

    public long rows() {
        return rows;
    }

    public int longestRowBytes() {
        return longestRowBytes;
    }

    /** Whether the row limit cut the result. */
    public boolean truncated() {
        return truncated;
    }

    /** Whether the values of a type are JSON: nested ones and JSON itself. */
    public static boolean isJson(String type) {
        return JsonValues.isNested(type);
    }

    /** Takes the values of one row as text. */
    @FunctionalInterface
    public interface RowSink {
        /**
         * @param values numbers with all their digits, dates and times by ISO 8601, blobs as base64, nested values as
         *     JSON; null for NULL. The array is used again for the next row.
         */
        void row(@Nullable String[] values) throws IOException;
    }

    /** Reads the rows in order; of them only one is in memory at a time. */
    public void read(RowSink sink) throws IOException {
        boolean[] json = new boolean[columns.size()];
        for (int i = 0; i < json.length; i++) {
            json[i] = isJson(columns.get(i).type());
        }
        @Nullable String[] values = new @Nullable String[json.length];
        Line line = new Line();
        try (InputStream in = Files.newInputStream(file)) {
            while (line.next(in)) {
                parse(line, json, values);
                sink.row(values);
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    private static void parse(Line line, boolean[] json, @Nullable String[] values) throws IOException {
        try (JsonParser parser = line.parser()) {
            parser.nextToken();
            for (int i = 0; i < values.length; i++) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_NULL) {
                    values[i] = null;
                } else if (json[i]) {
                    long from = parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    values[i] = line.text(from, parser.currentLocation().getByteOffset());
                } else {
                    values[i] = parser.getText();
                }
            }
        }
    }

    /** One line at a time, in a buffer that grows with the longest. */
    private static final class Line {

        private byte[] bytes = new byte[1 << 16];
        private int from;
        private int next;
        private int filled;

        /** Moves on to the next line; false at the end. */
        boolean next(InputStream in) throws IOException {
            from = next;
            for (int at = from; ; at++) {
                if (at == filled) {
                    at -= from;
                    if (!fill(in)) {
                        return false;
                    }
                }
                if (bytes[at] == '\n') {
                    next = at + 1;
                    return true;
                }
            }
        }

        /** Reads more of the line that begins at {@link #from}, which is moved to the front. */
        private boolean fill(InputStream in) throws IOException {
            System.arraycopy(bytes, from, bytes, 0, filled - from);
            filled -= from;
            from = 0;
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            int read = in.read(bytes, filled, bytes.length - filled);
            filled += Math.max(0, read);
            return read > 0;
        }

        JsonParser parser() throws IOException {
            return JSON.createParser(bytes, from, next - from - 1);
        }

        String text(long first, long end) {
            return new String(bytes, from + (int) first, (int) (end - first), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            done.run();
        }
    }
}
