package dev.estran.sql;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished result in a private file, read by row offset. Each row is one line of JSON, an array of values as
 * {@link JsonValues} writes them, so a page is a slice of the file. Written by one thread, then read by many.
 */
final class ResultSpool implements AutoCloseable {

    /** Rows between two entries of the offset index. */
    private static final int STRIDE = 256;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final List<Column> columns;
    private final JsonValues values;
    private final long rowLimit;
    private final long byteLimit;
    private final ByteBuilder line = new ByteBuilder();
    private @Nullable OutputStream out;
    private long[] index = new long[64];
    private long rows;
    private long bytes;
    private int longest;
    private boolean truncated;
    private int readers;
    private boolean forgotten;
    private @Nullable FileChannel channel;

    ResultSpool(Path file, List<Column> columns, long rowLimit, long byteLimit) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.values = new JsonValues(columns);
        this.rowLimit = rowLimit;
        this.byteLimit = byteLimit;
        try {
            Files.createDirectories(file.getParent());
            this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Takes the rows of a chunk; those past the row limit are left out and the result is marked truncated. */
    void write(Chunk chunk) {
        for (int row = 0; row < chunk.rowCount(); row++) {
            if (rows >= rowLimit) {
                truncated = true;
                return;
            }
            line.clear();
            values.row(chunk, row, line);
            append();
        }
    }

    void write(List<? extends @Nullable Object> row) {
        if (rows >= rowLimit) {
            truncated = true;
            return;
        }
        line.clear();
        values.row(row, line);
        append();
    }

    private void append() {
        if (bytes + line.size() > byteLimit) {
            throw new EstranException(
                            ErrorCode.RESULT_TOO_LARGE,
                            "The result is larger than " + byteLimit
                                    + " bytes (sql.result_limit_bytes). Select fewer columns or"
                                    + " rows, or keep it: CREATE TABLE ... AS SELECT ...")
                    .with("key", "bytes")
                    .with("limit", byteLimit);
        }
        if (rows % STRIDE == 0) {
            int slot = (int) (rows / STRIDE);
            if (slot == index.length) {
                index = Arrays.copyOf(index, index.length * 2);
            }
            index[slot] = bytes;
        }
        OutputStream to = out;
        if (to == null) {
            throw new IllegalStateException("the spool is finished");
        }
        try {
            line.writeTo(to);
        } catch (IOException e) {
            throw failed(e);
        }
        bytes += line.size();
        longest = Math.max(longest, line.size());
        rows++;
    }

    /** Ends writing; pages can be read from now on. */
    void finish() {
        try {
            OutputStream to = out;
            if (to != null) {
                to.close();
                out = null;
            }
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    List<Column> columns() {
        return columns;
    }

    long rows() {
        return rows;
    }

    boolean truncated() {
        return truncated;
    }

    /** Rows from an offset as the elements of a JSON array, commas between, without the outer brackets. */
    String page(long offset, int limit) {
        if (offset >= rows || limit <= 0) {
            return "";
        }
        long last = Math.min(rows, offset + limit);
        long startSlot = offset / STRIDE;
        long endSlot = (last + STRIDE - 1) / STRIDE;
        long from = index[(int) startSlot];
        long to = endSlot * STRIDE >= rows ? bytes : index[(int) endSlot];
        byte[] block = read(from, (int) (to - from));
        return slice(block, (int) (offset - startSlot * STRIDE), (int) (last - offset));
    }

    private byte[] read(long from, int length) {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("the spool is not finished");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try {
            while (buffer.hasRemaining() && open.read(buffer, from + buffer.position()) >= 0) {
                // until full
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return buffer.array();
    }

    private static String slice(byte[] block, int skip, int take) {
        int start = 0;
        for (int i = 0; i < skip; i++) {
            start = lineEnd(block, start) + 1;
        }
        List<String> lines = new ArrayList<>(take);
        for (int i = 0; i < take; i++) {
            int end = lineEnd(block, start);
            lines.add(new String(block, start, end - start, StandardCharsets.UTF_8));
            start = end + 1;
        }
        return String.join(",", lines);
    }

    private static int lineEnd(byte[] block, int from) {
        int at = from;
        while (block[at] != '\n') {
            at++;
        }
        return at;
    }

    private EstranException failed(IOException e) {
        return dev.estran.storage.StorageErrors.translate(e, file);
    }

    /** The whole result, for one who reads its file. The file stays until the last of them is done. */
    synchronized StoredResult open(String name) {
        if (forgotten) {
            throw new EstranException(
                    ErrorCode.RESULT_EXPIRED, "The result is no longer kept. Run the statement again.");
        }
        readers++;
        return new StoredResult(name, file, columns, rows, longest, truncated, this::readerDone);
    }

    private synchronized void readerDone() {
        readers--;
        if (forgotten) {
            delete();
        }
    }

    @Override
    public synchronized void close() {
        forgotten = true;
        delete();
    }

    private void delete() {
        try {
            if (out != null) {
                out.close();
            }
            if (channel != null) {
                channel.close();
            }
            if (readers == 0) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
