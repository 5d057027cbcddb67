package dev.estran.secret;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of the stored secrets lies: in {@code ESTRAN_SECRETS_KEY}, or else in a file of mode 0600 in the data
 * directory, which is made with the first secret.
 */
final class KeySource {

    static final String VARIABLE = "ESTRAN_SECRETS_KEY";
    static final String OLD_VARIABLE = "ESTRAN_SECRETS_KEY_OLD";

    private static final String REMARK =
            "# The key of Estran's stored secrets. Without it they cannot be read: keep a copy, apart from the backup.\n";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWN =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final Function<String, @Nullable String> environment;

    KeySource(Path file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    boolean fromEnvironment() {
        String value = environment.apply(VARIABLE);
        return value != null && !value.isBlank();
    }

    String description() {
        return fromEnvironment() ? "The environment variable " + VARIABLE : "The file " + file;
    }

    /** The keys there are; empty where none was made yet. */
    Optional<KeyRing> find() {
        if (fromEnvironment()) {
            String old = environment.apply(OLD_VARIABLE);
            String text = environment.apply(VARIABLE) + (old == null || old.isBlank() ? "" : "\n" + old);
            return Optional.of(KeyRing.parse(text, description()));
        }
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            requirePrivate();
            return Optional.of(KeyRing.parse(Files.readString(file), description()));
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.SECRET_UNREADABLE,
                    description() + " cannot be read (" + e.getClass().getSimpleName() + "). Check its owner and mode.",
                    e);
        }
    }

    private void requirePrivate() throws IOException {
        if (posix() && !OWN.containsAll(Files.getPosixFilePermissions(file))) {
            throw new EstranException(
                    ErrorCode.SECRET_UNREADABLE,
                    description() + " can be read by other users of this machine. Run: chmod 600 " + file);
        }
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Replaces the file as a whole; after a crash it is the one before or the new one. First key first. */
    KeyRing write(List<String> keys) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            if (posix()) {
                Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PRIVATE));
            } else {
                Files.createFile(temporary);
            }
            Files.writeString(temporary, REMARK + String.join("\n", keys) + "\n");
            sync(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
            return KeyRing.parse(Files.readString(file), description());
        } catch (IOException e) {
            throw new EstranException(
                    ErrorCode.STORAGE_FAILED,
                    description() + " cannot be written (" + e.getClass().getSimpleName()
                            + "). Free some space or check the directory's owner.",
                    e);
        }
    }

    private static void sync(@Nullable Path path, StandardOpenOption mode) throws IOException {
        if (path != null) {
            try (FileChannel channel = FileChannel.open(path, mode)) {
                channel.force(true);
            }
        }
    }
}
