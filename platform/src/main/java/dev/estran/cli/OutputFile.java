package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of the user's: it appears complete or not at all, and replaces one of its name. */
final class OutputFile {

    private OutputFile() {}

    /** Fills a file beside it. */
    @FunctionalInterface
    interface Content {
        void write(Path part) throws IOException;
    }

    /** Says what is wrong with a name before work is done for it. */
    static void check(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target) || parent == null || !Files.isDirectory(parent)) {
            throw failed(
                    target, Files.isDirectory(target) ? "it is a directory" : "its directory does not exist", null);
        }
    }

    static void write(Path target, Content content) {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            content.write(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(target, String.valueOf(e.getMessage()), e);
        } finally {
            delete(part);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failed(part, "it could not be removed", e);
        }
    }

    private static EstranException failed(Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new EstranException(ErrorCode.STORAGE_FAILED, file + " cannot be written: " + why + ".", cause);
    }
}
