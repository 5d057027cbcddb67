package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.storage.LocalFileIO;
import dev.estran.storage.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;

/** Tables: making, loading and dropping them. Thread-safe. */
public final class Tables {

    private final Access access;
    private final TableLoader loader;
    private final TableWriter writer;
    private final Drops drops;
    private final Warehouse warehouse;

    Tables(Access access, TableLoader loader, TableWriter writer, Drops drops, Warehouse warehouse) {
        this.access = access;
        this.loader = loader;
        this.writer = writer;
        this.drops = drops;
        this.warehouse = warehouse;
    }

    /**
     * How to write the files a table is to be created with. Nothing is reserved: a table replaced by somebody else in
     * between makes the creation fail with COMMIT_CONFLICT.
     *
     * @throws EstranException TYPE_NOT_SUPPORTED, ALREADY_EXISTS (columns)
     */
    public WritePlan planCreate(Caller caller, TableName name, List<ColumnDefinition> columns, CreateMode mode) {
        access.require(caller, Privilege.CREATE_TABLE, Securable.schema(name.schemaName()));
        Optional<Pointer> replaced = mode == CreateMode.OR_REPLACE ? findPointer(name) : Optional.empty();
        if (replaced.isPresent()) {
            access.require(caller, Privilege.MANAGE, Securable.table(name));
        }
        return plan(name, columns, mode, replaced);
    }

    /** Creates a table; the plan is made on the spot. See {@link #create(Caller, WritePlan, Map, List)}. */
    public TableVersion create(
            Caller caller,
            TableName name,
            List<ColumnDefinition> columns,
            CreateMode mode,
            Map<String, String> properties,
            List<StagedFile> files) {
        return create(caller, planCreate(caller, name, columns, mode), properties, files);
    }

    /**
     * Creates a table holding the files, in one commit. The files are taken over: they are moved into the table, or
     * deleted where they are not needed or the creation fails.
     *
     * @throws EstranException ALREADY_EXISTS, SCHEMA_NOT_FOUND, RESERVED_NAME, COMMIT_CONFLICT, CONSTRAINT_VIOLATED
     */
    public TableVersion create(Caller caller, WritePlan plan, Map<String, String> properties, List<StagedFile> files) {
        TableName name = plan.name();
        access.require(caller, Privilege.CREATE_TABLE, Securable.schema(name.schemaName()));
        try {
            ReservedNames.checkSchema(caller, name.schemaName());
            Schemas.checkName(name.name());
            Map<String, String> all = TableProperties.initial(properties, plan);
            Optional<ObjectEntry> existing = find(name);
            if (existing.isEmpty()) {
                try {
                    return createNew(caller, plan, all, files);
                } catch (EstranException e) {
                    if (e.code() != ErrorCode.ALREADY_EXISTS || plan.mode() == CreateMode.CREATE) {
                        throw e;
                    }
                    existing = find(name);
                }
            }
            ObjectKind kind = existing.map(ObjectEntry::kind).orElse(ObjectKind.TABLE);
            if (kind != ObjectKind.TABLE || plan.mode() == CreateMode.CREATE) {
                throw ObjectStore.exists(kind, name);
            }
            if (plan.mode() == CreateMode.IF_NOT_EXISTS) {
                return loader.version(name, requirePointer(name));
            }
            access.require(caller, Privilege.MANAGE, Securable.table(name));
            return replace(caller, plan, all, files);
        } finally {
            TableWriter.discard(files);
        }
    }

