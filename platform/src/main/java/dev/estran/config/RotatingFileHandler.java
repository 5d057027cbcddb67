package dev.estran.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one file; when it is full it becomes {@code NAME.1}, the former {@code NAME.1} becomes {@code NAME.2}, and
 * so on up to a count. The JDK's own handler cannot keep the current file under its plain name, and leaves lock files.
 * Expects one writing process, which the data directory's lock provides. Thread-safe.
 */
final class RotatingFileHandler extends Handler {

    private final Path file;
    private final long limitBytes;
    private final int count;
    private @Nullable OutputStream out;
    private long size;

    /**
     * @param count files kept, the current one among them; at least 1
     * @throws IOException when the file cannot be opened for appending
     */
    RotatingFileHandler(Path file, long limitBytes, int count) throws IOException {
        this.file = file;
        this.limitBytes = limitBytes;
        this.count = count;
        this.out = open();
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (!isLoggable(record) || out == null) {
            return;
        }
        try {
            byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
            if (size > 0 && size + line.length > limitBytes) {
                rotate();
            }
            if (out != null) {
                out.write(line);
                size += line.length;
            }
        } catch (IOException | RuntimeException e) {
            // A full disk must not break the statement that logs; the manager tells stderr once.
            reportError(null, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void rotate() throws IOException {
        close();
        for (int i = count - 1; i >= 1; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (count == 1) {
            Files.deleteIfExists(file);
        }
        out = open();
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return opened;
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** Each record is written at once, so that the last one before a crash is there. */
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                reportError(null, e, ErrorManager.CLOSE_FAILURE);
            }
            out = null;
        }
    }
}
