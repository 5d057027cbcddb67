package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.access.Ownership;
import dev.estran.storage.LocalFileIO;
import dev.estran.storage.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removal of objects. A dropped table's name is free at once; its directory is written down in the same transaction and
 * deleted later, so that statements that read it may finish, UNDROP can bring it back and a crash forgets nothing.
 */
final class Drops {

    private static final Logger log = LoggerFactory.getLogger(Drops.class);

    /** How long a dropped table can be brought back. */
    static final Duration KEPT = Duration.ofDays(1);

    private final TableLoader loader;
    private final DroppedStore dropped = new DroppedStore();
    private final Warehouse warehouse;

    Drops(TableLoader loader, Warehouse warehouse) {
        this.loader = loader;
        this.warehouse = warehouse;
    }

    DroppedStore dropped() {
        return dropped;
    }

    /** Removes an object's rows, in the caller's transaction. */
    void drop(Handle handle, Caller caller, ObjectEntry entry) {
        switch (entry.kind()) {
            case TABLE -> {
                loader.pointers()
                        .latest(handle, entry.id())
                        .ifPresent(pointer -> markForDeletion(handle, caller, entry, pointer));
                loader.pointers().deleteAll(handle, entry.id());
            }
            case VIEW -> delete(handle, "DELETE FROM views WHERE object_id = :id", entry.id());
            case MODEL -> {
                delete(handle, "DELETE FROM model_versions WHERE object_id = :id", entry.id());
                delete(handle, "DELETE FROM models WHERE object_id = :id", entry.id());
            }
        }
        loader.objects().delete(handle, entry.id());
        if (entry.kind() != ObjectKind.TABLE) { // a table that comes back has its rights and its rules
            Ownership.endObject(handle, entry.id());
        }
    }

    /** Deletes the directories of tables dropped longer ago than that; returns how many. */
    int purge(Duration olderThan) {
        long before = loader.clock().instant().minus(olderThan).toEpochMilli();
        List<String> locations = loader.metastore().transact(handle -> {
            dropped.forget(handle, before);
            return handle.createQuery("SELECT location FROM dropped_locations WHERE dropped_at <= :before")
                    .bind("before", before)
                    .mapTo(String.class)
                    .list();
        });
        for (String location : locations) {
            warehouse.deleteLocation(Path.of(location));
            loader.metastore()
                    .transact(handle -> handle.createUpdate("DELETE FROM dropped_locations WHERE location = :location")
                            .bind("location", location)
                            .execute());
        }
        if (!locations.isEmpty()) {
            log.info("Deleted the files of {} dropped tables", locations.size());
        }
        return locations.size();
    }

    /** Needs no metadata to be readable: a damaged table can be dropped too. */
    private void markForDeletion(Handle handle, Caller caller, ObjectEntry entry, Pointer pointer) {
        Path metadataFile = LocalFileIO.path(pointer.metadataLocation());
        Path location = metadataFile.getParent() == null
                ? null
                : metadataFile.getParent().getParent();
        if (location == null) {
            return;
        }
        long now = loader.clock().millis();
        dropped.keep(handle, caller, entry, location.toString(), now);
        handle.createUpdate("""
                        INSERT INTO dropped_locations (location, dropped_at) VALUES (:location, :at)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("location", location.toString())
                .bind("at", now)
                .execute();
    }

    private static void delete(Handle handle, String sql, String id) {
        handle.createUpdate(sql).bind("id", id).execute();
    }
}
