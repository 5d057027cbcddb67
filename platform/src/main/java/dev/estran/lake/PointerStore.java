package dev.estran.lake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code table_pointers}. Its primary key (table, version) is the compare-and-set of every commit. */
final class PointerStore {

    private static final String COLUMNS = "table_id, version, metadata_location, snapshot_id, commit_id, committed_at,"
            + " committed_by, operation, rows_added, rows_deleted";

    Optional<Pointer> latest(Handle handle, String tableId) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM table_pointers WHERE table_id = :id ORDER BY version DESC LIMIT 1")
                .bind("id", tableId)
                .map(PointerStore::pointer)
                .findFirst();
    }

    Optional<Pointer> select(Handle handle, String tableId, VersionSelector selector) {
        return switch (selector) {
            case VersionSelector.Latest latest -> latest(handle, tableId);
            case VersionSelector.Of number ->
                handle.createQuery("""
                                SELECT %s FROM table_pointers
                                WHERE table_id = :id AND (version = :n OR snapshot_id = :n)
                                ORDER BY CASE WHEN version = :n THEN 0 ELSE 1 END, version LIMIT 1
                                """.formatted(COLUMNS))
                        .bind("id", tableId)
                        .bind("n", number.number())
                        .map(PointerStore::pointer)
                        .findFirst();
            case VersionSelector.At at ->
                handle.createQuery("""
                                SELECT %s FROM table_pointers
                                WHERE table_id = :id AND committed_at <= :at
                                ORDER BY version DESC LIMIT 1
                                """.formatted(COLUMNS))
                        .bind("id", tableId)
                        .bind("at", at.time().toEpochMilli())
                        .map(PointerStore::pointer)
                        .findFirst();
        };
    }

    List<Pointer> history(Handle handle, String tableId) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM table_pointers WHERE table_id = :id ORDER BY version")
                .bind("id", tableId)
                .map(PointerStore::pointer)
                .list();
    }

    boolean hasCommit(Handle handle, String tableId, String commitId) {
        return handle.createQuery("SELECT 1 FROM table_pointers WHERE table_id = :id AND commit_id = :commit")
                .bind("id", tableId)
                .bind("commit", commitId)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Whether the version was free. */
    boolean insert(Handle handle, Pointer pointer) {
        return handle.createUpdate("""
                                INSERT INTO table_pointers (%s)
                                VALUES (:id, :version, :location, :snapshot, :commit, :at, :by, :operation, :added, :deleted)
                                ON CONFLICT DO NOTHING
                                """.formatted(COLUMNS))
                        .bind("id", pointer.tableId())
                        .bind("version", pointer.version())
                        .bind("location", pointer.metadataLocation())
                        .bindByType("snapshot", pointer.snapshotId(), Long.class)
                        .bind("commit", pointer.commitId())
                        .bind("at", pointer.committedAt().toEpochMilli())
                        .bind("by", pointer.committedBy())
                        .bind("operation", pointer.operation())
                        .bind("added", pointer.rowsAdded())
                        .bind("deleted", pointer.rowsDeleted())
                        .execute()
                == 1;
    }

    void deleteAll(Handle handle, String tableId) {
        handle.createUpdate("DELETE FROM table_pointers WHERE table_id = :id")
                .bind("id", tableId)
                .execute();
    }

    private static Pointer pointer(ResultSet row, StatementContext context) throws SQLException {
        long snapshot = row.getLong("snapshot_id");
        return new Pointer(
                row.getString("table_id"),
                row.getLong("version"),
                row.getString("metadata_location"),
                row.wasNull() ? null : snapshot,
                row.getString("commit_id"),
                Instant.ofEpochMilli(row.getLong("committed_at")),
                row.getString("committed_by"),
                row.getString("operation"),
                row.getLong("rows_added"),
                row.getLong("rows_deleted"));
    }
}
