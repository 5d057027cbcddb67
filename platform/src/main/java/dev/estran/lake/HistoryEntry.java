package dev.estran.lake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table in its history.
 *
 * @param operation CREATE, REPLACE, APPEND, OVERWRITE, REPLACE_DATA, ALTER or RESTORE
 */
public record HistoryEntry(
        long version,
        @Nullable Long snapshotId,
        Instant committedAt,
        String committedBy,
        String operation,
        long rowsAdded,
        long rowsDeleted) {}
