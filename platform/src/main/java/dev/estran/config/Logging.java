package dev.estran.config;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where logs go: JSON lines into a file that is rotated by size, and warnings as plain text on stderr. Called once, by
 * the entry point, before anything else logs.
 */
public final class Logging {

    /** At most {@value #FILE_COUNT} files of this size, hence 80 MB on disk. */
    static final int FILE_LIMIT_BYTES = 16 * 1024 * 1024;

    static final int FILE_COUNT = 5;

    /**
     * Libraries that say too much of what goes well, or warn about what they then repair. The JDK's log manager holds
     * loggers weakly; without these references a level set here would be forgotten.
     */
    private static final Map<Logger, Level> QUIET = Map.of(
            Logger.getLogger("org.apache.iceberg"), Level.WARNING,
            Logger.getLogger("org.apache.iceberg.util.Tasks"), Level.SEVERE,
            Logger.getLogger("com.zaxxer.hikari"), Level.SEVERE);

    private Logging() {}

    /**
     * @param logFile usually {@code <data>/logs/estran.log}; null when nothing is kept, as in a command that talks to a
     *     server. Older files are {@code estran.log.1} and so on.
     * @param level the least level that the file keeps; the console shows warnings and errors only
     * @throws EstranException INVALID_CONFIGURATION when the file cannot be written
     */
    public static void configure(@Nullable Path logFile, Level level) {
        // The API of Log4j comes with a library that reads spreadsheets; it would complain that nobody takes its logs.
        System.setProperty("log4j2.statusLoggerLevel", "OFF");
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(level.intValue() < Level.WARNING.intValue() ? level : Level.WARNING);
        QUIET.forEach(Logger::setLevel);
        root.addHandler(console());
        if (logFile != null) {
            root.addHandler(file(logFile, level));
        }
    }

    private static Handler console() {
        Handler handler = new ConsoleHandler();
        handler.setLevel(Level.WARNING);
        handler.setFormatter(new PlainFormatter());
        return handler;
    }

    private static Handler file(Path logFile, Level level) {
        try {
            Path absolute = logFile.toAbsolutePath();
            Path folder = absolute.getParent();
            if (folder != null) {
                createFolder(folder);
            }
            Handler handler = new RotatingFileHandler(absolute, FILE_LIMIT_BYTES, FILE_COUNT);
            handler.setLevel(level);
            handler.setFormatter(new JsonLogFormatter());
            return handler;
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "Cannot write the log file " + logFile + ": " + e.getMessage()
                            + ". Make its folder writable, or choose another data directory with --data.",
                    e);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** {@code warning: message}, and of an error its type and message only: the stack is in the file. */
    static final class PlainFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder(record.getLevel().intValue() >= 1000 ? "error: " : "warning: ");
            line.append(formatMessage(record));
            if (record.getThrown() != null) {
                line.append(" (").append(record.getThrown().getClass().getSimpleName());
                String message = record.getThrown().getMessage();
                line.append(message == null ? "" : ": " + message).append(')');
            }
            return line.append(System.lineSeparator()).toString();
        }
    }
}
