package dev.estran.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One start of the launcher, with its output in files, in an environment that holds only what is named. */
final class Launch {

    record Outcome(int exitCode, String out, String err) {}

    /** A build on a machine that is busy with others takes minutes. */
    private static final int PATIENCE_MINUTES = 10;

    private final Process process;
    private final Path out;
    private final Path err;

    private Launch(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param prefix words before the launcher, for example to take its network away */
    static Launch start(Path folder, List<String> prefix, Map<String, String> environment, String... arguments)
            throws IOException {
        Path out = Files.createTempFile(folder, "launch", ".out");
        Path err = Files.createTempFile(folder, "launch", ".err");
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("estran").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Maven's script hands its own variables on to what it starts; they would point to this project.
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Launch(builder.start(), out, err);
    }

    /** Fails when the launcher hangs. */
    Outcome finish() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after " + PATIENCE_MINUTES + " minutes:\n" + read(err));
        }
        return new Outcome(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
