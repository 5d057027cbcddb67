package dev.estran.storage;

import dev.estran.TableName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the data of tables lies: one directory per table, with {@code data} and {@code metadata} in it. */
public final class Warehouse {

    private static final int READABLE_NAME_LENGTH = 40;

    private final Path root;

    public Warehouse(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** A location no other table has or had. Its name is for people: renaming the table does not move it. */
    public Path newTableLocation(TableName name) {
        return root.resolve(folder(name.catalog()))
                .resolve(folder(name.schema()))
                .resolve(folder(name.name()) + "-"
                        + UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    }

    /**
     * Moves a finished, synced file into a table's {@code data} directory under a new name.
     *
     * @return where it lies now; its name is on disk too
     */
    public Path adopt(Path staged, Path tableLocation) {
        Path data = tableLocation.resolve("data");
        Path target = data.resolve(UUID.randomUUID() + ".parquet");
        try {
            Files.createDirectories(data);
            try {
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                copy(staged, target);
            }
            SyncedOutput.syncDirectory(data);
            return target;
        } catch (IOException e) {
            throw StorageErrors.translate(e, target);
        }
    }

    /** Deletes a table's directory and all in it; one that is not there is fine. Refuses paths outside the warehouse. */
    public void deleteLocation(Path tableLocation) {
        Path location = tableLocation.toAbsolutePath().normalize();
        if (!location.startsWith(root) || location.getNameCount() != root.getNameCount() + 3) {
            throw new IllegalArgumentException(location + " is not a table location of " + root);
        }
        try {
            Files.walkFileTree(location, new DeleteAll());
        } catch (NoSuchFileException e) {
            // Deleted before, by a run that ended before it could say so.
        } catch (IOException e) {
            throw StorageErrors.translate(e, location);
        }
    }

    /** A folder name that no name from outside can turn into a path of its own choice. */
    private static String folder(String name) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), READABLE_NAME_LENGTH); i++) {
            char c = name.charAt(i);
            safe.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
        }
        return safe.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.delete(from);
    }

    private static final class DeleteAll extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
            if (error != null) {
                throw error;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
