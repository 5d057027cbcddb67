package dev.estran.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another JVM on this one's class path, for what only a process of its own can suffer. */
public final class ChildJvm {

    private ChildJvm() {}

    /** @param prefix a command that runs the one after it, for example {@code unshare -rm} */
    public static Process start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
        return start(prefix, "300m", main, arguments);
    }

    /** @param heap the most it may take, for example {@code 128m} */
    public static Process start(List<String> prefix, String heap, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx" + heap,
                "-Xshare:auto"));
        command.add("-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
