package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories of instances: made, synced, removed. */
final class PrivateDirectory {

    private static final Logger log = LoggerFactory.getLogger(PrivateDirectory.class);

    private PrivateDirectory() {}

    static Path create(Path parent) {
        Path directory = parent.toAbsolutePath().resolve(UUID.randomUUID().toString());
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.STORAGE_FAILED,
                    "A directory for temporary files could not be made below " + parent + ".",
                    e);
        }
    }

    /** Makes the file and its directory entry survive a power cut. */
    static void sync(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
            content.force(true);
            if (parent != null && !System.getProperty("os.name", "").startsWith("Windows")) {
                try (FileChannel entry = FileChannel.open(parent, StandardOpenOption.READ)) {
                    entry.force(true);
                }
            }
        } catch (IOException e) {
            throw new EstranException(ErrorCode.STORAGE_FAILED, "A data file could not be synced to disk.", e);
        }
    }

    /** Removes a directory and what is in it; leaves what cannot be removed to the next start. */
    static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("temporary directory {} could not be removed: {}", directory, e.toString());
        }
    }
}
