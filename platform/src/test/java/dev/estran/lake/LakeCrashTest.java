package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.metastore.DataDirectory;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while committing: the table is as before or as after, and nothing acknowledged is lost. */
final class LakeCrashTest {

    private static final TableName T = TestingLake.DEMO.table("t");
    private static final int ROWS = 10;
    private static final int ROUNDS = 4;

    @Test
    void nothingAcknowledgedIsLostAndNothingHalfDoneIsSeen(@TempDir Path root) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path data = root.resolve("data");
        try (TestingLake it = new TestingLake(data)) {
            it.create(T, ColumnDefinition.of("id", "BIGINT"));
        }
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = commitUntilKilled(data, 2 + random.nextInt(4), random.nextInt(60));
            try (TestingLake it = new TestingLake(data)) {
                TableVersion version = it.load(T);
                String seen = "seed " + seed + ", round " + round + ", acknowledged " + acknowledged;
                assertThat(version.version()).as(seen).isBetween(acknowledged, acknowledged + 1);
                assertThat(version.files()).as(seen).allMatch(Files::exists);
                assertThat(it.duck.count(version)).as(seen).isEqualTo((version.version() - 1) * ROWS);
                assertThat(it.lake.tables().history(Caller.OWNER, T)).as(seen).hasSize((int) version.version());
                for (HistoryEntry entry : it.lake.tables().history(Caller.OWNER, T)) {
                    assertThat(it.load(T, entry.version()).files()).as(seen).allMatch(Files::exists);
                }
            }
        }
    }

    @Test
    void anotherProcessIsTurnedAwayEvenAfterThisOneWasRefusedASecondTime(@TempDir Path root) throws Exception {
        Path data = root.resolve("data");
        try (TestingLake it = new TestingLake(data)) {
            it.create(T, ColumnDefinition.of("id", "BIGINT"));
            assertThatThrownBy(() -> DataDirectory.open(data)).isInstanceOf(EstranException.class);
            Process child = ChildJvm.start(List.of(), CommitForever.class, data.toString());
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).isNotZero();
            assertThat(output)
                    .contains("is in use by process " + ProcessHandle.current().pid());
        }
    }

    /** Lets a child commit so many times, then kills it some milliseconds into the next commit. */
    private static long commitUntilKilled(Path data, int commits, int millis) throws Exception {
        Process child = ChildJvm.start(List.of(), CommitForever.class, data.toString());
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            long version = 0;
            for (int i = 0; i < commits; i++) {
                String line = lines.readLine();
                assertThat(line).as("output of the child").startsWith("version ");
                version = Long.parseLong(line.substring("version ".length()));
            }
            child.waitFor(millis, TimeUnit.MILLISECONDS);
            // By its handle: the process's own method would close the pipe and lose what the child still said.
            child.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("version ")) {
                    version = Long.parseLong(line.substring("version ".length()));
                }
            }
            return version;
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    /** The child: appends until it is killed, saying each version once it is committed. */
    static final class CommitForever {

        private CommitForever() {}

        public static void main(String[] arguments) {
            try (TestingLake it = new TestingLake(Path.of(arguments[0]))) {
                TableVersion version = it.load(T);
                for (int i = 0; i < 100_000; i++) {
                    StagedFile file = it.duck.write("SELECT range AS id FROM range(" + ROWS + ")", version.fieldIds());
                    version = it.lake.commits().append(Caller.OWNER, version, List.of(file), Map.of());
                    System.out.println("version " + version.version());
                    System.out.flush();
                }
            }
        }
    }
}
