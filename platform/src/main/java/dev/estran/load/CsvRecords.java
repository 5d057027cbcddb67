package dev.estran.load;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV records (RFC 4180, any of the line ends, any mixture) with their line numbers and their text as it stands.
 * After a record that cannot be read it goes on with the next line. Not thread-safe.
 */
final class CsvRecords implements AutoCloseable {

    /** Characters a record may have before it is given up; a quote that is never closed must not eat the file. */
    static final int MAX_RECORD_CHARS = 16 << 20;

    private final Reader reader;
    private final char delimiter;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private String pushed = "";
    private int pushedAt;
    private long line = 1;
    private final StringBuilder raw = new StringBuilder();
    private final StringBuilder field = new StringBuilder();

    CsvRecords(Reader reader, char delimiter) {
        this.reader = reader;
        this.delimiter = delimiter;
    }

    /**
     * A record. A field is null where nothing stands between the delimiters, and empty where two quotes do.
     *
     * @param line where it starts, from 1
     * @param text the record as it stands in the file, without its line end
     * @param problem why it cannot be read, or null; the fields are then incomplete
     */
    record Row(
            long line,
            String text,
            List<@Nullable String> fields,
            @Nullable String problem) {}

    /** The next record, blank lines left out; null at the end. */
    @Nullable
    Row next() throws IOException {
        while (true) {
            raw.setLength(0);
            long start = line;
            int first = peek();
            if (first < 0) {
                return null;
            }
            if (first == '\n' || first == '\r') {
                lineEnd();
                continue;
            }
            return record(start);
        }
    }

    private Row record(long start) throws IOException {
        List<@Nullable String> fields = new ArrayList<>();
        while (true) {
            boolean quoted = peek() == '"';
            field.setLength(0);
            String problem = quoted ? quotedField() : plainField();
            if (problem != null) {
                return resume(start, fields, problem);
            }
            fields.add(!quoted && field.isEmpty() ? null : field.toString());
            int next = peek();
            if (next == delimiter) {
                take();
                continue;
            }
            String text = raw.toString();
            if (next >= 0) {
                lineEnd();
            }
            return new Row(start, text, fields, null);
        }
    }

    private @Nullable String plainField() throws IOException {
        for (int c; (c = peek()) >= 0 && c != delimiter && c != '\n' && c != '\r'; ) {
            field.append((char) c);
            take();
            if (raw.length() > MAX_RECORD_CHARS) {
                return "the line is longer than " + MAX_RECORD_CHARS + " characters";
            }
        }
        return null;
    }

    private @Nullable String quotedField() throws IOException {
        take();
        while (true) {
            int c = peek();
            if (c < 0) {
                return "a quote is opened and never closed";
            }
            take();
            if (c == '"') {
                int next = peek();
                if (next == '"') {
                    take();
                } else if (next < 0 || next == delimiter || next == '\n' || next == '\r') {
                    return null;
                } else {
                    return "text follows a closing quote";
                }
            }
            field.append((char) c);
            if (raw.length() > MAX_RECORD_CHARS) {
                return "a quote is opened and not closed within " + MAX_RECORD_CHARS + " characters";
            }
        }
    }

    /** Gives up the line the record starts on, and puts what was read beyond it back. */
    private Row resume(long start, List<@Nullable String> fields, String problem) throws IOException {
        int end = firstLineEnd();
        while (end < 0) {
            int c = peek();
            if (c < 0 || c == '\n' || c == '\r') {
                break;
            }
            take();
            if (raw.length() > 2 * MAX_RECORD_CHARS) {
                raw.setLength(MAX_RECORD_CHARS);
            }
        }
        String text = end < 0 ? raw.toString() : raw.substring(0, end);
        if (end >= 0) {
            pushed = raw.substring(end) + pushed.substring(pushedAt);
            pushedAt = 0;
        }
        line = start;
        if (peek() >= 0) {
            lineEnd();
        }
        return new Row(start, text, fields, problem);
    }

    private int firstLineEnd() {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '\n' || raw.charAt(i) == '\r') {
                return i;
            }
        }
        return -1;
    }

    /** Takes one line end: LF, CR or CR LF. */
    private void lineEnd() throws IOException {
        int c = peek();
        skip();
        if (c == '\r' && peek() == '\n') {
            skip();
        }
        line++;
    }

    private int peek() throws IOException {
        if (pushedAt < pushed.length()) {
            return pushed.charAt(pushedAt);
        }
        if (position == limit) {
            position = 0;
            limit = Math.max(0, reader.read(buffer, 0, buffer.length));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position];
    }

    private void skip() {
        if (pushedAt < pushed.length()) {
            pushedAt++;
            if (pushedAt == pushed.length()) {
                pushed = "";
                pushedAt = 0;
            }
        } else {
            position++;
        }
    }

    /** Takes a character of the record; line ends within quotes count. */
    private void take() throws IOException {
        int c = peek();
        skip();
        raw.append((char) c);
        if (c == '\n' || (c == '\r' && peek() != '\n')) {
            line++;
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
