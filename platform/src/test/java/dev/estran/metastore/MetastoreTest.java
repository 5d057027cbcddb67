package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetastoreTest {

    @Test
    void whatWasCommittedIsThereAfterReopeningWhatFailedIsNot(@TempDir Path root) {
        Path file = root.resolve("metastore.db");
        try (Metastore metastore = Metastore.open(file)) {
            put(metastore, "kept", "1");
            assertThatThrownBy(() -> metastore.transact(handle -> {
                        handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES ('lost', '1')");
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (Metastore metastore = Metastore.open(file)) {
            assertThat(keys(metastore)).containsExactly("kept");
        }
    }

    @Test
    void writersFromManyThreadsAllLand(@TempDir Path root) throws Exception {
        try (Metastore metastore = Metastore.open(root.resolve("metastore.db"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writers = IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        put(metastore, "k" + i, "v");
                        return keys(metastore).size();
                    })
                    .toList();
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isPositive();
            }
            assertThat(keys(metastore)).hasSize(40);
        }
    }

    @Test
    void readingWorkCannotWrite(@TempDir Path root) {
        try (Metastore metastore = Metastore.open(root.resolve("metastore.db"))) {
            assertThatThrownBy(() -> metastore.read(handle ->
                            handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES ('a', 'b')")))
                    .isInstanceOf(EstranException.class);
            assertThat(keys(metastore)).isEmpty();
        }
    }

    @Test
    void aMetastoreOfANewerEstranIsLeftAlone(@TempDir Path root) {
        Path file = root.resolve("metastore.db");
        try (Metastore metastore = Metastore.open(file)) {
            metastore.transact(handle -> handle.execute("UPDATE schema_history SET version = '9999'"));
        }
        assertThatThrownBy(() -> Metastore.open(file)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(e.text()).contains("9999");
        });
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndKept(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("metastore.db"), "this is not a database ".repeat(100));
        assertThatThrownBy(() -> Metastore.open(file))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
        assertThat(file).content().startsWith("this is not");
    }

    @Test
    void theKnownSchemaVersionIsThatOfTheNewestMigration() throws Exception {
        URI first = Objects.requireNonNull(Metastore.class.getResource("V1__catalog.sql"))
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(first).resolveSibling("."))) {
            assertThat(files.map(f -> f.getFileName().toString())
                            .filter(name -> name.endsWith(".sql"))
                            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max())
                    .hasValue(Migrations.CURRENT);
        }
    }

    @Test
    void aDataDirectoryHasOneOwnerAtATimeAndIsPrivate(@TempDir Path root) throws Exception {
        Path path = root.resolve("deep/data");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(directory.warehouse()).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                    .isEqualTo("rwx------");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DataDirectory.open(path)).isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DATA_DIRECTORY_IN_USE);
                    assertThat(e.text())
                            .contains("process " + ProcessHandle.current().pid());
                });
            }
            Files.writeString(directory.serverFile(), "{}");
            assertThatThrownBy(() -> DataDirectory.open(path)).hasMessageContaining("server.json");
        }
        DataDirectory.open(path).close();
    }

    @Test
    void aFileInThePlaceOfTheDataDirectoryIsNamed(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }

    private static void put(Metastore metastore, String key, String value) {
        metastore.transact(handle ->
                handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES (?, ?)", key, value));
    }

    private static List<String> keys(Metastore metastore) {
        return metastore.read(handle -> handle.createQuery("SELECT setting_key FROM settings ORDER BY setting_key")
                .mapTo(String.class)
                .list());
    }
}
