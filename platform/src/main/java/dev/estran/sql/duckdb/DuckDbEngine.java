package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.SqlEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded DuckDB. Keeps a few empty instances started ahead of need; the first is started by the first {@link #open}, so
 * that a server which runs no statement stays small. Thread-safe.
 */
public final class DuckDbEngine implements SqlEngine {

    private static final Logger log = LoggerFactory.getLogger(DuckDbEngine.class);
    private static final Pattern INSTANCE_DIRECTORY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final DuckDbSettings settings;
    private static final long CLOSE_NANOS = 10_000_000_000L;

    private final Deque<DuckDbInstance> spare = new ArrayDeque<>();
    private boolean refilling;
    private long opened;
    private boolean closed;

    public DuckDbEngine(DuckDbSettings settings) {
        this.settings = settings;
        removeLeftovers(settings.directory());
    }

    @Override
    public EngineInstance open(Binding binding) {
        DuckDbInstance instance = take();
        instance.afterClose(this::refill);
        try {
            instance.bind(binding);
            return instance;
        } catch (RuntimeException | Error e) {
            instance.close();
            throw e;
        } finally {
            refillIfNoneIsLeft();
        }
    }

    /** Starting an instance takes processor time that a running statement would miss, so it waits while it can. */
    private void refillIfNoneIsLeft() {
        boolean left;
        synchronized (spare) {
            opened++;
            left = !spare.isEmpty();
        }
        if (!left) {
            refill();
        }
    }

    private DuckDbInstance take() {
        synchronized (spare) {
            if (closed) {
                throw new EstranException(ErrorCode.CANCELLED, "The engine is stopping.");
            }
            DuckDbInstance ready = spare.poll();
            if (ready != null) {
                return ready;
            }
        }
        return DuckDbInstance.start(settings);
    }

    private void refill() {
        synchronized (spare) {
            // A command that runs one statement shall not pay for a second instance.
            if (opened < 2 || refilling || closed || spare.size() >= settings.spare()) {
                return;
            }
            refilling = true;
        }
        Thread.ofPlatform().name("engine-refill").daemon().start(this::startSpare);
    }

    private void startSpare() {
        try {
            while (true) {
                synchronized (spare) {
                    if (closed || spare.size() >= settings.spare()) {
                        return;
                    }
                }
                DuckDbInstance fresh = DuckDbInstance.start(settings);
                synchronized (spare) {
                    if (!closed) {
                        spare.add(fresh);
                        continue;
                    }
                }
                fresh.close();
            }
        } catch (RuntimeException e) {
            log.warn("starting an engine instance ahead of need failed", e);
        } finally {
            synchronized (spare) {
                refilling = false;
                spare.notifyAll();
            }
        }
    }

    /** Waits for an instance that is just being started, so that nothing is made in its directory afterwards. */
    @Override
    public void close() {
        Deque<DuckDbInstance> left;
        synchronized (spare) {
            closed = true;
            long deadline = System.nanoTime() + CLOSE_NANOS;
            while (refilling && System.nanoTime() < deadline) {
                try {
                    spare.wait(CLOSE_NANOS / 1_000_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            left = new ArrayDeque<>(spare);
            spare.clear();
        }
        left.forEach(DuckDbInstance::close);
    }

    private static void removeLeftovers(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> entries = Files.list(directory)) {
                entries.filter(entry -> INSTANCE_DIRECTORY
                                .matcher(entry.getFileName().toString())
                                .matches())
                        .forEach(PrivateDirectory::remove);
            }
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.STORAGE_FAILED,
                    "The directory for temporary files, " + directory + ", cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
