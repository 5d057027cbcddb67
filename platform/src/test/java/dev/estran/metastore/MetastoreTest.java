package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
final class MetastoreTest {

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Database database;

    @Test
    void whatWasCommittedIsThereAfterReopeningWhatFailedIsNot(@TempDir Path root) {
        MetastoreAddress address = database.fresh(root.resolve("metastore.db"));
        try (Metastore metastore = Metastore.open(address)) {
            put(metastore, "kept", "1");
            assertThatThrownBy(() -> metastore.transact(handle -> {
                        handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES ('lost', '1')");
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (Metastore metastore = Metastore.open(address)) {
            assertThat(keys(metastore)).containsExactly("kept");
        }
    }

    @Test
    void writersFromManyThreadsAllLand(@TempDir Path root) throws Exception {
        try (Metastore metastore = Metastore.open(database.fresh(root.resolve("metastore.db")));
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
        try (Metastore metastore = Metastore.open(database.fresh(root.resolve("metastore.db")))) {
            assertThatThrownBy(() -> metastore.read(handle ->
                            handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES ('a', 'b')")))
                    .isInstanceOf(EstranException.class);
            assertThat(keys(metastore)).isEmpty();
        }
    }

    @Test
    void aMetastoreOfANewerEstranIsLeftAlone(@TempDir Path root) {
        MetastoreAddress address = database.fresh(root.resolve("metastore.db"));
        try (Metastore metastore = Metastore.open(address)) {
            metastore.transact(handle -> handle.execute("UPDATE schema_history SET version = '9999'"));
        }
        assertThatThrownBy(() -> Metastore.open(address)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(e.text()).contains("9999");
        });
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
