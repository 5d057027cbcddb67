package dev.estran.platform;

import dev.estran.sql.JournalTables;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits the journal's segments to their tables: each minute, or sooner when much was logged. */
final class JournalFlusher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalFlusher.class);
    private static final long LARGE_BYTES = 16L << 20;
    private static final int LOOK_SECONDS = 5;
    private static final int ROUNDS_TO_FORCE = 12;

    private final JournalTables tables;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("journal-flusher").factory());
    private final java.util.concurrent.ScheduledFuture<?> rounds;
    private int round;

    JournalFlusher(JournalTables tables) {
        this.tables = tables;
        rounds = timer.scheduleWithFixedDelay(this::flush, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void flush() {
        round++;
        try {
            tables.flush(round % ROUNDS_TO_FORCE == 0, LARGE_BYTES);
        } catch (RuntimeException e) { // tried again next time; the segments stay
            log.warn("the journal could not be committed to its tables", e);
        }
    }

    @Override
    public void close() {
        rounds.cancel(false);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(20, TimeUnit.SECONDS)) {
                log.warn("the journal's commit did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
