package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.metastore.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
final class LakeCommitTest {

    private static final TableName T = TestingLake.DEMO.table("t");
    private static final ColumnDefinition ID = ColumnDefinition.of("id", "BIGINT");
    private static final ColumnDefinition NAME = ColumnDefinition.of("name", "VARCHAR");

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
    void appendsOfTwoNodesAllLand() throws Exception {
        TableVersion base = it.create(T, ID);
        Lake[] nodes = {it.another(), it.another()};
        int each = 6;
        List<Callable<Object>> writers = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(nodes.length);
        for (Lake node : nodes) {
            List<StagedFile> files = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                files.add(it.duck.write("SELECT range AS id FROM range(10)", base.fieldIds()));
            }
            writers.add(() -> {
                start.await();
                for (StagedFile file : files) {
                    node.commits().append(Caller.OWNER, base, List.of(file), Map.of());
                }
                return "done";
            });
        }
        race(writers).forEach(result -> assertThat(result).isEqualTo("done"));

        TableVersion now = it.load(T);
        assertThat(now.version()).isEqualTo(1 + 2 * each);
        assertThat(it.duck.count(now)).isEqualTo(2L * each * 10);
        assertThat(it.lake.tables().history(Caller.OWNER, T))
                .extracting(HistoryEntry::rowsAdded)
                .containsExactly(0L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L, 10L);
        noOrphans(now);
    }

    @Test
    void ofTwoOverwritesOfTheSameFileOneWinsAndTheOtherLeavesNothingBehind() throws Exception {
        TableVersion base = it.append(it.create(T, ID), "SELECT range AS id FROM range(10)");
        List<Callable<Object>> writers = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            Lake node = it.another();
            StagedFile file = it.duck.write("SELECT " + i + "::BIGINT AS id", base.fieldIds());
            writers.add(() -> {
                start.await();
                return node.commits().overwrite(Caller.OWNER, base, base.files(), List.of(file), Map.of());
            });
        }
        List<Object> results = race(writers);

        assertThat(results).filteredOn(TableVersion.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(EstranException.class::isInstance)
                .singleElement()
                .extracting(e -> ((EstranException) e).code())
                .isEqualTo(ErrorCode.COMMIT_CONFLICT);
        TableVersion now = it.load(T);
        assertThat(now.version()).isEqualTo(3);
        assertThat(it.duck.count(now)).isEqualTo(1);
        assertThat(dataFiles(now)).isEqualTo(2);
        noStaged();
    }

    @Test
    void anOverwriteConflictsWithRowsAppendedSinceItsBase() {
        TableVersion base = it.append(it.create(T, ID), "SELECT 1::BIGINT AS id");
        it.append(base, "SELECT 2::BIGINT AS id");
        StagedFile file = it.duck.write("SELECT 3::BIGINT AS id", base.fieldIds());

        fails(
                ErrorCode.COMMIT_CONFLICT,
                () -> it.lake.commits().overwrite(Caller.OWNER, base, base.files(), List.of(file), Map.of()));
        assertThat(it.rows(it.load(T))).containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void deletingFromAnEmptyTableConflictsWithItsFirstRows() {
        TableVersion empty = it.create(T, ID);
        it.append(empty, "SELECT 1::BIGINT AS id");
        StagedFile file = it.duck.write("SELECT 3::BIGINT AS id", empty.fieldIds());

        fails(
                ErrorCode.COMMIT_CONFLICT,
                () -> it.lake.commits().overwrite(Caller.OWNER, empty, List.of(), List.of(file), Map.of()));
    }

    @Test
    void aFileWrittenForOtherColumnsIsAConflictNotSilentNulls() {
        TableVersion base = it.append(it.create(T, ID, NAME), "SELECT 1::BIGINT AS id, 'a' AS name");
        it.lake.schemaChanges().alter(Caller.OWNER, T, new SchemaChange.DropColumn("name", false));

        fails(ErrorCode.COMMIT_CONFLICT, () -> it.append(base, "SELECT 2::BIGINT AS id, 'b' AS name"));
        assertThat(it.rows(it.load(T))).containsExactly(List.of("1"));
    }

    @Test
    void replacingAllRowsKeepsThePastAndEmptyingIsReplacingByNothing() {
        TableVersion one = it.append(it.create(T, ID), "SELECT range AS id FROM range(3)");
        StagedFile file = it.duck.write("SELECT 7::BIGINT AS id", one.fieldIds());
        TableVersion two = it.lake.commits().replaceAll(Caller.OWNER, one, List.of(file), Map.of());
        TableVersion three = it.lake.commits().replaceAll(Caller.OWNER, two, List.of(), Map.of());

        assertThat(it.rows(two)).containsExactly(List.of("7"));
        assertThat(three.files()).isEmpty();
        assertThat(it.duck.count(it.load(T, one.version()))).isEqualTo(3);
        assertThat(it.lake.tables().history(Caller.OWNER, T).getLast())
                .returns("REPLACE_DATA", HistoryEntry::operation)
                .returns(1L, HistoryEntry::rowsDeleted)
                .returns("owner", HistoryEntry::committedBy);
    }

    @Test
    void marksComeBackAndSurviveChangesOfColumns() {
        TableVersion base = it.create(T, ID);
        StagedFile file = it.duck.write("SELECT 1::BIGINT AS id", base.fieldIds());
        it.lake.commits().append(Caller.OWNER, base, List.of(file), Map.of("segment", "42"));
        it.lake.schemaChanges().alter(Caller.OWNER, T, new SchemaChange.AddColumn(NAME, false));

        assertThat(it.load(T).marks()).containsEntry("segment", "42");
    }

    @Test
    void aNullForARequiredColumnIsRefusedBeforeTheCommit() {
        TableVersion base = it.create(T, new ColumnDefinition("id", "BIGINT", false, null, null));

        fails(ErrorCode.CONSTRAINT_VIOLATED, () -> it.append(base, "SELECT NULL::BIGINT AS id"));
        assertThat(it.load(T).version()).isEqualTo(1);
        noStaged();
    }

    @Test
    void aDroppedTableStaysReadableForWhoeverPinnedItUntilItIsPurged() {
        TableVersion pinned = it.append(it.create(T, ID), "SELECT range AS id FROM range(5)");
        it.lake.tables().drop(Caller.OWNER, T, false);

        fails(ErrorCode.TABLE_NOT_FOUND, () -> it.load(T));
        fails(ErrorCode.TABLE_NOT_FOUND, () -> it.append(pinned, "SELECT 1::BIGINT AS id"));
        assertThat(it.lake.purgeDropped(Caller.SYSTEM, Duration.ofHours(1))).isZero();
        assertThat(it.duck.count(pinned)).isEqualTo(5);

        TableVersion again = it.append(it.create(T, NAME), "SELECT 'new' AS name");
        assertThat(it.lake.purgeDropped(Caller.SYSTEM, Duration.ZERO)).isEqualTo(1);
        assertThat(pinned.files()).noneMatch(Files::exists);
        assertThat(it.rows(it.load(T))).containsExactly(List.of("new"));
        assertThat(again.tableId()).isNotEqualTo(pinned.tableId());
    }

    private static List<Object> race(List<Callable<Object>> writers) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : threads.invokeAll(writers)) {
                results.add(future.state() == Future.State.SUCCESS ? future.resultNow() : future.exceptionNow());
            }
            return results;
        }
    }

    private static void fails(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static long dataFiles(TableVersion version) throws IOException {
        try (Stream<Path> files = Files.list(version.files().getFirst().getParent())) {
            return files.count();
        }
    }

    private void noOrphans(TableVersion version) throws IOException {
        assertThat(dataFiles(version)).isEqualTo(version.files().size());
        Path metadata = version.files().getFirst().resolve("../../metadata").normalize();
        try (Stream<Path> files = Files.list(metadata)) {
            assertThat(files.filter(f -> f.toString().endsWith(".metadata.json"))
                            .count())
                    .isEqualTo(version.version());
        }
        noStaged();
    }

    private void noStaged() {
        assertThat(it.directory.tmp().resolve("staging")).isEmptyDirectory();
    }
}
