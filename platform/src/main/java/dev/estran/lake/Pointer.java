package dev.estran.lake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A table's version as the metastore keeps it: which metadata file it is, and how it came to be. */
record Pointer(
        String tableId,
        long version,
        String metadataLocation,
        @Nullable Long snapshotId,
        String commitId,
        Instant committedAt,
        String committedBy,
        String operation,
        long rowsAdded,
        long rowsDeleted) {

    HistoryEntry historyEntry() {
        return new HistoryEntry(version, snapshotId, committedAt, committedBy, operation, rowsAdded, rowsDeleted);
    }
}
