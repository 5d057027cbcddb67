package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import dev.estran.storage.LocalFileIO;
import dev.estran.storage.Warehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The lake: catalogs, schemas, tables and views, each by subject. Thread-safe; does not own the metastore. */
public final class Lake {

    private final Access access;
    private final Drops drops;
    private final Catalogs catalogs;
    private final Tables tables;
    private final TableCommits commits;
    private final SchemaChanges schemaChanges;
    private final Views views;
    private final Functions functions;
    private final Protections protections;
    private final Recovery recovery;

    public Lake(Metastore metastore, Path warehouseDirectory, Access access, Clock clock) {
        this.access = access;
        Warehouse warehouse = new Warehouse(warehouseDirectory);
        TableLoader loader =
                new TableLoader(metastore, new ObjectStore(), new PointerStore(), new LocalFileIO(), clock);
        TableWriter writer = new TableWriter(loader, warehouse);
        this.drops = new Drops(loader, warehouse);
        this.catalogs = new Catalogs(access, loader, drops);
        this.tables = new Tables(access, loader, writer, drops, warehouse);
        this.commits = new TableCommits(access, loader, writer);
        this.schemaChanges = new SchemaChanges(access, loader, writer);
        this.views = new Views(access, loader, drops);
        this.functions = new Functions(access, loader);
        this.protections = new Protections(access, loader, functions);
        this.recovery = new Recovery(access, loader, writer, drops);
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    public Tables tables() {
        return tables;
    }

    public TableCommits commits() {
        return commits;
    }

    public SchemaChanges schemaChanges() {
        return schemaChanges;
    }

    public Views views() {
        return views;
    }

    public Functions functions() {
        return functions;
    }

    public Protections protections() {
        return protections;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** Deletes the files of tables that were dropped too long ago to be brought back; returns how many tables. */
    public int purgeDropped(Caller caller) {
        return purgeDropped(caller, Drops.KEPT);
    }

    /**
     * Deletes the files of tables dropped longer ago than that. Give a time no statement outlasts, or zero where none
     * runs, as right after start-up.
     *
     * @return how many tables
     */
    public int purgeDropped(Caller caller, Duration olderThan) {
        access.require(caller, Privilege.MANAGE, Securable.PLATFORM);
        return drops.purge(olderThan);
    }
}
