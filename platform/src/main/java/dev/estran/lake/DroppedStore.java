package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code dropped_tables}: what a dropped table needs to come back. Gone before its files are deleted. */
final class DroppedStore {

    private static final String POINTER = "table_id, version, metadata_location, snapshot_id, commit_id, committed_at,"
            + " committed_by, operation, rows_added, rows_deleted";

    /** Moves a table's rows here, in the caller's transaction; the object's own row stays. */
    void keep(Handle handle, Caller caller, ObjectEntry entry, String location, long at) {
        handle.createUpdate("""
                        INSERT INTO dropped_tables (id, catalog_name, schema_name, object_name, comment, created_at,
                                                    created_by, location, dropped_at, dropped_by)
                        VALUES (:id, :catalog, :schema, :name, :comment, :created, :creator, :location, :at, :by)
                        """)
                .bind("id", entry.id())
                .bind("catalog", entry.name().catalog())
                .bind("schema", entry.name().schema())
                .bind("name", entry.name().name())
                .bind("comment", entry.comment())
                .bind("created", entry.createdAt().toEpochMilli())
                .bind("creator", entry.createdBy())
                .bind("location", location)
                .bind("at", at)
                .bind("by", caller.id())
                .execute();
        copy(handle, "dropped_pointers", "table_pointers", entry.id());
    }

    /** The entry last dropped under that name. */
    Optional<ObjectEntry> latest(Handle handle, TableName name) {
        return handle.createQuery("""
                        SELECT id, comment, created_at, created_by FROM dropped_tables
                        WHERE catalog_name = :catalog AND schema_name = :schema AND object_name = :name
                        ORDER BY dropped_at DESC, id LIMIT 1
                        """)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .map((row, context) -> new ObjectEntry(
                        row.getString("id"),
                        name,
                        ObjectKind.TABLE,
                        row.getString("comment"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("created_by")))
                .findFirst();
    }

    List<DroppedTable> list(Handle handle, SchemaName schema, Duration kept) {
        return handle.createQuery("""
                        SELECT object_name, dropped_at, dropped_by FROM dropped_tables
                        WHERE catalog_name = :catalog AND schema_name = :schema ORDER BY dropped_at DESC, object_name
                        """)
                .bind("catalog", schema.catalog())
                .bind("schema", schema.schema())
                .map((row, context) -> {
                    Instant at = Instant.ofEpochMilli(row.getLong("dropped_at"));
                    return new DroppedTable(
                            schema.table(row.getString("object_name")), at, row.getString("dropped_by"), at.plus(kept));
                })
                .list();
    }

    /** Gives a table its pointers back; its object is there again. */
    void giveBack(Handle handle, String id) {
        copy(handle, "table_pointers", "dropped_pointers", id);
        handle.createUpdate("""
                        DELETE FROM dropped_locations
                        WHERE location IN (SELECT location FROM dropped_tables WHERE id = :id)
                        """).bind("id", id).execute();
        handle.createUpdate("DELETE FROM dropped_pointers WHERE table_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("DELETE FROM dropped_tables WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** From here on the tables dropped before that cannot come back. */
    void forget(Handle handle, long before) {
        handle.createQuery("SELECT id FROM dropped_tables WHERE dropped_at <= :before")
                .bind("before", before)
                .mapTo(String.class)
                .list()
                .forEach(id -> {
                    Protections.removeAll(handle, id);
                    Ownership.endObject(handle, id);
                });
        handle.createUpdate("""
                        DELETE FROM dropped_pointers
                        WHERE table_id IN (SELECT id FROM dropped_tables WHERE dropped_at <= :before)
                        """).bind("before", before).execute();
        handle.createUpdate("DELETE FROM dropped_tables WHERE dropped_at <= :before")
                .bind("before", before)
                .execute();
    }

    private static void copy(Handle handle, String to, String from, String id) {
        handle.createUpdate("INSERT INTO " + to + " (" + POINTER + ") SELECT " + POINTER + " FROM " + from
                        + " WHERE table_id = :id")
                .bind("id", id)
                .execute();
    }
}
