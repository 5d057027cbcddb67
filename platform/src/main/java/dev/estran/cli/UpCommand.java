package dev.estran.cli;

import dev.estran.config.Config;
import dev.estran.config.Settings;
import dev.estran.platform.Platform;
import dev.estran.platform.ServerAddress;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code estran up}: the server, until it is stopped. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Starts the server and stays until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

    private static final int CLOSE_SECONDS = 30;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    @Option(names = "--host", description = "Address to listen on (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", description = "Port to listen on (default: 8080; 0 takes a free one).")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> flags = new HashMap<>();
        if (host != null) {
            flags.put(Settings.HTTP_HOST.key(), host);
        }
        if (port != null) {
            flags.put(Settings.HTTP_PORT.key(), port.toString());
        }
        Config config = connection.config(flags);
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Platform platform = Platform.start(config)) {
            ServerAddress address = platform.serve();
            out.println("Estran is ready on " + address.url());
            out.println("Open " + address.signInLink() + " (signs in once)");
            out.println("Data: " + config.dataDirectory());
            out.println("Token: in " + address.file() + " (commands on this machine find it by themselves)");
            out.flush();
            // The JVM may not end before everything is closed.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stopped.countDown();
                try {
                    closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            stopped.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }
}
