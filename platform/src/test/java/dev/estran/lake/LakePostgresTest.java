package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import dev.estran.metastore.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes append to one table while the database ends their sessions: no row is lost, none is there twice. */
@EnabledIf(value = "dev.estran.metastore.PostgresServer#installed", disabledReason = PostgresServer.MISSING)
final class LakePostgresTest {

    private static final TableName T = TestingLake.DEMO.table("t");
    private static final int EACH = 15;

    @Test
    void sessionsKilledDuringCommitsLoseNoRowAndDoubleNone(@TempDir Path root) throws Exception {
        PostgresDatabase database = PostgresServer.shared().newDatabase();
        Semaphore steps = new Semaphore(0);
        try (TestingLake one = new TestingLake(root.resolve("one"), database);
                TestingLake two = new TestingLake(root.resolve("two"), database);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            TableVersion base = one.create(T, ColumnDefinition.of("id", "BIGINT"));
            List<Future<List<String>>> nodes = List.of(
                    threads.submit(() -> append(one, base, 0, steps)),
                    threads.submit(() -> append(two, base, EACH, steps)));
            int killed = 0;
            for (int i = 0; i < 2 * EACH; i++) {
                steps.acquire();
                killed += PostgresServer.shared().killOneWriter(database) ? 1 : 0;
            }
            List<String> acknowledged = new ArrayList<>();
            for (Future<List<String>> node : nodes) {
                acknowledged.addAll(node.get());
            }

            TableVersion now = two.load(T);
            assertThat(now.files()).allMatch(Files::exists);
            assertThat(two.rows(now).stream().map(List::getFirst))
                    .as("%s sessions killed", killed)
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(two.lake.tables().history(Caller.OWNER, T)).hasSize(1 + acknowledged.size());
            assertThat(acknowledged).as("most commits get through").hasSizeGreaterThan(EACH);
        }
    }

    /** The ids whose commit was acknowledged. */
    private static List<String> append(TestingLake node, TableVersion base, int first, Semaphore steps) {
        List<String> acknowledged = new ArrayList<>();
        for (int id = first; id < first + EACH; id++) {
            StagedFile file = node.duck.write("SELECT " + id + "::BIGINT AS id", base.fieldIds());
            steps.release();
            try {
                node.lake.commits().append(Caller.OWNER, base, List.of(file), Map.of());
                acknowledged.add(String.valueOf(id));
            } catch (EstranException e) {
                assertThat(e.code()).isIn(ErrorCode.STORAGE_FAILED, ErrorCode.COMMIT_CONFLICT);
            }
        }
        return acknowledged;
    }
}
