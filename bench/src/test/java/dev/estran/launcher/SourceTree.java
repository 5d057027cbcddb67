package dev.estran.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** A copy of what git holds, without tests and never anything built: what a stranger clones. */
final class SourceTree {

    static final Path ROOT =
            Path.of(System.getProperty("estran.root", "..")).toAbsolutePath().normalize();

    private static final List<String> SOURCES = List.of(
            "pom.xml",
            "mvnw",
            ".mvn",
            "platform",
            "testing",
            "bench",
            "web",
            "samples",
            "docs",
            "LICENSE",
            "CHANGELOG.md",
            "README.md",
            "README.fr.md");

    private SourceTree() {}

    static void copyLauncher(Path target) throws IOException {
        Files.copy(
                ROOT.resolve("estran"),
                target.resolve("estran"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static void copy(Path target) throws IOException {
        copyLauncher(target);
        for (String name : SOURCES) {
            Path source = ROOT.resolve(name);
            if (Files.exists(source)) {
                Files.walkFileTree(source, new Copy(ROOT, target));
            }
        }
    }

    private static final class Copy extends SimpleFileVisitor<Path> {

        private static final List<String> BUILT = List.of("target", "node_modules", "dist", "generated");

        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            boolean built =
                    BUILT.contains(folder.getFileName().toString()) && !folder.startsWith(from.resolve("platform/src"));
            if (built || folder.endsWith("src/test")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
        }
    }
}
