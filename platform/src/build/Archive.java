import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Makes the archives of {@code estran package}: run by the launcher from source, with the libraries of the build on the class
 * path. Names are sorted, times and owners fixed, so the same build gives the same bytes.
 */
final class Archive {

    private static final Pattern LICENCE = Pattern.compile("(?i)(?:META-INF/)?(?:licen[cs]e|notice|copying|about)[^/]*"
            + "|META-INF/(?:licen[cs]es?|maven/[^/]+/[^/]+)/(?:[^/]*/)*[^/]*licen[cs]e[^/]*");
    private static final Pattern PACKAGE_LICENCE = Pattern.compile("(?i)(?:licen[cs]e|notice|copying|ofl)[^/]*");

    private final Path root;
    private final Path app;
    /** What each name in the archive holds: a file, or its bytes. */
    private final SortedMap<String, Object> entries = new TreeMap<>();

    private Archive(Path root, Path app) {
        this.root = root;
        this.app = app;
    }

    /** Arguments: the root, the build, the folder to write to, the time of all files, and "zip" for that format as well. */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        Path app = Path.of(args[1]);
        Path folder = Files.createDirectories(Path.of(args[2]));
        Instant time = Instant.parse(args[3]);
        Archive archive = new Archive(root, app);
        String name = "estran-" + archive.version();
        archive.collect();
        archive.tar(folder.resolve(name + ".tar.gz"), name, time);
        if (args.length > 4) {
            archive.zip(folder.resolve(name + ".zip"), name, time);
        }
    }

    private String version() throws IOException {
        try (JarFile jar = new JarFile(app.resolve("estran-platform.jar").toFile())) {
            if (jar.getEntry("dev/estran/web/index.html") == null) {
                throw new IOException("the pages for the browser are not in the build. Install Node 20 with npm, and try again");
            }
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }

    private void collect() throws IOException {
        for (String name : List.of("estran", "LICENSE", "CHANGELOG.md", "README.md", "README.fr.md")) {
            if (Files.exists(root.resolve(name))) {
                entries.put(name, root.resolve(name));
            }
        }
        folder("app/lib", app.resolve("lib"));
        folder("app/native", app.resolve("native"));
        entries.put("app/estran-platform.jar", app.resolve("estran-platform.jar"));
        folder("samples", root.resolve("samples"));
        folder("docs", root.resolve("docs"));
        libraryLicences();
        pageLicences();
    }

    private void folder(String name, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .forEach(file -> entries.put(
                            name + "/" + folder.relativize(file).toString().replace('\\', '/'), file));
        }
    }

    /** What the libraries' own files say; the list of all, with those that carry no text, is docs/reference/licences.md. */
    private void libraryLicences() throws IOException {
        try (Stream<Path> jars = Files.list(app.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                try (ZipFile file = new ZipFile(jar.toFile())) {
                    for (ZipEntry entry : file.stream().toList()) {
                        if (!entry.isDirectory() && LICENCE.matcher(entry.getName()).matches()
                                && !entry.getName().endsWith(".class")) {
                            String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
                            entries.put(
                                    "licences/java/" + name + "/" + entry.getName().replaceAll("^META-INF/", ""),
                                    file.getInputStream(entry).readAllBytes());
                        }
                    }
                }
            }
        }
    }

    /** The packages that are in the pages for the browser, as the lock file says. */
    private void pageLicences() throws IOException {
        JsonNode lock = new ObjectMapper().readTree(root.resolve("web/package-lock.json").toFile());
        StringBuilder list = new StringBuilder("Packages in the pages for the browser\n\n");
        for (Map.Entry<String, JsonNode> one : lock.path("packages").properties()) {
            Path folder = root.resolve("web").resolve(one.getKey());
            if (one.getKey().isEmpty() || one.getValue().path("dev").asBoolean() || !Files.isDirectory(folder)) {
                continue;
            }
            String name = one.getKey().replaceFirst(".*node_modules/", "");
            list.append(name).append(' ').append(one.getValue().path("version").asText()).append(": ")
                    .append(one.getValue().path("license").asText("see its own text")).append('\n');
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> PACKAGE_LICENCE.matcher(file.getFileName().toString()).matches())
                        .filter(Files::isRegularFile)
                        .forEach(file -> entries.put("licences/web/" + name + "/" + file.getFileName(), file));
            }
        }
        entries.put("licences/web/packages.txt", list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static long size(Object content) throws IOException {
        return content instanceof Path file ? Files.size(file) : ((byte[]) content).length;
    }

    private static void copy(Object content, OutputStream out) throws IOException {
        if (content instanceof Path file) {
            Files.copy(file, out);
        } else {
            out.write((byte[]) content);
        }
    }

    private static int mode(String name) {
        return name.equals("estran") ? 0755 : 0644;
    }

    private void tar(Path target, String prefix, Instant time) throws Exception {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(
                new BufferedOutputStream(Files.newOutputStream(part)), parameters), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, Object> one : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(prefix + "/" + one.getKey());
                entry.setSize(size(one.getValue()));
                entry.setMode(mode(one.getKey()));
                entry.setModTime(time.toEpochMilli());
                entry.setIds(0, 0);
                entry.setNames("root", "root");
                tar.putArchiveEntry(entry);
                copy(one.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
        finish(part, target);
    }

    private void zip(Path target, String prefix, Instant time) throws Exception {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(part)) {
            for (Map.Entry<String, Object> one : entries.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(prefix + "/" + one.getKey());
                entry.setSize(size(one.getValue()));
                entry.setUnixMode(0100000 | mode(one.getKey()));
                entry.setTime(time.toEpochMilli());
                zip.putArchiveEntry(entry);
                copy(one.getValue(), zip);
                zip.closeArchiveEntry();
            }
        }
        finish(part, target);
    }

    /** Nobody takes half an archive for a whole one. */
    private static void finish(Path part, Path target) throws Exception {
        Files.move(part, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(target), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        System.out.println(target);
        System.out.printf(java.util.Locale.ROOT, "  %.1f MB%n", Files.size(target) / 1e6);
        System.out.println("  SHA-256 " + HexFormat.of().formatHex(digest.digest()));
    }
}
