package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that cannot be loaded: counted, the first ones kept for the report, all of them written to a file. */
final class Rejects implements AutoCloseable {

    /** More than this means that the file is not what it was taken for. */
    static final long MOST = 1_000_000;

    static final String HEADER = "line,column,value,reason,text\n";

    private static final int SHOWN = 20;
    private static final int SHOWN_CHARS = 200;

    private final Path file;
    private final String name;
    private final long most;
    private final List<String> first = new ArrayList<>();
    private @Nullable Writer writer;
    private long firstLine;
    private long count;

    Rejects(Path directory, String statementId, String name, long most) {
        this.file = directory.resolve(statementId + "-" + name.replaceAll("[^\\p{L}\\p{N}._-]", "_") + ".csv");
        this.name = name;
        this.most = Math.min(most, MOST);
    }

    /** A row that is rejected as a whole. */
    void add(long line, @Nullable String column, String reason, String text) {
        add(line, column, "", reason, text);
    }

    /**
     * @param value of the column, where it is one value that does not fit
     * @throws EstranException TOO_MANY_REJECTS
     */
    void add(long line, @Nullable String column, String value, String reason, String text) {
        count++;
        if (count == 1) {
            firstLine = line;
        }
        String where = "line " + line + (column == null ? "" : ", column " + column) + ": " + reason;
        if (first.size() < SHOWN) {
            first.add(where.length() <= SHOWN_CHARS ? where : where.substring(0, SHOWN_CHARS) + "...");
        }
        if (count > most) {
            throw new EstranException(
                    ErrorCode.TOO_MANY_REJECTS,
                    "More than " + most + " rows of " + name + " cannot be loaded. Nothing was loaded. "
                            + String.join("; ", first) + ". Correct the file, or allow more with --max-rejects.",
                    Map.of("rejects", count, "line", line, "limit", most, "name", name, "first", firstLine),
                    null);
        }
        try {
            Writer out = writer;
            if (out == null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                writer = out;
                out.write(HEADER);
            }
            out.write(line + "," + quoted(column == null ? "" : column) + "," + quoted(value) + "," + quoted(reason)
                    + "," + quoted(text) + "\n");
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    long count() {
        return count;
    }

    /** The first rejected rows, for people. */
    List<String> first() {
        return first;
    }

    /** Where the rows are kept, or null where there is none. */
    @Nullable
    Path file() {
        return count == 0 ? null : file;
    }

    /** Starts anew: the file is read once more. */
    void reset() {
        discard();
        first.clear();
        count = 0;
    }

    /** The import failed, so there is nothing the rows would be missing from. */
    void discard() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }
}
