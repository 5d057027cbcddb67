package dev.estran.lake;

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
 * deleted later, so that statements that read it may finish and a crash forgets nothing.
 */
final class Drops {

    private static final Logger log = LoggerFactory.getLogger(Drops.class);

    private final TableLoader loader;
    private final Warehouse warehouse;

    Drops(TableLoader loader, Warehouse warehouse) {
        this.loader = loader;
        this.warehouse = warehouse;
    }

    /** Removes an object's rows, in the caller's transaction. */
    void drop(Handle handle, ObjectEntry entry) {
        switch (entry.kind()) {
            case TABLE -> {
                loader.pointers().latest(handle, entry.id()).ifPresent(pointer -> markForDeletion(handle, pointer));
                loader.pointers().deleteAll(handle, entry.id());
                Protections.removeAll(handle, entry.id());
            }
            case VIEW -> delete(handle, "DELETE FROM views WHERE object_id = :id", entry.id());
            case MODEL -> {
                delete(handle, "DELETE FROM model_versions WHERE object_id = :id", entry.id());
                delete(handle, "DELETE FROM models WHERE object_id = :id", entry.id());
            }
        }
        loader.objects().delete(handle, entry.id());
    }

    /** Deletes the directories of tables dropped longer ago than that; returns how many. */
    int purge(Duration olderThan) {
        long before = loader.clock().instant().minus(olderThan).toEpochMilli();
        List<String> locations = loader.metastore()
                .read(handle -> handle.createQuery("SELECT location FROM dropped_locations WHERE dropped_at <= :before")
                        .bind("before", before)
                        .mapTo(String.class)
                        .list());
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
    private void markForDeletion(Handle handle, Pointer pointer) {
        Path metadataFile = LocalFileIO.path(pointer.metadataLocation());
        Path location = metadataFile.getParent() == null
                ? null
                : metadataFile.getParent().getParent();
        if (location == null) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO dropped_locations (location, dropped_at) VALUES (:location, :at)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("location", location.toString())
                .bind("at", loader.clock().millis())
                .execute();
    }

    private static void delete(Handle handle, String sql, String id) {
        handle.createUpdate(sql).bind("id", id).execute();
    }
}