    /**
     * Pins a version of a table.
     *
     * @throws EstranException TABLE_NOT_FOUND, VERSION_NOT_FOUND, TABLE_DAMAGED
     */
    public TableVersion load(Caller caller, TableName name, VersionSelector selector) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
        ObjectEntry entry = requireEntry(name);
        Optional<Pointer> pointer =
                loader.metastore().read(handle -> loader.pointers().select(handle, entry.id(), selector));
        return loader.version(name, pointer.orElseThrow(() -> versionNotFound(loader, entry, selector)));
    }

    /**
     * Pins the newest version of a table that is to be changed, before anything is read or paid for.
     *
     * @throws EstranException TABLE_NOT_FOUND, TABLE_DAMAGED, DENIED
     */
    public TableVersion loadToChange(Caller caller, TableName name) {
        access.require(caller, Privilege.MODIFY, Securable.table(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        return loader.version(name, requirePointer(name));
    }

    /** Asks for the right to create the table, before the query that fills it runs. */
    public void requireCreate(Caller caller, TableName name, CreateMode mode) {
        access.require(caller, Privilege.CREATE_TABLE, Securable.schema(name.schemaName()));
        if (mode == CreateMode.OR_REPLACE && find(name).isPresent()) {
            access.require(caller, Privilege.MANAGE, Securable.table(name));
        }
    }

    /** @throws EstranException DENIED where the caller may not read the table */
    public void requireRead(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
    }

    /** The versions of a table, oldest first. */
    public List<HistoryEntry> history(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
        ObjectEntry entry = requireEntry(name);
        return loader.metastore().read(handle -> loader.pointers().history(handle, entry.id())).stream()
                .map(Pointer::historyEntry)
                .toList();
    }

    /** The columns of a table's newest version, without planning its files. */
    public List<ColumnDefinition> columns(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
        TableMetadata table = loader.metadata(requirePointer(name));
        return Schemas.columns(table.schema(), table.properties());
    }

    /** What is known of a table beside its columns and rows. */
    public TableDetails details(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
        ObjectEntry entry = requireEntry(name);
        TableMetadata table = loader.metadata(requirePointer(name));
        return new TableDetails(
                entry,
                table.location(),
                table.formatVersion(),
                table.spec().isUnpartitioned() ? "" : table.spec().fields().toString(),
                total(table, "total-records"),
                total(table, "total-files-size"),
                TableProperties.visible(table.properties()));
    }

    private static long total(TableMetadata table, String key) {
        return table.currentSnapshot() == null
                ? 0
                : Long.parseLong(table.currentSnapshot().summary().getOrDefault(key, "0"));
    }

    /** The properties of a table, Estran's own left out. */
    public Map<String, String> properties(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.table(name));
        return TableProperties.visible(loader.metadata(requirePointer(name)).properties());
    }

    /**
     * Moves a table to another name, also in another schema. Versions pinned before stay readable.
     *
     * @throws EstranException TABLE_NOT_FOUND, ALREADY_EXISTS, SCHEMA_NOT_FOUND, RESERVED_NAME
     */
    public void rename(Caller caller, TableName from, TableName to) {
        access.require(caller, Privilege.MANAGE, Securable.table(from));
        access.require(caller, Privilege.CREATE_TABLE, Securable.schema(to.schemaName()));
        ReservedNames.checkSchema(caller, from.schemaName());
        ReservedNames.checkSchema(caller, to.schemaName());
        Schemas.checkName(to.name());
        ObjectEntry entry = requireEntry(from);
        loader.metastore().transact(handle -> {
            loader.objects().rename(handle, entry.id(), to);
            return null;
        });
    }

    /**
     * Drops a table. Its name is free at once; its files go later (see {@link Lake#purgeDropped}).
     *
     * @return whether there was one
     * @throws EstranException TABLE_NOT_FOUND unless {@code ifExists}
     */
    public boolean drop(Caller caller, TableName name, boolean ifExists) {
        access.require(caller, Privilege.MANAGE, Securable.table(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        return loader.metastore().transact(handle -> {
            Optional<ObjectEntry> entry = loader.objects().find(handle, name);
            if (entry.isEmpty() && ifExists) {
                return false;
            }
            drops.drop(handle, caller, checkTable(name, entry));
            return true;
        });
    }

    private TableVersion createNew(
            Caller caller, WritePlan plan, Map<String, String> properties, List<StagedFile> files) {
        TableName name = plan.name();
        loader.metastore().read(handle -> {
            loader.objects().requireSchema(handle, name.schemaName());
            return null;
        });
        String location = LocalFileIO.location(warehouse.newTableLocation(name));
        TableMetadata first = TableMetadata.newTableMetadata(
                plan.schema(), PartitionSpec.unpartitioned(), SortOrder.unsorted(), location, properties);
        requireSameIds(plan, first.schema());
        String id = UUID.randomUUID().toString();
        Instant now = loader.clock().instant();
        ObjectEntry entry = new ObjectEntry(id, name, ObjectKind.TABLE, properties.get("comment"), now, caller.id());
        CommitNote note =
                CommitNote.of(caller, "CREATE").with(handle -> loader.objects().insert(handle, entry));
        return loader.version(name, writer.create(name, id, first, files, note));
    }

    private TableVersion replace(
            Caller caller, WritePlan plan, Map<String, String> properties, List<StagedFile> files) {
        Pointer base = requirePointer(plan.name());
        TableMetadata old = loader.metadata(base);
        TableMetadata replacement = old.buildReplacement(
                        plan.schema(), PartitionSpec.unpartitioned(), SortOrder.unsorted(), old.location(), properties)
                .replaceProperties(properties);
        requireSameIds(plan, replacement.schema());
        CommitNote note = CommitNote.of(caller, "REPLACE")
                .after(base.version())
                .with(handle -> loader.objects().comment(handle, base.tableId(), properties.get("comment")));
        return loader.version(plan.name(), writer.replace(plan.name(), base, replacement, files, note));
    }

    private WritePlan plan(
            TableName name, List<ColumnDefinition> columns, CreateMode mode, Optional<Pointer> replaced) {
        List<ColumnDefinition> storable = Schemas.storable(columns);
        Schema schema = replaced.map(pointer -> {
                    TableMetadata old = loader.metadata(pointer);
                    return Schemas.replacing(storable, old.schema(), old.lastColumnId());
                })
                .orElseGet(() -> Schemas.fresh(storable));
        return new WritePlan(name, mode, storable, Schemas.fieldIds(schema), Schemas.readSchema(schema), schema);
    }

    private static void requireSameIds(WritePlan plan, Schema schema) {
        if (!plan.schema().sameSchema(schema)) {
            throw new EstranException(
                    ErrorCode.COMMIT_CONFLICT,
                    "The table " + plan.name().sql() + " was changed while its replacement was written. Run the"
                            + " statement again.");
        }
    }

    private Optional<ObjectEntry> find(TableName name) {
        return loader.metastore().read(handle -> loader.objects().find(handle, name));
    }

    private ObjectEntry requireEntry(TableName name) {
        return checkTable(name, find(name));
    }

    private Optional<Pointer> findPointer(TableName name) {
        return find(name)
                .filter(entry -> entry.kind() == ObjectKind.TABLE)
                .flatMap(entry -> Optional.ofNullable(loader.latest(entry.id())));
    }

    private Pointer requirePointer(TableName name) {
        return findPointer(name).orElseThrow(() -> notFound(name));
    }

    static ObjectEntry checkTable(TableName name, Optional<ObjectEntry> entry) {
        return entry.filter(e -> e.kind() == ObjectKind.TABLE).orElseThrow(() -> notFound(name));
    }

    private static EstranException notFound(TableName name) {
        return NotFound.of(Securable.table(name));
    }

    static EstranException versionNotFound(TableLoader loader, ObjectEntry entry, VersionSelector selector) {
        List<Pointer> all = loader.metastore().read(handle -> loader.pointers().history(handle, entry.id()));
        String asked = switch (selector) {
            case VersionSelector.Latest latest -> "version";
            case VersionSelector.Of number -> "version " + number.number();
            case VersionSelector.At at -> "version from " + at.time() + " or before";
        };
        String there = all.isEmpty()
                ? "It has none."
                : "It has versions " + all.getFirst().version() + " to "
                        + all.getLast().version() + ", from " + all.getFirst().committedAt() + " to "
                        + all.getLast().committedAt() + ".";
        return new EstranException(ErrorCode.VERSION_NOT_FOUND, entry.name().sql() + " has no " + asked + ". " + there);
    }
}
