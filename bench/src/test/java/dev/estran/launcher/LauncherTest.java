package dev.estran.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real launcher in a copy of the sources, in the worlds that a stranger's machine may offer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
final class LauncherTest {

    @TempDir
    Path temp = Path.of("unset");

    private Path tree = Path.of("unset");
    private Path java17 = Path.of("unset");

    @BeforeEach
    void prepare() throws IOException {
        tree = Files.createDirectory(temp.resolve("a tree"));
        java17 = oldJdk(temp.resolve("old").resolve("jdk-17"));
        SourceTree.copyLauncher(tree);
    }

    @Test
    void buildsOfflineWithAnOldJavaInFrontAndLaterStartsSkipMaven() throws IOException, InterruptedException {
        SourceTree.copy(tree);
        List<String> noNetwork = withoutNetwork();
        Map<String, String> world = world(noNetwork.isEmpty() ? "-o" : "");

        Launch one = Launch.start(tree, noNetwork, world, "--version");
        Launch two = Launch.start(tree, noNetwork, world, "--version");
        Launch.Outcome first = one.finish();
        Launch.Outcome second = two.finish();

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(first.out()).matches("estran \\d+\\.\\d+.*\\R");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(first.err() + second.err())
                .as("one of the two builds, the other waits for it")
                .containsOnlyOnce("built in")
                .contains("waiting for it");

        // From here on Maven would fail.
        Map<String, String> noMaven = new HashMap<>(world);
        noMaven.put("PATH", brokenMaven() + ":" + world.get("PATH"));
        Launch.Outcome later =
                Launch.start(tree, List.of(), noMaven, "--version").finish();
        assertThat(later.exitCode()).as(later.err()).isZero();
        assertThat(later.err()).isEmpty();

        noMaven.put("ESTRAN_AOT", "wait");
        assertThat(Launch.start(tree, List.of(), noMaven, "--version").finish().out())
                .isEqualTo(first.out());
        assertThat(files("cli.aot")).as("AOT caches made by training runs").hasSize(1);
        breakCaches();
        Launch.Outcome broken =
                Launch.start(tree, List.of(), noMaven, "--version").finish();
        assertThat(broken.out()).isEqualTo(first.out());
        assertThat(broken.err())
                .as("a cache that does not fit is not worth a word")
                .isEmpty();

        Path source = tree.resolve("platform/src/main/java/dev/estran/package-info.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Launch.Outcome changed =
                Launch.start(tree, List.of(), noMaven, "--version").finish();
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.err()).contains("sources changed").contains("the build failed");
    }

    @Test
    void namesWhatIsMissingWhenTheRegistryCannotBeReached() throws IOException, InterruptedException {
        SourceTree.copy(tree);
        Path settings = Files.writeString(temp.resolve("settings.xml"), """
                <settings><mirrors><mirror>
                  <id>nowhere</id><mirrorOf>*</mirrorOf><url>http://127.0.0.1:1/</url>
                </mirror></mirrors></settings>
                """);
        Path empty = Files.createDirectory(temp.resolve("empty"));

        Launch.Outcome outcome = Launch.start(
                        tree, List.of(), world("-s " + settings + " -Dmaven.repo.local=" + empty), "--version")
                .finish();

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("registry cannot be reached")
                .contains("not in the local repository")
                .containsPattern("org\\.[a-z.]+:[a-z-]+:.*\\d")
                .contains("settings.xml");
    }

    @Test
    void saysHowToInstallAJdkWhenThereIsNone() throws IOException, InterruptedException {
        Map<String, String> world = world("");
        world.put("ESTRAN_JDK_FOLDERS", java17.resolve("..").toString());

        Launch.Outcome outcome =
                Launch.start(tree, List.of(), world, "--version").finish();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("no JDK 25")
                .contains("apt-get install openjdk-25-jdk")
                .contains("brew install openjdk@25")
                .contains("winget install");
    }

    @Test
    void refusesAChosenJdkThatIsTooOld() throws IOException, InterruptedException {
        Map<String, String> world = world("");
        world.put("ESTRAN_JAVA_HOME", java17.toString());

        Launch.Outcome outcome =
                Launch.start(tree, List.of(), world, "--version").finish();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("ESTRAN_JAVA_HOME").contains(java17.toString());
    }

    /** Java 17 stands first everywhere; the JDK of this test lies in one of the folders that are searched. */
    private Map<String, String> world(String mavenArguments) {
        Map<String, String> world = new HashMap<>();
        world.put("PATH", java17.resolve("bin") + ":" + System.getenv("PATH"));
        world.put("HOME", System.getProperty("user.home", "/"));
        world.put("JAVA_HOME", java17.toString());
        Path jdk = Path.of(System.getProperty("java.home", "/"));
        world.put("ESTRAN_JDK_FOLDERS", java17.resolve("..") + ":" + jdk.resolve(".."));
        world.put("ESTRAN_AOT", "off");
        String repository = System.getProperty("maven.repo.local");
        world.put(
                "ESTRAN_MAVEN_ARGS",
                (repository == null ? "" : "-Dmaven.repo.local=" + repository + " ") + mavenArguments);
        return world;
    }

    /** Words that start a program without any network, or none when this machine does not permit it. */
    private static List<String> withoutNetwork() throws InterruptedException {
        List<String> prefix = List.of("unshare", "-r", "-n");
        try {
            Process probe = new ProcessBuilder("unshare", "-r", "-n", "true").start();
            return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Path oldJdk(Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.9\"\n");
        script(home.resolve("bin/java"), "echo 'openjdk version \"17.0.9\"' >&2; exit 1");
        script(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private Path brokenMaven() throws IOException {
        Path bin = Files.createDirectory(temp.resolve("broken"));
        script(
                bin.resolve("mvn"),
                "[ \"$1\" = -v ] && echo 'Apache Maven 3.9.9' || { echo '[ERROR] broken'; exit 1; }");
        return bin;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.find(tree.resolve(".estran"), 2, (p, a) -> p.endsWith(name))) {
            return files.toList();
        }
    }

    private void breakCaches() throws IOException {
        for (Path cache : files("cli.aot")) {
            Files.writeString(cache, "not a cache");
        }
    }
}
