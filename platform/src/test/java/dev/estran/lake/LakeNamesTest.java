package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.metastore.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
final class LakeNamesTest {

    private static final ColumnDefinition ID = ColumnDefinition.of("id", "BIGINT");

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Database database;

    private TestingLake it;
    private Catalogs catalogs;

    @BeforeEach
    void open(@TempDir Path root) {
        Path data = root.resolve("data");
        it = new TestingLake(data, database.fresh(data.resolve("metastore.db")));
        catalogs = it.lake.catalogs();
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void aFreshLakeHasItsDefaultSchemaAndTheSystemCatalog() {
        assertThat(catalogs.catalogs(Caller.OWNER)).containsExactly("lake", "system");
        assertThat(catalogs.schemas(Caller.OWNER, "LAKE"))
                .containsExactly(new SchemaName("lake", "default"), TestingLake.DEMO);
    }

    @Test
    void namesOfEstransOwnCannotBeTakenByUsers() {
        for (String name : List.of("system", "Main", "temp")) {
            fails(ErrorCode.RESERVED_NAME, () -> catalogs.createCatalog(Caller.OWNER, name, true));
        }
        SchemaName query = new SchemaName("system", "query");
        fails(ErrorCode.RESERVED_NAME, () -> catalogs.createSchema(Caller.OWNER, query, true));
        fails(
                ErrorCode.RESERVED_NAME,
                () -> catalogs.createSchema(Caller.OWNER, new SchemaName("lake", "information_schema"), true));
        fails(ErrorCode.RESERVED_NAME, () -> catalogs.dropCatalog(Caller.OWNER, "lake", false, true));

        catalogs.createSchema(Caller.SYSTEM, query, false);
        TableName history = query.table("history");
        TableVersion base =
                it.lake.tables().create(Caller.SYSTEM, history, List.of(ID), CreateMode.CREATE, Map.of(), List.of());
        fails(ErrorCode.RESERVED_NAME, () -> it.append(base, "SELECT 1::BIGINT AS id"));
        fails(ErrorCode.RESERVED_NAME, () -> it.lake.tables().drop(Caller.OWNER, history, false));
        assertThat(it.load(history).version()).isEqualTo(1);
    }

    @Test
    void whoHasNoRightsGetsNothing() {
        Caller nobody = new Caller("u:nobody", Set.of());
        TableName name = TestingLake.DEMO.table("t");
        it.create(name, ID);

        fails(ErrorCode.DENIED, () -> it.lake.tables().load(nobody, name, VersionSelector.LATEST));
        fails(ErrorCode.DENIED, () -> it.lake.tables().drop(nobody, name, false));
        fails(ErrorCode.DENIED, () -> catalogs.kind(nobody, name));
        fails(ErrorCode.DENIED, () -> it.lake.purgeDropped(nobody, Duration.ZERO));
        fails(
                ErrorCode.DENIED,
                () -> it.lake.schemaChanges().alter(nobody, name, new SchemaChange.DropColumn("id", true)));
    }

    @Test
    void droppingWhatHoldsSomethingNeedsCascade() {
        catalogs.createCatalog(Caller.OWNER, "sales", false);
        SchemaName eu = new SchemaName("sales", "eu");
        catalogs.createSchema(Caller.OWNER, eu, false);
        it.append(it.create(eu.table("t"), ID), "SELECT 1::BIGINT AS id");
        it.lake.views().create(Caller.OWNER, view(eu.table("v")), CreateMode.CREATE);

        fails(ErrorCode.NOT_EMPTY, () -> catalogs.dropSchema(Caller.OWNER, eu, false, false));
        fails(ErrorCode.NOT_EMPTY, () -> catalogs.dropCatalog(Caller.OWNER, "sales", false, false));
        catalogs.dropCatalog(Caller.OWNER, "sales", false, true);
        catalogs.dropCatalog(Caller.OWNER, "sales", true, true);
        fails(ErrorCode.CATALOG_NOT_FOUND, () -> catalogs.dropCatalog(Caller.OWNER, "sales", false, true));
        fails(ErrorCode.SCHEMA_NOT_FOUND, () -> it.create(eu.table("t"), ID));
        fails(ErrorCode.SCHEMA_NOT_FOUND, () -> catalogs.dropSchema(Caller.OWNER, eu, false, true));
        assertThat(it.lake.purgeDropped(Caller.SYSTEM, Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void hostileNamesAreOnlyNames() {
        SchemaName schema = new SchemaName("lake", "../../a'b\"c");
        catalogs.createSchema(Caller.OWNER, schema, false);
        TableName name = schema.table("x/../../y'); DROP TABLE objects; --");
        it.create(name, ColumnDefinition.of("a'b\"c.d", "STRUCT(\"e'f.g\" BIGINT, \"h\"\"\" VARCHAR)"));
        TableVersion version = it.append(it.load(name), "SELECT {'e''f.g': 1::BIGINT, 'h\"': 'x'} AS \"a'b\"\"c.d\"");

        assertThat(version.files()).allMatch(file -> file.startsWith(it.directory.warehouse()));
        assertThat(it.duck.rows("SELECT \"a'b\"\"c.d\".\"e'f.g\" FROM " + DuckFiles.from(it.load(name))))
                .containsExactly(List.of("1"));
        assertThat(it.iceberg(name).newScan().planFiles())
                .first()
                .satisfies(task -> assertThat(task.file().recordCount()).isEqualTo(1));
        fails(ErrorCode.INVALID_ARGUMENT, () -> it.create(schema.table("line\nbreak"), ID));
        fails(ErrorCode.INVALID_ARGUMENT, () -> it.create(schema.table(""), ID));
        fails(ErrorCode.INVALID_ARGUMENT, () -> it.create(schema.table("n".repeat(256)), ID));
        fails(ErrorCode.ALREADY_EXISTS, () -> it.create(schema.table("twice"), ID, ColumnDefinition.of("ID", "DATE")));
    }

    @Test
    void aNameStandsForOneThing() {
        TableName name = TestingLake.DEMO.table("x");
        it.lake.views().create(Caller.OWNER, view(name), CreateMode.CREATE);

        assertThat(catalogs.kind(Caller.OWNER, name)).contains(ObjectKind.VIEW);
        fails(ErrorCode.ALREADY_EXISTS, () -> it.create(name, ID));
        fails(
                ErrorCode.ALREADY_EXISTS,
                () -> it.lake
                        .tables()
                        .create(Caller.OWNER, name, List.of(ID), CreateMode.OR_REPLACE, Map.of(), List.of()));
        fails(ErrorCode.TABLE_NOT_FOUND, () -> it.load(name));
        fails(ErrorCode.TABLE_NOT_FOUND, () -> it.lake.tables().drop(Caller.OWNER, name, false));
        it.lake.views().drop(Caller.OWNER, name, false);
        it.create(name, ID);
        fails(ErrorCode.ALREADY_EXISTS, () -> it.lake.views().create(Caller.OWNER, view(name), CreateMode.OR_REPLACE));
        fails(ErrorCode.VIEW_NOT_FOUND, () -> it.lake.views().drop(Caller.OWNER, name, false));
    }

    @Test
    void viewsKeepTheirTextAndTheSearchPathTheyWereMadeUnder() {
        TableName name = TestingLake.DEMO.table("v");
        assertThat(it.lake.views().create(Caller.OWNER, view(name), CreateMode.CREATE))
                .isTrue();
        assertThat(it.lake.views().load(Caller.OWNER, name)).isEqualTo(view(name));
        assertThat(it.lake.views().create(Caller.OWNER, view(name), CreateMode.IF_NOT_EXISTS))
                .isFalse();
        ViewDefinition other = new ViewDefinition(
                name, "SELECT 2 AS n", List.of(), List.of(new Column("n", "INTEGER")), ViewDefinition.Security.DEFINER);
        it.lake.views().create(Caller.OWNER, other, CreateMode.OR_REPLACE);
        assertThat(it.lake.views().load(Caller.OWNER, name)).isEqualTo(other);
        assertThat(it.lake.views().drop(Caller.OWNER, name, false)).isTrue();
        assertThat(it.lake.views().drop(Caller.OWNER, name, true)).isFalse();
    }

    @Test
    void creatingWhatIsThereLeavesItAndTakesNoFiles() {
        TableName name = TestingLake.DEMO.table("t");
        TableVersion first = it.append(it.create(name, ID), "SELECT 1::BIGINT AS id");
        StagedFile file = it.duck.write("SELECT 2::BIGINT AS id", first.fieldIds());
        TableVersion again = it.lake
                .tables()
                .create(Caller.OWNER, name, List.of(ID), CreateMode.IF_NOT_EXISTS, Map.of(), List.of(file));

        assertThat(again).isEqualTo(it.load(name));
        assertThat(again.version()).isEqualTo(2);
        assertThat(file.path()).doesNotExist();
        fails(ErrorCode.ALREADY_EXISTS, () -> it.create(name, ID));
    }

    private static ViewDefinition view(TableName name) {
        return new ViewDefinition(
                name,
                "SELECT 'it''s' AS a",
                List.of(TestingLake.DEMO, new SchemaName("lake", "default")),
                List.of(new Column("a", "VARCHAR", true), new Column("B c", "DECIMAL(5,2)", false)),
                ViewDefinition.Security.DEFINER);
    }

    private static void fails(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EstranException.class,
                        e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
    }
}
