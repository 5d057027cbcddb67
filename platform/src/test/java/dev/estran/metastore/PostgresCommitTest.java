package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.DatabaseUrl;
import dev.estran.metastore.CommitCutter.Cut;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Connections that break while transactions run: what was acknowledged is there, and nothing is done twice. */
@EnabledIf(value = "dev.estran.metastore.PostgresServer#installed", disabledReason = PostgresServer.MISSING)
final class PostgresCommitTest {

    @Test
    void aCommitThatTheServerNeverHeardOfIsMadeAgainOnce() throws IOException {
        cut(Cut.BEFORE);
    }

    @Test
    void aTransactionThatTheServerStillHoldsOpenIsEndedAndMadeAgainOnce() throws IOException {
        cut(Cut.BEFORE_UNNOTICED);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsNotMadeAgain() throws IOException {
        cut(Cut.AFTER);
    }

    private static void cut(Cut cut) throws IOException {
        PostgresDatabase database = PostgresServer.shared().newDatabase();
        try (CommitCutter cutter = new CommitCutter(PostgresServer.shared().port());
                Metastore metastore = Metastore.open(through(cutter, database, Duration.ofSeconds(30)))) {
            create(metastore, "n");
            for (int i = 1; i <= 3; i++) {
                cutter.cutNext(cut);
                assertThat(add(metastore, "n"))
                        .as("what the transaction itself saw")
                        .isEqualTo(i);
                assertThat(value(metastore, "n")).as("%s, commit %s", cut, i).isEqualTo(i);
                assertThat(cutter.cuts()).isEqualTo(i);
            }
        }
    }

    @Test
    void whereTheServerDoesNotComeBackTheOutcomeIsSaidToBeUnknown() throws IOException {
        PostgresDatabase database = PostgresServer.shared().newDatabase();
        try (CommitCutter cutter = new CommitCutter(PostgresServer.shared().port());
                Metastore metastore = Metastore.open(through(cutter, database, Duration.ofMillis(500)))) {
            create(metastore, "n");
            cutter.cutNext(Cut.AFTER_FOR_GOOD);
            assertThatThrownBy(() -> add(metastore, "n")).isInstanceOfSatisfying(EstranException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
                assertThat(e.code().retryable()).isFalse();
            });
            assertThatThrownBy(() -> value(metastore, "n"))
                    .isInstanceOfSatisfying(
                            EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
        }
        try (Metastore metastore = Metastore.open(database)) {
            assertThat(value(metastore, "n")).isEqualTo(1);
        }
    }

    @Test
    void sessionsKilledAgainAndAgainLoseNothingAndDoubleNothing() throws Exception {
        PostgresDatabase database = PostgresServer.shared().newDatabase();
        int writers = 3;
        int each = 30;
        Semaphore steps = new Semaphore(0);
        try (Metastore metastore = Metastore.open(database);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<int[]>> results = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String key = "n" + w;
                create(metastore, key);
                results.add(threads.submit(() -> addMany(metastore, key, each, steps)));
            }
            int killed = 0;
            for (int i = 0; i < writers * each; i++) {
                steps.acquire();
                killed += PostgresServer.shared().killOneWriter(database) ? 1 : 0;
            }
            assertThat(killed)
                    .as("sessions killed in the middle of a transaction")
                    .isPositive();
            for (int w = 0; w < writers; w++) {
                int[] result = results.get(w).get();
                assertThat(result[0] + result[1]).isEqualTo(each);
                assertThat(value(metastore, "n" + w))
                        .as("%s acknowledged, %s failed, %s killed", result[0], result[1], killed)
                        .isEqualTo(result[0]);
            }
        }
    }

    /** Acknowledged and failed. */
    private static int[] addMany(Metastore metastore, String key, int times, Semaphore steps) {
        int[] result = new int[2];
        for (int i = 0; i < times; i++) {
            steps.release();
            try {
                add(metastore, key);
                result[0]++;
            } catch (EstranException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
                result[1]++;
            }
        }
        return result;
    }

    @Test
    void aRestartedServerIsUsedAgainWithoutAWord() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Metastore metastore = Metastore.open(server.newDatabase(""))) {
                create(metastore, "n");
                server.stop();
                server.run();
                assertThat(add(metastore, "n"))
                        .as("the first statement after a restart")
                        .isEqualTo(1);
                server.stop();
                Future<Long> waiting = threads.submit(() -> add(metastore, "n"));
                server.run();
                assertThat(waiting.get())
                        .as("a statement begun while it was down")
                        .isEqualTo(2);
                assertThat(value(metastore, "n")).isEqualTo(2);
            }
        }
    }

    @Test
    void readAndWriteOfTwoProcessesAreAsIfOneCameAfterTheOther() throws Exception {
        PostgresDatabase database = PostgresServer.shared().newDatabase();
        int each = 25;
        try (Metastore one = Metastore.open(database);
                Metastore other = Metastore.open(database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            create(one, "n");
            List<Future<int[]>> both = List.of(
                    threads.submit(() -> readThenWrite(one, each)), threads.submit(() -> readThenWrite(other, each)));
            int acknowledged = 0;
            for (Future<int[]> result : both) {
                acknowledged += result.get()[0];
            }
            assertThat(value(one, "n")).isEqualTo(acknowledged);
            assertThat(acknowledged).as("most of them get through").isGreaterThan(each);
        }
    }

    private static int[] readThenWrite(Metastore metastore, int times) {
        int[] result = new int[2];
        for (int i = 0; i < times; i++) {
            try {
                metastore.transact(handle -> {
                    long seen = value(handle, "n");
                    handle.execute(
                            "UPDATE settings SET setting_value = ? WHERE setting_key = 'n'", String.valueOf(seen + 1));
                    return null;
                });
                result[0]++;
            } catch (EstranException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT);
                result[1]++;
            }
        }
        return result;
    }

    private static PostgresDatabase through(CommitCutter cutter, PostgresDatabase database, Duration timeout) {
        return new PostgresDatabase(
                DatabaseUrl.parse("jdbc:postgresql://127.0.0.1:" + cutter.port() + "/" + name(database)
                        + "?preferQueryMode=simple"), // so that each COMMIT can be read on its way
                database.user(),
                database.password(),
                database.connections(),
                timeout);
    }

    private static String name(PostgresDatabase database) {
        String place = database.url().place();
        return place.substring(place.indexOf('/') + 1);
    }

    private static void create(Metastore metastore, String key) {
        metastore.transact(
                handle -> handle.execute("INSERT INTO settings (setting_key, setting_value) VALUES (?, '0')", key));
    }

    private static long add(Metastore metastore, String key) {
        return metastore.transact(handle -> {
            handle.execute(
                    "UPDATE settings SET setting_value = CAST(CAST(setting_value AS BIGINT) + 1 AS TEXT)"
                            + " WHERE setting_key = ?",
                    key);
            return value(handle, key);
        });
    }

    private static long value(Metastore metastore, String key) {
        return metastore.read(handle -> value(handle, key));
    }

    private static long value(Handle handle, String key) {
        return Long.parseLong(
                Objects.requireNonNull(handle.createQuery("SELECT setting_value FROM settings WHERE setting_key = :key")
                        .bind("key", key)
                        .mapTo(String.class)
                        .one()));
    }
}
