package dev.estran.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object per line: {@code time} (ISO, UTC), {@code level}, {@code logger}, {@code message}, {@code thread}, and
 * {@code error} with {@code type}, {@code message} and {@code stack} where there is one. A line break in a value stays
 * inside its line, so nobody can forge a second record. Callers never log table values or secrets.
 */
public final class JsonLogFormatter extends Formatter {

    static final int MESSAGE_LIMIT_CHARS = 8_000;
    static final int STACK_LIMIT_FRAMES = 40;
    static final int CAUSE_LIMIT = 5;

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord record) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", TIME.format(record.getInstant()));
            json.writeStringField("level", level(record.getLevel().intValue()));
            json.writeStringField("logger", String.valueOf(record.getLoggerName()));
            json.writeStringField("message", bounded(formatMessage(record)));
            json.writeStringField("thread", threadName(record));
            if (record.getThrown() != null) {
                json.writeObjectFieldStart("error");
                writeError(json, record.getThrown());
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string writer cannot fail", e);
        }
        return line.append('\n').toString();
    }

    /** The words of slf4j, which every caller uses, instead of those of java.util.logging. */
    static String level(int value) {
        if (value >= 1000) {
            return "error";
        }
        if (value >= 900) {
            return "warn";
        }
        if (value >= 800) {
            return "info";
        }
        return value >= 500 ? "debug" : "trace";
    }

    /** The JDK's handlers format in the thread that logs; a record from elsewhere has only its number. */
    private static String threadName(LogRecord record) {
        Thread current = Thread.currentThread();
        if (record.getLongThreadID() != current.threadId()) {
            return "thread-" + record.getLongThreadID();
        }
        return current.getName().isEmpty() ? "thread-" + current.threadId() : current.getName();
    }

    private static void writeError(JsonGenerator json, Throwable error) throws IOException {
        json.writeStringField("type", error.getClass().getName());
        json.writeStringField("message", bounded(error.getMessage()));
        json.writeArrayFieldStart("stack");
        Throwable current = error;
        int frames = 0;
        for (int depth = 0; current != null && depth < CAUSE_LIMIT; depth++) {
            if (depth > 0) {
                json.writeString("caused by " + current.getClass().getName() + ": " + bounded(current.getMessage()));
            }
            for (StackTraceElement frame : current.getStackTrace()) {
                if (frames == STACK_LIMIT_FRAMES) {
                    break;
                }
                frames++;
                json.writeString(frame.toString());
            }
            current = current.getCause();
        }
        json.writeEndArray();
    }

    private static String bounded(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= MESSAGE_LIMIT_CHARS
                ? text
                : text.substring(0, MESSAGE_LIMIT_CHARS) + " [" + (text.length() - MESSAGE_LIMIT_CHARS)
                        + " characters cut]";
    }
}
