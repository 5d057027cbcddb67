package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerStoreTest {

    @TempDir
    Path directory;

    private static String identity(int i) {
        return CallIdentity.sha256("answer " + i);
    }

    private static @Nullable Object value(Map<String, AnswerStore.Stored> found, int i) {
        return Objects.requireNonNull(found.get(identity(i))).value();
    }

    private AnswerStore open(AnswerStore.Limits limits) {
        return new AnswerStore(directory.resolve("answers.db"), limits);
    }

    @Test
    void answersKeepTheirTypesAcrossARestart() {
        try (AnswerStore store = open(AnswerStore.Limits.DEFAULT)) {
            store.put(identity(1), "text with \u00e9 and \0");
            store.put(identity(2), true);
            store.put(identity(3), 0.25);
            store.put(identity(4), null);
            assertThat(store.find(List.of(identity(2)))).hasSize(1);
        }
        try (AnswerStore store = open(AnswerStore.Limits.DEFAULT)) {
            var found = store.find(
                    IntStream.range(0, 6).mapToObj(AnswerStoreTest::identity).toList());
            assertThat(found).hasSize(4);
            assertThat(value(found, 1)).isEqualTo("text with \u00e9 and \0");
            assertThat(value(found, 2)).isEqualTo(true);
            assertThat(value(found, 3)).isEqualTo(0.25);
            assertThat(value(found, 4)).isNull();
        }
    }

    @Test
    void theOldestUseGoesFirst() {
        AnswerStore.Limits limits = new AnswerStore.Limits(1_000, 1 << 30, 10);
        try (AnswerStore store = open(limits)) {
            for (int i = 0; i < 1_000; i++) {
                store.put(identity(i), "v" + i);
            }
            store.flush();
            assertThat(store.find(List.of(identity(0), identity(1)))).hasSize(2);
            store.put(identity(5_000), "x");
            store.flush();
            for (int i = 1_000; i < 1_200; i++) {
                store.put(identity(i), "v" + i);
                if (i % 50 == 0) {
                    store.flush();
                }
            }
            store.flush();
            assertThat(store.entries()).isBetween(900L, 1_000L);
            assertThat(store.find(List.of(identity(0), identity(1))))
                    .as("lately used")
                    .hasSize(2);
            assertThat(store.find(List.of(identity(2), identity(3))))
                    .as("not used since")
                    .isEmpty();
            assertThat(store.find(List.of(identity(1_199)))).hasSize(1);
        }
    }

    @Test
    void bytesAreBoundedToo() {
        try (AnswerStore store = open(new AnswerStore.Limits(1_000_000, 200_000, 10))) {
            for (int i = 0; i < 100; i++) {
                store.put(identity(i), "x".repeat(10_000));
                store.flush();
            }
            assertThat(store.entries()).isBetween(1L, 20L);
            assertThat(store.find(List.of(identity(99)))).hasSize(1);
        }
    }

    @Test
    void aFileThatIsNoDatabaseCostsOnlyTheMemory() throws IOException {
        Files.writeString(directory.resolve("answers.db"), "this is not a database, ".repeat(1_000));
        try (AnswerStore store = open(AnswerStore.Limits.DEFAULT)) {
            assertThat(store.find(List.of(identity(1)))).isEmpty();
            store.put(identity(1), "kept in memory");
            store.flush();
            assertThat(store.find(List.of(identity(1)))).hasSize(1);
        }
    }

    @Test
    void aKilledProcessLeavesAWholeFile() throws Exception {
        Path file = directory.resolve("answers.db");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnswerStoreWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.inputReader()) {
            // The writer says a number once everything up to it is on disk.
            int flushed = 0;
            while (flushed < 2_000) {
                flushed = Integer.parseInt(String.valueOf(out.readLine()));
            }
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    ResultSet check = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
                check.next();
                assertThat(check.getString(1)).isEqualTo("ok");
            }
            try (AnswerStore store = open(AnswerStore.Limits.DEFAULT)) {
                List<String> all = IntStream.range(0, flushed)
                        .mapToObj(AnswerStoreTest::identity)
                        .toList();
                assertThat(store.find(all)).hasSize(flushed);
                assertThat(value(store.find(List.of(identity(7))), 7)).isEqualTo("answer 7");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Writes answers for ever; killed by the test. */
    static final class AnswerStoreWriter {
        public static void main(String[] args) {
            AnswerStore store = new AnswerStore(Path.of(args[0]), AnswerStore.Limits.DEFAULT);
            for (int i = 0; i < 10_000_000; i++) {
                store.put(identity(i), "answer " + i);
                if (i % 500 == 499) {
                    store.flush();
                    System.out.println(i + 1);
                }
            }
        }
    }
}
