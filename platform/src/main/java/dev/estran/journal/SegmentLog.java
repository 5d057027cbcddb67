package dev.estran.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segment files of one type: {@code history-000000000007.ndjson}. Numbers grow by one and are never reused, also
 * after segments were discarded: the last number lives on in {@code history.next}.
 */
final class SegmentLog implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JournalType type;
    private final Path directory;
    private final TreeMap<Long, Path> closed = new TreeMap<>();
    private final Object syncLock = new Object();
    private @Nullable FileChannel channel;
    private long number;
    private long appended;
    private volatile long written;
    private volatile long synced;
    private long sequence;
    private String lastHash = "";

    SegmentLog(Path directory, JournalType type) {
        this.directory = directory;
        this.type = type;
        try {
            Files.createDirectories(directory);
            recover();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    JournalType type() {
        return type;
    }

    private void recover() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> numberOf(file) > 0).forEach(file -> closed.put(numberOf(file), file));
        }
        Path next = directory.resolve(type.name() + ".next");
        String state = Files.exists(next) ? Files.readString(next).strip() : "";
        String[] parts = state.split(" ", -1);
        number = state.isEmpty() ? 1 : Long.parseLong(parts[0]);
        if (type.chained() && parts.length == 3) {
            sequence = Long.parseLong(parts[1]);
            lastHash = parts[2];
        }
        if (!closed.isEmpty()) {
            Path last = closed.lastEntry().getValue();
            dropTornLine(last);
            number = Math.max(number, closed.lastKey());
            if (closed.lastKey() == number) {
                closed.remove(number);
            }
            restoreChain();
        }
        for (Path file : closed.values()) {
            appended += Files.size(file);
        }
        appended += Files.exists(file(number)) ? Files.size(file(number)) : 0;
    }

    /** A crash may leave half a line at the end of the last file. */
    private static void dropTornLine(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                out.truncate(end);
                out.force(true);
            }
        }
    }

    private void restoreChain() throws IOException {
        if (!type.chained()) {
            return;
        }
        List<Path> files = new ArrayList<>(closed.descendingMap().values());
        files.addFirst(file(number));
        for (Path file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty()) {
                JsonNode last = JSON.readTree(lines.getLast());
                sequence = last.path("seq").asLong();
                lastHash = hash(lines.getLast());
                return;
            }
        }
    }

    private long numberOf(Path file) {
        String name = file.getFileName().toString();
        String prefix = type.name() + "-";
        if (!name.startsWith(prefix) || !name.endsWith(".ndjson")) {
            return -1;
        }
        return Long.parseLong(name.substring(prefix.length(), name.length() - ".ndjson".length()));
    }

    private Path file(long segment) {
        return directory.resolve("%s-%012d.ndjson".formatted(type.name(), segment));
    }

    synchronized void append(ObjectNode record) {
        try {
            if (type.chained()) {
                record.put("seq", sequence + 1);
                record.put("prev", lastHash);
            }
            String text = JSON.writeValueAsString(record);
            ByteBuffer line = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            FileChannel out = open();
            long start = out.position();
            appended += line.remaining();
            try {
                while (line.hasRemaining()) {
                    out.write(line);
                }
            } catch (IOException e) {
                out.truncate(start);
                throw e;
            }
            if (type.chained()) {
                sequence++;
                lastHash = hash(text);
            }
            written++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file(number), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.position(open.size());
            channel = open;
        }
        return open;
    }

    /** The first waiting thread syncs for all who appended before it looked. */
    void sync() {
        long target = written;
        if (synced >= target) {
            return;
        }
        synchronized (syncLock) {
            if (synced >= target) {
                return;
            }
            long covered;
            FileChannel open;
            synchronized (this) {
                covered = written;
                open = channel;
            }
            try {
                if (open != null && open.isOpen()) {
                    open.force(false);
                }
                synced = covered;
            } catch (java.nio.channels.ClosedChannelException e) {
                synced = covered; // rotated meanwhile, which syncs too
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    synchronized List<Journal.Segment> segmentsAfter(long after) {
        rotate();
        return closed.tailMap(after, false).entrySet().stream()
                .map(entry -> new Journal.Segment(entry.getKey(), entry.getValue()))
                .toList();
    }

    synchronized long pendingBytes() {
        return appended;
    }

    private void rotate() {
        try {
            Path current = file(number);
            if (channel == null && (!Files.exists(current) || Files.size(current) == 0)) {
                return;
            }
            closeChannel();
            closed.put(number, current);
            number++;
            writeState();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeState() throws IOException {
        Path temporary = directory.resolve(type.name() + ".next.tmp");
        String state = type.chained() ? number + " " + sequence + " " + lastHash : "" + number;
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(state.getBytes(StandardCharsets.UTF_8)));
            out.force(true); // without it a power cut could leave it empty, and numbers would be used again
        }
        Files.move(
                temporary,
                directory.resolve(type.name() + ".next"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    synchronized void discard(long upTo) {
        try {
            var done = closed.headMap(upTo, true);
            for (Path file : done.values()) {
                Files.deleteIfExists(file);
            }
            done.clear();
            appended = 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.force(false);
            channel.close();
            channel = null;
        }
    }

    @Override
    public synchronized void close() {
        try {
            closeChannel();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private EstranException failed(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new EstranException(
                full ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_FAILED,
                "The journal " + type.name() + " in " + directory + " cannot be written"
                        + (full ? ": the disk is full. Free some space and try again." : "."),
                e);
    }

    static String hash(String line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
