package dev.estran.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Iceberg's files on a local disk. What it wrote and closed is on disk. Locations are {@code file:} followed by an
 * absolute path, unescaped, as other Iceberg engines write them. Errors are {@code STORAGE_FULL} and
 * {@code STORAGE_FAILED}.
 */
public final class LocalFileIO implements FileIO {

    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "file:";

    /** The location under which Iceberg metadata names a file. */
    public static String location(Path path) {
        return SCHEME + path.toAbsolutePath();
    }

    /** The file a location names. */
    public static Path path(CharSequence location) {
        String text = location.toString();
        if (!text.startsWith(SCHEME)) {
            return Path.of(text);
        }
        String rest = text.substring(SCHEME.length());
        return Path.of(rest.startsWith("//") ? rest.substring(2) : rest);
    }

    @Override
    public InputFile newInputFile(String location) {
        return org.apache.iceberg.Files.localInput(path(location).toFile());
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, path(location));
    }

    /** Deletes the file; one that is not there is fine. */
    @Override
    public void deleteFile(String location) {
        Path path = path(location);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw StorageErrors.translate(e, path);
        }
    }

    private record LocalOutput(String location, Path path) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            try {
                return SyncedOutput.open(path, false);
            } catch (FileAlreadyExistsException e) {
                throw new AlreadyExistsException(e, "%s exists already", path);
            } catch (IOException e) {
                throw StorageErrors.translate(e, path);
            }
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            try {
                return SyncedOutput.open(path, true);
            } catch (IOException e) {
                throw StorageErrors.translate(e, path);
            }
        }

        @Override
        public InputFile toInputFile() {
            return org.apache.iceberg.Files.localInput(path.toFile());
        }
    }
}
