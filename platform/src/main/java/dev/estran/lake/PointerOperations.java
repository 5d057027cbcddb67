package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table's metadata behind a row of the metastore. A commit writes the metadata file, then inserts the row of the next
 * version: whoever inserts it first has won, everyone else is told to rebase. Serves one commit of one thread.
 */
final class PointerOperations implements TableOperations {

    private static final Logger log = LoggerFactory.getLogger(PointerOperations.class);

    private final TableLoader loader;
    private final String tableId;
    private final String location;
    private final CommitNote note;
    private @Nullable Pointer pointer;
    private @Nullable TableMetadata current;
    private @Nullable Pointer committed;

    /** @param location the table's directory, used until the table has metadata */
    PointerOperations(TableLoader loader, String tableId, String location, CommitNote note) {
        this.loader = loader;
        this.tableId = tableId;
        this.location = location;
        this.note = note;
    }

    /** The pointer this object has written; the one it found where there was nothing to change. */
    Pointer result() {
        return Objects.requireNonNull(committed == null ? pointer : committed, "nothing was committed");
    }

    @Override
    public @Nullable TableMetadata current() {
        return current == null ? refresh() : current;
    }

    @Override
    public @Nullable TableMetadata refresh() {
        Pointer latest = loader.latest(tableId);
        if (latest == null && pointer != null) {
            throw new EstranException(ErrorCode.TABLE_NOT_FOUND, "The table was dropped while it was being written.");
        }
        if (latest == null) {
            return null;
        }
        if (pointer == null || latest.version() != pointer.version()) {
            current = loader.metadata(latest);
            pointer = latest;
        }
        return current;
    }

    /** Compares metadata by identity, as the contract of table operations asks. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        if (base != current) {
            throw new CommitFailedException("the base of the commit is stale");
        }
        if (base == metadata) {
            return;
        }
        checkBase(base);
        long version = pointer == null ? 1 : pointer.version() + 1;
        String commitId = UUID.randomUUID().toString();
        String file = metadataFileLocation("%05d-%s.metadata.json".formatted(version, commitId));
        write(metadata, file);
        Pointer next = next(base, metadata, version, commitId, file);
        try {
            loader.metastore().transact(handle -> {
                note.alongside().accept(handle);
                insert(handle, next);
                return null;
            });
        } catch (CommitFailedException e) {
            discard(file);
            throw e;
        } catch (RuntimeException e) {
            if (!landed(commitId, e)) {
                discard(file);
                throw e;
            }
        }
        committed = next;
        pointer = null;
        current = null;
    }

    @Override
    public FileIO io() {
        return loader.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return (current == null ? location : current.location()) + "/metadata/" + fileName;
    }

    @Override
    public LocationProvider locationProvider() {
        return current == null
                ? LocationProviders.locationsFor(location, Map.of())
                : LocationProviders.locationsFor(current.location(), current.properties());
    }

    private void checkBase(@Nullable TableMetadata base) {
        long version = pointer == null ? 0 : pointer.version();
        Long expected = note.baseVersion();
        if (expected != null && expected != version) {
            throw new ValidationException("version %s was expected, the table is at %s", expected, version);
        }
        Integer schemaId = note.schemaId();
        if (schemaId != null && base != null && base.currentSchemaId() != schemaId) {
            throw new ValidationException("the table's columns have changed since the files were written");
        }
    }

    private void write(TableMetadata metadata, String file) {
        try {
            TableMetadataParser.write(metadata, io().newOutputFile(file));
        } catch (RuntimeException e) {
            discard(file);
            throw e;
        }
    }

    private Pointer next(
            @Nullable TableMetadata base, TableMetadata metadata, long version, String commitId, String file) {
        Snapshot now = metadata.currentSnapshot();
        Snapshot before = base == null ? null : base.currentSnapshot();
        boolean changed = now != null && (before == null || before.snapshotId() != now.snapshotId());
        CommitNote.Rows counted = note.rows();
        if (counted == null) {
            counted = changed
                    ? new CommitNote.Rows(rows(now, "added-records"), rows(now, "deleted-records"))
                    : new CommitNote.Rows(0, 0);
        }
        Instant at = loader.clock().instant();
        if (pointer != null && pointer.committedAt().isAfter(at)) {
            at = pointer.committedAt();
        }
        return new Pointer(
                tableId,
                version,
                file,
                now == null ? null : now.snapshotId(),
                commitId,
                at,
                note.caller().id(),
                note.operation(),
                counted.added(),
                counted.deleted());
    }

    private static long rows(Snapshot snapshot, String key) {
        return Long.parseLong(snapshot.summary().getOrDefault(key, "0"));
    }

    private void insert(Handle handle, Pointer next) {
        if (loader.objects().findById(handle, tableId).isEmpty()) {
            throw new EstranException(ErrorCode.TABLE_NOT_FOUND, "The table was dropped while it was being written.");
        }
        if (!loader.pointers().insert(handle, next)) {
            throw new CommitFailedException("version %s was committed by someone else", next.version());
        }
    }

    /** Whether a commit that ended in an error is there all the same. */
    private boolean landed(String commitId, RuntimeException error) {
        if (error instanceof EstranException known && known.code() == ErrorCode.COMMIT_UNKNOWN) {
            throw new CommitStateUnknownException(error); // it may still land after a look that does not find it
        }
        try {
            return loader.metastore().read(handle -> loader.pointers().hasCommit(handle, tableId, commitId));
        } catch (RuntimeException e) {
            e.addSuppressed(error);
            throw new CommitStateUnknownException(e);
        }
    }

    private void discard(String file) {
        try {
            io().deleteFile(file);
        } catch (RuntimeException e) {
            log.warn("Left behind {} of a failed commit", Path.of(file).getFileName(), e);
        }
    }
}
