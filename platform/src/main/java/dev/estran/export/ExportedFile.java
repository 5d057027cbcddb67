package dev.estran.export;

import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A result as a complete, private file, deleted when closed.
 *
 * @param name to offer for it, for example {@code orders.xlsx}
 * @param truncated whether the row limit had cut the result
 */
public record ExportedFile(Path file, String name, ExportFormat format, boolean truncated) implements AutoCloseable {

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }
}
