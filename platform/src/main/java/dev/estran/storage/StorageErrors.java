package dev.estran.storage;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns errors of the file system into Estran's. */
public final class StorageErrors {

    /** What the C library says for ENOSPC, EDQUOT and EFBIG. Java keeps no error number. */
    private static final List<String> FULL_REASONS =
            List.of("No space left on device", "Disk quota exceeded", "quota exceeded", "File too large");

    /** Where the library speaks another language, a disk with less than this left counts as full. */
    private static final long FULL_BYTES = 64 * 1024;

    private StorageErrors() {}

    /** The error for a failed read or write of a file. */
    public static EstranException translate(IOException error, Path path) {
        Map<String, Object> details = Map.of("path", path.toString());
        if (isFull(error, path)) {
            return new EstranException(
                    ErrorCode.STORAGE_FULL,
                    "No space is left for " + path + "; nothing was committed. Free some space and try again.",
                    details,
                    error);
        }
        return new EstranException(
                ErrorCode.STORAGE_FAILED,
                "The file " + path + " cannot be read or written (" + reason(error)
                        + "). Check the disk and its permissions, then try again.",
                details,
                error);
    }

    private static boolean isFull(IOException error, Path path) {
        String reason = reason(error);
        if (FULL_REASONS.stream().anyMatch(reason::contains)) {
            return true;
        }
        if (error.getClass() != IOException.class && error.getClass() != FileSystemException.class) {
            return false;
        }
        try {
            Path existing = existing(path);
            return existing != null && Files.getFileStore(existing).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static String reason(IOException error) {
        String reason = error instanceof FileSystemException e ? e.getReason() : error.getMessage();
        return reason == null ? error.getClass().getSimpleName() : reason;
    }

    private static @Nullable Path existing(Path path) {
        Path at = path.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }
}
