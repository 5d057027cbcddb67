package dev.estran.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All typed logs of this process. Appending is cheap and buffered by the operating system; {@link #sync} makes all that
 * was appended durable, once for all threads that wait. Thread-safe.
 */
public final class Journal implements AutoCloseable {

    private final Map<String, SegmentLog> logs = new LinkedHashMap<>();

    /** Opens the logs under a directory; a last line that a crash cut off is dropped. */
    public Journal(Path directory, Collection<JournalType> types) {
        for (JournalType type : types) {
            logs.put(type.name(), new SegmentLog(directory, type));
        }
    }

    public Collection<JournalType> types() {
        return logs.values().stream().map(SegmentLog::type).toList();
    }

    /** Appends a record. It is durable after the next {@link #sync}. */
    public void append(JournalType type, ObjectNode record) {
        log(type).append(record);
    }

    /** Returns when everything appended before the call is on disk. */
    public void sync() {
        logs.values().forEach(SegmentLog::sync);
    }

    /**
     * The complete segment files after a given number, oldest first, closing the open one so that all appended records
     * are in them. The files stay until {@link #discard}.
     */
    public List<Segment> segments(JournalType type, long afterNumber) {
        return log(type).segmentsAfter(afterNumber);
    }

    /** Bytes appended since the last flush, to decide when to flush. */
    public long pendingBytes(JournalType type) {
        return log(type).pendingBytes();
    }

    /** Deletes segments up to and including a number, which are part of the type's table now. */
    public void discard(JournalType type, long upToNumber) {
        log(type).discard(upToNumber);
    }

    private SegmentLog log(JournalType type) {
        SegmentLog log = logs.get(type.name());
        if (log == null) {
            throw new EstranException(ErrorCode.INTERNAL, "no journal for " + type.name());
        }
        return log;
    }

    @Override
    public void close() {
        logs.values().forEach(SegmentLog::close);
    }

    /** A file of complete records, one JSON object a line. */
    public record Segment(long number, Path file) {}
}
