package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.ai.Capabilities;
import dev.estran.config.Settings;
import dev.estran.metastore.Metastore;
import dev.estran.metastore.MetastoreAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code estran doctor}: what this installation has, what it lacks, and what to do about it. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Checks the installation and says what works.")
final class DoctorCommand implements Callable<Integer> {

    private static final long LOW_DISK_BYTES = 1L << 30;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    private int failures;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("This machine");
        check("Java", () -> Runtime.version() + ", " + System.getProperty("java.vendor"));
        check("processors and memory", DoctorCommand::machine);
        check("configuration", () -> {
            connection.config(Map.of());
            return Settings.all().size() + " settings, all valid";
        });
        check("data directory", this::dataDirectory);
        check("metastore", this::metastore);
        out.println();
        out.println("Estran");
        check("server", this::server);
        check("one statement", this::statement);
        out.println();
        out.println("What works without a generative model");
        for (Capabilities.Capability capability : Capabilities.all()) {
            if (capability.state() != Capabilities.State.PLANNED) {
                out.printf(
                        "  %-38s %-14s %s%n",
                        capability.name(), capability.state().text(), capability.method());
            }
        }
        out.println();
        out.println(failures == 0 ? "Everything checked is in order." : failures + " of the checks failed.");
        return failures == 0 ? 0 : 1;
    }

    private void check(String what, Callable<String> probe) {
        String line;
        try {
            line = "ok    " + probe.call();
        } catch (EstranException e) {
            failures++;
            line = "FAIL  " + e.code() + ": " + e.text();
        } catch (Exception e) {
            failures++;
            line = "FAIL  " + e;
        }
        spec.commandLine().getOut().printf("  %-24s %s%n", what, line);
    }

    private static String machine() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return Runtime.getRuntime().availableProcessors() + " processors, heap up to " + heap + " MiB";
    }

    private String dataDirectory() throws IOException {
        Path directory = connection.dataDirectory();
        Path existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isWritable(existing)) {
            throw new EstranException(
                    ErrorCode.STORAGE_FAILED, directory + " cannot be written. Choose another with --data DIR.");
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < LOW_DISK_BYTES) {
            throw new EstranException(
                    ErrorCode.STORAGE_FULL, "only " + (free >> 20) + " MiB are free at " + directory + ".");
        }
        return directory + (Files.exists(directory) ? "" : " (made at first use)") + ", " + (free >> 30) + " GiB free";
    }

    private String metastore() {
        MetastoreAddress address = MetastoreAddress.of(
                connection.config(Map.of()), connection.dataDirectory().resolve("metastore.db"), System::getenv);
        return address + Metastore.probe(address);
    }

    private String server() {
        Optional<RemoteClient> server = connection.owningServer();
        if (server.isEmpty()) {
            return "none runs on this data directory (./estran up starts one)";
        }
        try (RemoteClient client = server.get()) {
            client.health();
            return "runs, " + client.description();
        }
    }

    private String statement() throws InterruptedException {
        try (Client client = connection.open()) {
            String id = client.submit(null, "SELECT 42");
            StatementView view = client.await(id, 30_000);
            EstranException error = view.error();
            if (error != null) {
                throw error;
            }
            return "answered in " + view.wallMillis() + " ms by " + client.description();
        }
    }
}
