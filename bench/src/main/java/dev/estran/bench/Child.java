package dev.estran.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A child process; closing it ends it, whatever state it is in. */
final class Child implements AutoCloseable {

    private static final int STOP_SECONDS = 30;
    private static final Set<String> KEPT = Set.of("ESTRAN_JAVA_HOME", "ESTRAN_CHROMIUM");
    private static final int MAX_LINES = 10_000;

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(MAX_LINES);
    private final CountDownLatch read = new CountDownLatch(1);
    private long peakKib;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** @param environment added to this process's own, without what would lead to another server or directory */
    static Child start(List<String> command, Map<String, String> environment) throws IOException {
        Path errors = Files.createTempFile("estran-bench", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ESTRAN_") && !KEPT.contains(name));
        builder.environment().putAll(environment);
        Child child = new Child(builder.start(), errors);
        Thread.ofVirtual().name("bench-child-output").start(child::read);
        return child;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.offer(line);
            }
        } catch (IOException e) {
            // the child is gone
        } finally {
            read.countDown();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for a line of output that starts so. */
    String await(String prefix, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline) {
            String line = lines.poll(50, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(prefix)) {
                return line;
            }
            if (line == null && !process.isAlive()) {
                break;
            }
        }
        throw new IOException("a child process did not say '" + prefix + "' in " + seconds + " s: " + errorText());
    }

    /** The next line of output, or null after the last. */
    @Nullable
    String line(int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline) {
            // Asked for before the queue, so that what it said last is not missed.
            boolean over = read.getCount() == 0;
            String line = lines.poll(over ? 0 : 50, TimeUnit.MILLISECONDS);
            if (line != null || over) {
                return line;
            }
        }
        throw new IOException("a child process said nothing for " + seconds + " s: " + errorText());
    }

    /** Waits for the end, watching the memory; fails unless the exit code is 0. */
    void finish(int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peakKib = Math.max(peakKib, statusKib("VmHWM"));
            if (System.nanoTime() > deadline) {
                throw new IOException("a child process ran longer than " + seconds + " s: " + errorText());
            }
        }
        if (process.exitValue() != 0) {
            throw new IOException("a child process ended with " + process.exitValue() + ": " + errorText());
        }
    }

    /** Waits for the end without looking at anything. */
    void finishQuickly(int seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IOException("a child process ran longer than " + seconds + " s: " + errorText());
        }
        if (process.exitValue() != 0) {
            throw new IOException("a child process ended with " + process.exitValue() + ": " + errorText());
        }
    }

    /** The most memory it has held, as far as {@link #finish} saw. */
    double peakMib() {
        return peakKib / 1024.0;
    }

    double residentMib() throws IOException {
        return statusKib("VmRSS") / 1024.0;
    }

    private long statusKib(String field) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.replaceAll("\\D+", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (java.nio.file.NoSuchFileException | java.io.UncheckedIOException e) {
            return 0; // it ended in this moment
        }
    }

    private String errorText() throws IOException {
        String text = Files.readString(errors);
        return text.substring(Math.max(0, text.length() - 2000)).strip();
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
