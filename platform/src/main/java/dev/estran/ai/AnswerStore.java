package dev.estran.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers by call identity, in a file of their own. Bounded by entries and bytes, the ones unused for longest go first. A
 * put is visible at once and on disk soon: one writer thread commits what has gathered. A crash loses the last moments
 * and damages nothing. A file that cannot be used costs the memory of answers, never a statement. Opened on first use.
 */
public final class AnswerStore implements AutoCloseable {

    /**
     * @param entries answers kept on disk
     * @param bytes their size together
     * @param recent answers kept in memory as well
     */
    public record Limits(long entries, long bytes, int recent) {
        public static final Limits DEFAULT = new Limits(1_000_000, 1L << 30, 10_000);

        public static Limits ofBytes(long bytes) {
            return new Limits(DEFAULT.entries, bytes, DEFAULT.recent);
        }
    }

    /** A stored answer; the value is null where the model answered that there is none. */
    public record Stored(@Nullable Object value) {}

    private static final Logger log = LoggerFactory.getLogger(AnswerStore.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int QUEUE = 20_000;

    private final Path file;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashMap<String, String> recent = new LinkedHashMap<>(256, 0.75f, true);
    private Map<String, String> waiting = new LinkedHashMap<>();
    private Map<String, String> writing = Map.of();
    private List<String> used = new ArrayList<>();
    private @Nullable AnswerFile open;
    private @Nullable Thread writer;
    private boolean broken;
    private boolean closed;

    public AnswerStore(Path file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Those of the identities that have an answer. */
    public Map<String, Stored> find(Collection<String> identities) {
        Map<String, Stored> found = new HashMap<>();
        List<String> onDisk = new ArrayList<>();
        lock.lock();
        try {
            for (String identity : identities) {
                String value = inMemory(identity);
                if (value != null) {
                    found.put(identity, new Stored(read(value)));
                    touch(identity);
                } else {
                    onDisk.add(identity);
                }
            }
        } finally {
            lock.unlock();
        }
        AnswerFile disk = onDisk.isEmpty() ? null : file();
        if (disk == null) {
            return found;
        }
        Map<String, String> values = readDisk(disk, onDisk);
        lock.lock();
        try {
            values.forEach((identity, value) -> {
                found.put(identity, new Stored(read(value)));
                touch(identity);
                remember(identity, value);
            });
        } finally {
            lock.unlock();
        }
        return found;
    }

    /** An answer among those lately put or found; does not read the file. */
    Optional<Stored> findRecent(String identity) {
        lock.lock();
        try {
            String value = inMemory(identity);
            return value == null ? Optional.empty() : Optional.of(new Stored(read(value)));
        } finally {
            lock.unlock();
        }
    }

    /** Keeps an answer. Waits where the writer is far behind. */
    public void put(String identity, @Nullable Object value) {
        String json = write(value);
        lock.lock();
        try {
            remember(identity, json);
            while (waiting.size() >= QUEUE && !broken && !closed) {
                changed.awaitUninterruptibly();
            }
            if (broken || closed) {
                return;
            }
            waiting.put(identity, json);
            startWriter();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything put before is on disk. */
    public void flush() {
        lock.lock();
        try {
            while ((!waiting.isEmpty() || !writing.isEmpty()) && !broken) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers on disk. */
    public long entries() {
        AnswerFile disk = file();
        try {
            return disk == null ? 0 : disk.entries();
        } catch (SQLException e) {
            throw new EstranException(ErrorCode.STORAGE_FAILED, "The answer store " + file + " cannot be read.", e);
        }
    }

    private @Nullable String inMemory(String identity) {
        String value = recent.get(identity);
        if (value == null) {
            value = waiting.get(identity);
        }
        return value == null ? writing.get(identity) : value;
    }

    private void remember(String identity, String json) {
        recent.put(identity, json);
        if (recent.size() > limits.recent()) {
            recent.pollFirstEntry();
        }
    }

    private void touch(String identity) {
        if (used.size() < QUEUE) {
            used.add(identity);
        }
    }

    private Map<String, String> readDisk(AnswerFile disk, List<String> identities) {
        try {
            return disk.find(identities);
        } catch (SQLException e) {
            giveUp(e);
            return Map.of();
        }
    }

    private @Nullable AnswerFile file() {
        return file(false);
    }

    /** @param evenClosed for the writer, which still has answers to keep when the store is closed at once */
    private @Nullable AnswerFile file(boolean evenClosed) {
        lock.lock();
        try {
            if (open == null && !broken && (evenClosed || !closed)) {
                try {
                    open = new AnswerFile(file, limits);
                } catch (SQLException e) {
                    giveUp(e);
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void startWriter() {
        if (writer == null) {
            writer = Thread.ofPlatform().daemon().name("answer-store").start(this::writeLoop);
        }
    }

    private void writeLoop() {
        while (true) {
            List<String> touched;
            Map<String, String> batch;
            lock.lock();
            try {
                while (waiting.isEmpty() && !closed && !broken) {
                    changed.awaitUninterruptibly();
                }
                if (broken || (waiting.isEmpty() && used.isEmpty())) {
                    return;
                }
                batch = waiting;
                writing = batch;
                waiting = new LinkedHashMap<>();
                touched = used;
                used = new ArrayList<>();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            AnswerFile disk = file(true);
            try {
                if (disk != null) {
                    disk.write(batch, touched);
                }
            } catch (SQLException e) {
                giveUp(e);
            } finally {
                done();
            }
        }
    }

    private void done() {
        lock.lock();
        try {
            writing = Map.of();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(SQLException e) {
        log.warn("The answer store {} cannot be used; answers are not kept from now on. {}", file, e.getMessage());
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String write(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an answer is a String, Boolean, Double or null", e);
        }
    }

    private static @Nullable Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer is not JSON", e);
        }
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = writer;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (running != null) {
                running.join();
            }
            AnswerFile disk = open;
            if (disk != null) {
                disk.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            log.warn("The answer store {} did not close: {}", file, e.getMessage());
        }
    }
}
