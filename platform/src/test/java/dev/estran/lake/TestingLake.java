package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.metastore.DataDirectory;
import dev.estran.metastore.Database;
import dev.estran.metastore.Metastore;
import dev.estran.metastore.MetastoreAddress;
import dev.estran.storage.LocalFileIO;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/** A lake in a directory of its own, with a DuckDB connection beside it. */
final class TestingLake implements AutoCloseable {

    static final SchemaName DEMO = new SchemaName("lake", "demo");

    final DataDirectory directory;
    final Metastore metastore;
    final Lake lake;
    final DuckFiles duck;

    TestingLake(Path root) {
        this(root, Database.SQLITE.fresh(root.resolve("metastore.db")));
    }

    TestingLake(Path root, MetastoreAddress address) {
        directory = DataDirectory.open(root);
        metastore = Metastore.open(address);
        lake = another();
        duck = new DuckFiles(directory.tmp().resolve("staging"));
        lake.catalogs().createSchema(Caller.OWNER, DEMO, true);
    }

    /** A second lake on the same metastore, as another node would have: nothing shared but the tables. */
    Lake another() {
        return new Lake(
                metastore,
                directory.warehouse(),
                new Access(metastore, (caller, privilege, securable, allowed) -> {}),
                Clock.systemUTC());
    }

    TableVersion create(TableName name, ColumnDefinition... columns) {
        return lake.tables().create(Caller.OWNER, name, List.of(columns), CreateMode.CREATE, Map.of(), List.of());
    }

    TableVersion load(TableName name) {
        return lake.tables().load(Caller.OWNER, name, VersionSelector.LATEST);
    }

    TableVersion load(TableName name, long version) {
        return lake.tables().load(Caller.OWNER, name, new VersionSelector.Of(version));
    }

    /** Appends the rows of a query whose columns have the table's types. */
    TableVersion append(TableVersion base, String select) {
        return lake.commits().append(Caller.OWNER, base, List.of(duck.write(select, base.fieldIds())), Map.of());
    }

    List<List<String>> rows(TableVersion version) {
        return version.files().isEmpty()
                ? List.of()
                : duck.rows("SELECT * FROM " + DuckFiles.from(version) + " ORDER BY ALL");
    }

    /** The table as another Iceberg program sees it. */
    Table iceberg(TableName name) {
        LocalFileIO io = new LocalFileIO();
        TableMetadata metadata = TableMetadataParser.read(io, pointer(name).metadataLocation());
        return new BaseTable(new ReadOnlyOperations(metadata, io), name.toString());
    }

    /** The table as another Iceberg program could write it. */
    PointerOperations operations(TableName name) {
        TableLoader loader =
                new TableLoader(metastore, new ObjectStore(), new PointerStore(), new LocalFileIO(), Clock.systemUTC());
        return new PointerOperations(loader, pointer(name).tableId(), "", CommitNote.of(Caller.SYSTEM, "FOREIGN"));
    }

    private Pointer pointer(TableName name) {
        String id = lake.catalogs().objects(Caller.OWNER, name.schemaName()).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
        return metastore.read(handle -> new PointerStore().latest(handle, id)).orElseThrow();
    }

    @Override
    public void close() {
        duck.close();
        metastore.close();
        directory.close();
    }
}
