package dev.estran.platform;

import dev.estran.Caller;
import dev.estran.lake.Lake;
import dev.estran.sql.JournalTables;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a long-lived process does beside its statements: commits the journal's segments to their tables each minute, or
 * sooner when much was logged, and deletes the files of tables dropped a day ago.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final long LARGE_BYTES = 16L << 20;
    private static final int LOOK_SECONDS = 5;
    private static final int ROUNDS_TO_FORCE = 12;
    private static final int ROUNDS_TO_PURGE = 720;

    private final JournalTables tables;
    private final Lake lake;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());
    private final java.util.concurrent.ScheduledFuture<?> rounds;
    private int round;

    Housekeeping(JournalTables tables, Lake lake) {
        this.tables = tables;
        this.lake = lake;
        rounds = timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        round++;
        try {
            tables.flush(round % ROUNDS_TO_FORCE == 0, LARGE_BYTES);
            if (round % ROUNDS_TO_PURGE == 0) {
                lake.purgeDropped(Caller.SYSTEM);
            }
        } catch (RuntimeException e) { // tried again next time; segments and files stay
            log.warn("housekeeping failed", e);
        }
    }

    @Override
    public void close() {
        rounds.cancel(false);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(20, TimeUnit.SECONDS)) {
                log.warn("housekeeping did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
