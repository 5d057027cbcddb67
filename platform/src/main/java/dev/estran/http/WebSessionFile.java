package dev.estran.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Browsers that stay signed in over a restart of the server: one line for each, the hash of its session's id and when it
 * was last used. Who holds the file cannot sign in with it. What cannot be read or written costs a sign-in, nothing more.
 */
final class WebSessionFile {

    private static final Logger log = LoggerFactory.getLogger(WebSessionFile.class);
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;

    WebSessionFile(Path file) {
        this.file = file;
    }

    /** Hashes and the time of their last use. */
    Map<String, Instant> read() {
        Map<String, Instant> found = new HashMap<>();
        try {
            if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
                return found;
            }
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2
                        && parts[0].length() == WebSessions.HASH_LENGTH
                        && parts[1].matches("[0-9]{1,12}")) {
                    found.put(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])));
                }
            }
        } catch (IOException e) {
            log.warn("the browsers that were signed in are not known: {}", e.toString());
        }
        return found;
    }

    void write(Map<String, Instant> sessions) {
        List<String> lines = new ArrayList<>();
        sessions.forEach((hash, used) -> lines.add(hash + " " + used.getEpochSecond()));
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(temporary, lines);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("the browsers that are signed in could not be kept: {}", e.toString());
        }
    }
}
