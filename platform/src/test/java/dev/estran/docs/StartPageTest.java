package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.cli.Main;
import dev.estran.testing.ModelSimulator;
import dev.estran.testing.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/start.md as a reader would: every block of commands, in order, in one folder, with an {@code estran} that
 * starts this build. Exit codes and what the page shows are compared. {@code -Destran.docs=write} puts what was printed
 * into the page, but for outputs with a line of dots.
 */
final class StartPageTest {

    private static final String PAGE = "docs/start.md";

    /** The address on the page that the simulator of models stands in for. */
    private static final String SUPPLIER = "http://127.0.0.1:11434/v1";

    /** What the simulated model knows. */
    private static final Map<String, String> TOPICS = Map.of("Where is my parcel? I am still waiting.", "delivery");

    private static final long BLOCK_MINUTES = 4;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyBlockDoesWhatThePageSays() throws Exception {
        String page = DocsFile.read(PAGE);
        List<PageBlock> blocks = PageBlock.of(page);
        assertThat(blocks).hasSizeGreaterThan(10);
        assertThat(page).contains(SUPPLIER);
        StringBuilder rewritten = new StringBuilder();
        int copied = 0;
        List<String> wrong = new ArrayList<>();
        prepare();
        try (ModelSimulator simulator = ModelSimulator.start()) {
            simulator.putTasks(Task.labels("topic", TOPICS));
            for (PageBlock block : blocks) {
                String printed = run(block, simulator, wrong);
                if (!block.shown().isEmpty()) {
                    boolean keep = block.elided();
                    rewritten.append(page, copied, keep ? block.shownEnd() : block.shownStart());
                    copied = block.shownEnd();
                    rewritten.append(keep ? "" : printed);
                    if (!block.matches(printed) && (keep || !DocsFile.writing())) {
                        wrong.add("of\n" + block.commands() + "the page shows\n" + block.shown() + "but it printed\n"
                                + printed);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        if (DocsFile.writing()) {
            Files.writeString(DocsFile.ROOT.resolve(PAGE), rewritten.append(page.substring(copied)));
        }
    }

    /** The samples, and a launcher that needs no build. A server takes any free port. */
    private void prepare() throws IOException {
        Path samples = DocsFile.ROOT.resolve("samples");
        Files.createDirectory(folder.resolve("samples"));
        try (Stream<Path> files = Files.list(samples)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve("samples").resolve(file.getFileName()));
            }
        }
        Path launcher = folder.resolve("estran");
        Files.writeString(
                launcher, """
                #!/usr/bin/env bash
                [ "$1" = up ] && set -- "$@" --port 0
                exec '%s' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC \
                  -XX:TieredStopAtLevel=1 -Xmx1g -Destran.home="$PWD" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
                  -cp "$ESTRAN_TEST_CLASS_PATH" %s "$@"
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), Main.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    /** What the block printed, with the names of this machine replaced by those of the page. */
    private String run(PageBlock block, ModelSimulator simulator, List<String> wrong)
            throws IOException, InterruptedException {
        Path failures = folder.resolve("failures.txt");
        Files.deleteIfExists(failures);
        Path output = folder.resolve("output.txt");
        String script = "trap 'echo \"$? $BASH_COMMAND\" >>failures.txt' ERR\n"
                + block.commands().replace(SUPPLIER, simulator.url() + "/v1");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ESTRAN_TEST_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment().keySet().removeAll(List.of("ESTRAN_DATA", "ESTRAN_TOKEN", "ESTRAN_SERVER", "COLUMNS"));
        Process process = builder.start();
        if (!process.waitFor(BLOCK_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            wrong.add("not done in " + BLOCK_MINUTES + " minutes:\n" + block.commands());
        }
        String failed = Files.exists(failures) ? Files.readString(failures).strip() : "";
        String expected = block.exitCode() + " " + block.commands().strip();
        if (!(block.exitCode() == 0 ? failed.isEmpty() : failed.equals(expected))) {
            wrong.add("in\n" + block.commands() + "failed: " + failed + "\n" + Files.readString(output));
        }
        return Files.readString(output)
                .replace(folder.toRealPath().toString(), "/home/you/estran")
                .replace(folder.toString(), "/home/you/estran")
                .replaceAll("(?m) +$", "");
    }
}
