package dev.estran.journal;

import java.nio.file.Path;
import java.util.List;

/** Where full segments go; implemented by the lake's side, wired in Platform. */
public interface SegmentSink {

    /**
     * Commits the records of the files, which are complete lines of JSON, to the type's table in one commit that carries
     * {@code lastSegment}. Idempotent: files up to {@link #lastCommitted} are never given again.
     */
    void commit(JournalType type, List<Path> segments, long lastSegment);

    /** The number of the last segment in the type's table; 0 where there is none. */
    long lastCommitted(JournalType type);
}
