package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/** Brings back what was: dropped tables, and earlier versions of tables that are there. Thread-safe. */
public final class Recovery {

    private final Access access;
    private final TableLoader loader;
    private final TableWriter writer;
    private final Drops drops;

    Recovery(Access access, TableLoader loader, TableWriter writer, Drops drops) {
        this.access = access;
        this.loader = loader;
        this.writer = writer;
        this.drops = drops;
    }

    /** The tables of a schema that can be brought back, last dropped first. */
    public List<DroppedTable> dropped(Caller caller, SchemaName schema) {
        access.require(caller, Privilege.USE_SCHEMA, Securable.schema(schema));
        boolean all = access.allows(caller, Privilege.MANAGE, Securable.schema(schema));
        return loader.metastore().read(handle -> drops.dropped().list(handle, schema, Drops.KEPT)).stream()
                .filter(table -> all || table.droppedBy().equals(caller.id()))
                .toList();
    }

    /**
     * Brings back the table last dropped under a name, with all of its versions.
     *
     * @throws EstranException TABLE_NOT_FOUND, ALREADY_EXISTS where the name is taken, SCHEMA_NOT_FOUND
     */
    public void undrop(Caller caller, TableName name) {
        access.require(caller, Privilege.CREATE_TABLE, Securable.schema(name.schemaName()));
        access.require(caller, Privilege.MANAGE, Securable.table(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        loader.metastore().transact(handle -> {
            ObjectEntry entry = drops.dropped().latest(handle, name).orElseThrow(() -> notDropped(name));
            loader.objects().insert(handle, entry);
            drops.dropped().giveBack(handle, entry.id());
            return null;
        });
    }

    /**
     * Makes an earlier version the newest, as a commit of its own: columns, rows, properties and comment. No file is
     * written anew, and the versions in between stay readable.
     *
     * @throws EstranException TABLE_NOT_FOUND, VERSION_NOT_FOUND, COMMIT_CONFLICT, TABLE_DAMAGED
     */
    public TableVersion restore(Caller caller, TableName name, VersionSelector selector) {
        access.require(caller, Privilege.MANAGE, Securable.table(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        ObjectEntry entry = Tables.checkTable(
                name, loader.metastore().read(handle -> loader.objects().find(handle, name)));
        Optional<Pointer> wanted =
                loader.metastore().read(handle -> loader.pointers().select(handle, entry.id(), selector));
        Pointer past = wanted.orElseThrow(() -> Tables.versionNotFound(loader, entry, selector));
        Pointer now = loader.metastore()
                .read(handle -> loader.pointers().latest(handle, entry.id()).orElseThrow());
        if (past.version() == now.version()) {
            return loader.version(name, now);
        }
        TableMetadata old = loader.metadata(past);
        Set<String> before = locations(now);
        Set<String> after = locations(past);
        CommitNote note = CommitNote.of(caller, "RESTORE")
                .after(now.version())
                .counting(rows(past, before), rows(now, after))
                .with(handle -> loader.objects()
                        .comment(handle, entry.id(), old.properties().get("comment")));
        Pointer committed = writer.rewrite(name, entry.id(), note, current -> restored(current, old));
        return loader.version(name, committed);
    }

    private static TableMetadata restored(TableMetadata current, TableMetadata old) {
        TableMetadata.Builder builder = TableMetadata.buildFrom(current).setCurrentSchema(old.currentSchemaId());
        if (old.currentSnapshot() == null) {
            builder.removeRef(SnapshotRef.MAIN_BRANCH);
        } else {
            builder.setBranchSnapshot(old.currentSnapshot().snapshotId(), SnapshotRef.MAIN_BRANCH);
        }
        Set<String> gone = new HashSet<>(current.properties().keySet());
        gone.removeAll(old.properties().keySet());
        return builder.removeProperties(gone).setProperties(old.properties()).build();
    }

    private Set<String> locations(Pointer pointer) {
        Set<String> locations = new HashSet<>();
        loader.files(pointer).forEach(file -> locations.add(file.location()));
        return locations;
    }

    /** Rows in the files of a version that another one does not have. */
    private long rows(Pointer pointer, Set<String> others) {
        return loader.files(pointer).stream()
                .filter(file -> !others.contains(file.location()))
                .mapToLong(DataFile::recordCount)
                .sum();
    }

    private static EstranException notDropped(TableName name) {
        return new EstranException(
                ErrorCode.TABLE_NOT_FOUND,
                "No table " + name.sql() + " was dropped in the last " + Drops.KEPT.toHours() + " hours. SHOW TABLES"
                        + " DROPPED IN " + name.schemaName() + " lists what can be brought back.");
    }
}
