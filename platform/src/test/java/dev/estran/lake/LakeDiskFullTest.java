package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.metastore.DataDirectory;
import dev.estran.metastore.Metastore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full at any point of a commit: STORAGE_FULL, the table as before, and it works again with space. */
final class LakeDiskFullTest {

    private static final TableName T = TestingLake.DEMO.table("t");

    /** Runs for any user: the shell limits the size of files the child may write, and the metadata file outgrows it. */
    @Test
    void aMetadataFileThatCannotBeWrittenLeavesTheTableAsItWas(@TempDir Path root) throws Exception {
        run(List.of("sh", "-c", "ulimit -f 8192; exec \"$@\"", "sh"), FileSizeLimit.class, root.resolve("data"));
    }

    /** Needs a mount of its own, as root or in a user namespace; where neither is allowed the test above remains. */
    @Test
    void aFullDiskAtAnyPointOfACommitLeavesTheTableAsItWas(@TempDir Path root) throws Exception {
        Path disk = Files.createDirectories(root.resolve("disk"));
        String mount = "mount -t tmpfs -o size=24m tmpfs " + disk;
        int allowed =
                new ProcessBuilder("unshare", "-rm", "sh", "-c", mount).start().waitFor();
        Assumptions.assumeTrue(allowed == 0, "no mount namespaces here");
        run(List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"), SmallDisk.class, disk);
    }

    private static void run(List<String> prefix, Class<?> main, Path directory) throws Exception {
        Process child = ChildJvm.start(prefix, main, directory.toString());
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("all as expected");
    }

    private static void failsFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EstranException.class,
                        e -> assertThat(e.code()).as("%s", e).isEqualTo(ErrorCode.STORAGE_FULL));
    }

    /** The child under a limit of 4 MB or 8 MB per file, by the shell's unit. Loads no DuckDB, whose library is larger. */
    static final class FileSizeLimit {

        private FileSizeLimit() {}

        public static void main(String[] arguments) {
            try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
                    Metastore metastore = Metastore.open(directory.metastore())) {
                Lake lake = new Lake(
                        metastore,
                        directory.warehouse(),
                        new Access(metastore, (caller, privilege, securable, allowed) -> {}),
                        Clock.systemUTC());
                lake.catalogs().createSchema(Caller.OWNER, new SchemaName("lake", "demo"), false);
                lake.tables()
                        .create(
                                Caller.OWNER,
                                T,
                                List.of(ColumnDefinition.of("id", "BIGINT")),
                                CreateMode.CREATE,
                                Map.of(),
                                List.of());
                SchemaChange large = new SchemaChange.SetProperties(Map.of("large", "x".repeat(9_000_000)));
                failsFull(() -> lake.schemaChanges().alter(Caller.OWNER, T, large));
                assertThat(lake.tables().history(Caller.OWNER, T)).hasSize(1);
                lake.schemaChanges().alter(Caller.OWNER, T, new SchemaChange.SetProperties(Map.of("small", "x")));
                assertThat(lake.tables().properties(Caller.OWNER, T))
                        .containsKey("small")
                        .doesNotContainKey("large");
            }
            System.out.println("all as expected");
        }
    }

    /** The child on a small disk: a filler file leaves less and less room, so that commits fail at every step. */
    static final class SmallDisk {

        private static final int STEP = 4096;

        private SmallDisk() {}

        public static void main(String[] arguments) throws IOException {
            Path disk = Path.of(arguments[0]);
            int full = 0;
            int committed = 0;
            try (TestingLake it = new TestingLake(disk.resolve("data"));
                    DuckFiles elsewhere = new DuckFiles(Files.createTempDirectory("staging"))) {
                TableVersion base = it.create(T, ColumnDefinition.of("id", "BIGINT"));
                for (int room = 24; room >= 0; room--) {
                    StagedFile file = elsewhere.write("SELECT range AS id FROM range(1000)", base.fieldIds());
                    Path filler = fill(disk, (long) room * STEP);
                    long before = it.load(T).version();
                    try {
                        it.lake.commits().append(Caller.OWNER, base, List.of(file), Map.of());
                        committed++;
                    } catch (EstranException e) {
                        assertThat(e.code()).as("room %s: %s", room, e).isEqualTo(ErrorCode.STORAGE_FULL);
                        assertThat(it.load(T).version()).isEqualTo(before);
                        full++;
                    }
                    Files.delete(filler);
                    TableVersion now = it.load(T);
                    assertThat(it.duck.count(now)).isEqualTo(committed * 1000L);
                    assertThat(it.lake.tables().history(Caller.OWNER, T)).hasSize(1 + committed);
                }
                assertThat(it.duck.count(it.append(it.load(T), "SELECT 1::BIGINT AS id")))
                        .isEqualTo(committed * 1000L + 1);
            }
            assertThat(full).as("commits that found the disk full").isGreaterThan(3);
            assertThat(committed).as("commits that had room").isPositive();
            System.out.println("all as expected");
        }

        /** Leaves so many bytes of the disk free. */
        private static Path fill(Path disk, long room) throws IOException {
            Path filler = disk.resolve("filler");
            long bytes = Files.getFileStore(disk).getUsableSpace() - room;
            byte[] page = new byte[STEP];
            try (var out = Files.newOutputStream(filler)) {
                for (long written = 0; written + STEP <= bytes; written += STEP) {
                    out.write(page);
                }
            }
            return filler;
        }
    }
}
