package dev.estran.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results, uploads and exports of a process that was killed; nobody can ask for them any more. */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    static void remove(Path temporary) {
        for (String name : List.of("results", "uploads", "exports")) {
            Path directory = temporary.resolve(name);
            if (!Files.isDirectory(directory)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                log.warn("leftovers in {} could not be removed", directory, e);
            }
        }
    }
}
