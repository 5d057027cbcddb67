package dev.estran.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Makes the archive from what the build left, and runs what is in it where neither Maven nor npm may be called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
final class PackageTest {

    private static final Pattern ASSET = Pattern.compile("/(assets/index-[^\"]+\\.js)\"");

    @TempDir
    Path temp = Path.of("unset");

    @Test
    void runsElsewhereWithAJdkAlone() throws IOException, InterruptedException {
        Path archive = pack("one");
        assertThat(archive.getFileName().toString()).matches("estran-\\d.*\\.tar\\.gz");
        assertThat(Files.mismatch(archive, pack("two")))
                .as("the first byte that differs between two runs")
                .isEqualTo(-1);

        Path elsewhere = Files.createDirectory(temp.resolve("an other place"));
        run(List.of("tar", "xzf", archive.toString(), "-C", elsewhere.toString()));
        Path home = onlyFile(elsewhere);
        assertThat(home.resolve("licences/java")).isDirectoryContaining("glob:**jackson-core*");
        assertThat(home.resolve("licences/web/packages.txt")).content().contains("react ");
        runs(home);
        serves(home);
        assertThat(temp.resolve("called")).as("calls of Maven, npm or Node").doesNotExist();
    }

    /** As `estran package` does, from what this build has made already. */
    private Path pack(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(temp.resolve(name));
        Path app = SourceTree.ROOT.resolve("platform/target/estran");
        run(List.of(
                Path.of(System.getProperty("java.home", "/"), "bin", "java").toString(),
                "-cp",
                app.resolve("lib") + "/*",
                SourceTree.ROOT.resolve("platform/src/build/Archive.java").toString(),
                SourceTree.ROOT.toString(),
                app.toString(),
                folder.toString(),
                "2026-01-01T00:00:00Z"));
        return onlyFile(folder);
    }

    private void runs(Path home) throws IOException, InterruptedException {
        Launch.Outcome answer = Launch.start(home, List.of(), bareWorld(), "sql", "--data", data(), "select 42")
                .finish();
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("42");
        for (String command : List.of("test", "bench", "package")) {
            Launch.Outcome refused =
                    Launch.start(home, List.of(), bareWorld(), command).finish();
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains("estran " + command).contains("needs the source tree");
        }
        Launch.Outcome demo = Launch.start(home, List.of(), bareWorld(), "demo", "--data", data())
                .finish();
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.out()).contains("tickets").contains("CREATE MODEL");
    }

    private void serves(Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("estran").toString(), "up", "--port", "0", "--data", data())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(bareWorld());
        Process server = builder.start();
        try (HttpClient client = HttpClient.newHttpClient();
                var lines = server.inputReader()) {
            String ready = lines.lines()
                    .filter(line -> line.startsWith("Estran is ready on "))
                    .findFirst()
                    .orElseThrow();
            URI address = URI.create(ready.substring(ready.indexOf("http")).strip());
            String page = get(client, address.resolve("/")).body();
            Matcher asset = ASSET.matcher(page);
            assertThat(asset.find()).as(page).isTrue();
            HttpResponse<String> script = get(client, address.resolve("/" + asset.group(1)));
            assertThat(script.headers().firstValue("content-type")).hasValue("text/javascript; charset=utf-8");
            assertThat(script.body()).hasSizeGreaterThan(10_000);
        } finally {
            server.destroy();
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private String data() {
        return temp.resolve("some data").toString();
    }

    private static Map<String, String> world() {
        Map<String, String> world = new HashMap<>();
        world.put("PATH", System.getenv("PATH"));
        world.put("HOME", System.getProperty("user.home", "/"));
        world.put("ESTRAN_JAVA_HOME", System.getProperty("java.home", "/"));
        world.put("ESTRAN_AOT", "off");
        String repository = System.getProperty("maven.repo.local");
        world.put("ESTRAN_MAVEN_ARGS", "-o" + (repository == null ? "" : " -Dmaven.repo.local=" + repository));
        return world;
    }

    /** In front of everything stand a Maven, an npm and a Node that leave a trace. */
    private Map<String, String> bareWorld() throws IOException {
        Path bin = temp.resolve("bare");
        if (!Files.exists(bin)) {
            Files.createDirectory(bin);
            for (String name : List.of("mvn", "npm", "node")) {
                Path program = Files.writeString(
                        bin.resolve(name), "#!/bin/sh\necho " + name + " >>'" + temp.resolve("called") + "'\nexit 1\n");
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        Map<String, String> world = world();
        world.put("PATH", bin + ":" + System.getenv("PATH"));
        return world;
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
