package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything of one installation, owned by one process at a time through a file lock. Close it
 * last: closing gives the directory up.
 */
public final class DataDirectory implements AutoCloseable {

    /**
     * Directories this process owns. A second open must not touch the lock file at all: closing any channel on it would
     * give up the process's lock.
     */
    private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;
    private final String node;

    private DataDirectory(Path root, FileChannel channel, FileLock lock, String node) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
        this.node = node;
    }

    /**
     * Creates the directory where it is missing and takes its lock.
     *
     * @throws EstranException {@link ErrorCode#DATA_DIRECTORY_IN_USE}, {@link ErrorCode#INVALID_CONFIGURATION} where the
     *     path cannot be a directory of ours
     */
    public static DataDirectory open(Path path) {
        Path root;
        try {
            createPrivate(path.toAbsolutePath());
            root = path.toRealPath();
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The data directory " + path + " cannot be created or read (" + e
                            + "). Give another one with --data or ESTRAN_DATA.",
                    e);
        }
        if (!OWNED.add(root)) {
            throw inUse(root);
        }
        try {
            return lock(root);
        } catch (RuntimeException e) {
            OWNED.remove(root);
            throw e;
        }
    }

    public Path root() {
        return root;
    }

    /** Tells this directory from others that share a metastore with it. Made once; a copied directory has the same. */
    public String node() {
        return node;
    }

    public Path metastore() {
        return root.resolve("metastore.db");
    }

    /** Written by a server that owns the directory: its port and token. */
    public Path serverFile() {
        return root.resolve("server.json");
    }

    /** The key of the stored secrets, unless the environment holds it. */
    public Path secretsKey() {
        return root.resolve("secrets.key");
    }

    public Path warehouse() {
        return root.resolve("warehouse");
    }

    public Path journal() {
        return root.resolve("journal");
    }

    public Path tmp() {
        return root.resolve("tmp");
    }

    public Path models() {
        return root.resolve("models");
    }

    public Path rejects() {
        return root.resolve("rejects");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(pidFile(root));
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("releasing " + root, e);
        } finally {
            OWNED.remove(root);
        }
    }

    private static DataDirectory lock(Path root) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(root);
            }
            Files.writeString(
                    pidFile(root), Long.toString(ProcessHandle.current().pid()));
            DataDirectory directory = new DataDirectory(root, channel, lock, node(root));
            for (Path part : new Path[] {
                directory.warehouse(), directory.journal(), directory.tmp(), directory.models(), directory.rejects()
            }) {
                createPrivate(part);
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            if (e instanceof EstranException known) {
                throw known;
            }
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The data directory " + root + " cannot be used (" + e + "). Check its owner and permissions.",
                    e);
        }
    }

    /** On disk before it is used: with another id, what the journal has committed under this one would be done twice. */
    private static String node(Path root) throws IOException {
        Path file = root.resolve("node");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        String id = UUID.randomUUID().toString();
        Path temporary = root.resolve("node.tmp");
        Files.writeString(
                temporary,
                id,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(root, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return id;
    }

    private static EstranException inUse(Path root) {
        String owner = "another process";
        try {
            owner = "process " + Files.readString(pidFile(root)).strip();
        } catch (IOException e) {
            // The owner's number is a courtesy; without it the message still says what to do.
        }
        String next = Files.exists(root.resolve("server.json"))
                ? "A server runs on it: commands on the same directory go through it (see server.json there)."
                : "Wait until it has ended, or give another directory with --data or ESTRAN_DATA.";
        return new EstranException(
                ErrorCode.DATA_DIRECTORY_IN_USE, "The data directory " + root + " is in use by " + owner + ". " + next);
    }

    private static void createPrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static Path pidFile(Path root) {
        return root.resolve("owner.pid");
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The error that brought us here is the one to report.
            }
        }
    }
}
