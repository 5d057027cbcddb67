package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.metastore.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
final class LakeHistoryTest {

    private static final TableName T = TestingLake.DEMO.table("t");
    private static final ColumnDefinition ID = ColumnDefinition.of("id", "INTEGER");

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Database database;

    private TestingLake it;

    @BeforeEach
    void open(@TempDir Path root) {
        Path data = root.resolve("data");
        it = new TestingLake(data, database.fresh(data.resolve("metastore.db")));
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void everyVersionKeepsItsColumnsWhateverBecomesOfThem() {
        it.create(T, ID, ColumnDefinition.of("price", "DECIMAL(5,2)"), ColumnDefinition.of("a.b", "FLOAT"));
        TableVersion two = it.append(it.load(T), "SELECT 1 AS id, 1.25::DECIMAL(5,2) AS price, 0.5::FLOAT AS \"a.b\"");
        change(new SchemaChange.RenameColumn("PRICE", "cost"));
        change(new SchemaChange.ChangeType("id", "BIGINT"));
        change(new SchemaChange.ChangeType("cost", "DECIMAL(12,2)"));
        change(new SchemaChange.ChangeType("a.b", "DOUBLE"));
        change(new SchemaChange.AddColumn(new ColumnDefinition("extra", "VARCHAR[]", true, "['x']", "more"), false));
        TableVersion eight = it.append(
                it.load(T),
                "SELECT 9000000000 AS id, 2.5::DECIMAL(12,2) AS cost, 1.5::DOUBLE AS \"a.b\", ['y'] AS extra");
        change(new SchemaChange.DropColumn("id", false));

        assertThat(two.version()).isEqualTo(2);
        assertThat(eight.version()).isEqualTo(8);
        assertThat(it.rows(it.load(T, 2))).containsExactly(List.of("1", "1.25", "0.5"));
        assertThat(it.load(T, 2).columns()).extracting(ColumnDefinition::name).containsExactly("id", "price", "a.b");
        assertThat(it.rows(it.load(T, 8)))
                .containsExactly(List.of("1", "1.25", "0.5", "null"), List.of("9000000000", "2.50", "1.5", "[y]"));
        assertThat(it.rows(it.load(T))).containsExactly(List.of("1.25", "0.5", "null"), List.of("2.50", "1.5", "[y]"));
        assertThat(it.load(T).columns().getLast())
                .isEqualTo(new ColumnDefinition("extra", "VARCHAR[]", true, "['x']", "more"));
        assertThat(it.lake
                        .tables()
                        .load(Caller.OWNER, T, new VersionSelector.Of(Objects.requireNonNull(two.snapshotId())))
                        .version())
                .isEqualTo(2);
    }

    @Test
    void replacingATableKeepsItsIdItsVersionsAndWhatTheyHeld() {
        TableVersion old = it.append(
                it.create(T, ID, new ColumnDefinition("name", "VARCHAR", true, "'?'", null)),
                "SELECT 1 AS id, 'a' AS name");
        List<ColumnDefinition> columns =
                List.of(ColumnDefinition.of("name", "BIGINT"), ColumnDefinition.of("s", "STRUCT(id DATE)"));
        WritePlan plan = it.lake.tables().planCreate(Caller.OWNER, T, columns, CreateMode.OR_REPLACE);
        StagedFile file = it.duck.write("SELECT 7::BIGINT AS name, {'id': DATE '2025-01-01'} AS s", plan.fieldIds());
        TableVersion replaced = it.lake.tables().create(Caller.OWNER, plan, Map.of(), List.of(file));

        assertThat(replaced.tableId()).isEqualTo(old.tableId());
        assertThat(replaced.version()).isEqualTo(3);
        assertThat(replaced.columns()).isEqualTo(columns);
        assertThat(it.duck.rows("SELECT name, s.id FROM " + DuckFiles.from(it.load(T))))
                .containsExactly(List.of("7", "2025-01-01"));
        assertThat(it.rows(it.load(T, 2))).containsExactly(List.of("1", "a"));
        assertThat(it.load(T, 2).columns().getLast().defaultSql()).isEqualTo("'?'");
        assertThat(it.lake.tables().history(Caller.OWNER, T))
                .extracting(HistoryEntry::operation)
                .containsExactly("CREATE", "APPEND", "REPLACE");
        assertThat(it.rows(it.append(it.load(T), "SELECT 8::BIGINT AS name, {'id': DATE '2025-01-02'} AS s")))
                .hasSize(2);
    }

    @Test
    void aReplacementPlannedBeforeTheColumnsChangedIsAConflict() {
        it.create(T, ID);
        WritePlan plan = it.lake
                .tables()
                .planCreate(Caller.OWNER, T, List.of(ColumnDefinition.of("n", "DATE")), CreateMode.OR_REPLACE);
        change(new SchemaChange.AddColumn(ColumnDefinition.of("x", "DATE"), false));
        StagedFile file = it.duck.write("SELECT DATE '2025-01-01' AS n", plan.fieldIds());

        fails(ErrorCode.COMMIT_CONFLICT, () -> it.lake.tables().create(Caller.OWNER, plan, Map.of(), List.of(file)));
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void aMissingVersionSaysWhichOnesThereAre() {
        it.append(it.create(T, ID), "SELECT 1 AS id");

        assertThatThrownBy(() -> it.load(T, 3)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
            assertThat(e.text()).contains("lake.demo.t has no version 3", "versions 1 to 2");
        });
        fails(
                ErrorCode.VERSION_NOT_FOUND,
                () -> it.lake.tables().load(Caller.OWNER, T, new VersionSelector.At(Instant.EPOCH)));
        assertThat(it.lake
                        .tables()
                        .load(
                                Caller.OWNER,
                                T,
                                new VersionSelector.At(Instant.now().plusSeconds(60)))
                        .version())
                .isEqualTo(2);
    }

    @Test
    void changesThatWouldLoseOrInventDataAreRefused() {
        it.append(it.create(T, ID, ColumnDefinition.of("s", "STRUCT(x INTEGER)")), "SELECT 1 AS id, {'x': 1} AS s");
        ColumnDefinition required = new ColumnDefinition("r", "DATE", false, null, null);

        fails(ErrorCode.TYPE_NOT_SUPPORTED, () -> change(new SchemaChange.ChangeType("id", "SMALLINT[]")));
        fails(ErrorCode.TYPE_NOT_SUPPORTED, () -> change(new SchemaChange.ChangeType("id", "VARCHAR")));
        fails(ErrorCode.CONSTRAINT_VIOLATED, () -> change(new SchemaChange.AddColumn(required, false)));
        fails(ErrorCode.ALREADY_EXISTS, () -> change(new SchemaChange.RenameColumn("id", "S")));
        fails(ErrorCode.COLUMN_NOT_FOUND, () -> change(new SchemaChange.DropColumn("nope", false)));
        fails(ErrorCode.STATEMENT_NOT_SUPPORTED, () -> change(new SchemaChange.RenameColumn("s.x", "y")));
        fails(
                ErrorCode.INVALID_ARGUMENT,
                () -> change(new SchemaChange.SetProperties(Map.of("write.delete.mode", "merge-on-read"))));
        fails(
                ErrorCode.INVALID_ARGUMENT,
                () -> change(new SchemaChange.SetProperties(Map.of("estran.default.1", "0"))));
        change(new SchemaChange.DropColumn("nope", true));
        change(new SchemaChange.SetDefault("id", null));
        assertThat(it.load(T).version()).isEqualTo(2);
    }

    @Test
    void commentsDefaultsAndPropertiesAreKept() {
        it.create(T, new ColumnDefinition("id", "INTEGER", false, null, null));
        change(new SchemaChange.CommentTable("all of them"));
        change(new SchemaChange.CommentColumn("id", "the key"));
        change(new SchemaChange.SetDefault("id", "42"));
        change(new SchemaChange.DropNotNull("id"));
        change(new SchemaChange.SetProperties(Map.of("owner", "ana")));
        TableName to = TestingLake.DEMO.table("renamed");
        it.lake.tables().rename(Caller.OWNER, T, to);

        assertThat(it.load(to).columns()).containsExactly(new ColumnDefinition("id", "INTEGER", true, "42", "the key"));
        assertThat(it.lake.catalogs().objects(Caller.OWNER, TestingLake.DEMO))
                .singleElement()
                .returns("all of them", ObjectEntry::comment)
                .returns(to, ObjectEntry::name);
        assertThat(it.lake.tables().properties(Caller.OWNER, to))
                .containsEntry("owner", "ana")
                .containsEntry("write.update.mode", "copy-on-write")
                .doesNotContainKey("estran.default.1");
        fails(ErrorCode.TABLE_NOT_FOUND, () -> it.load(T));
    }

    private void change(SchemaChange change) {
        it.lake.schemaChanges().alter(Caller.OWNER, T, change);
    }

    private static void fails(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
