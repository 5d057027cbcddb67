package dev.estran.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The project's own launcher, as a user starts it. */
final class Launcher {

    private static final int BUILD_SECONDS = 900;
    private static final int READY_SECONDS = 60;

    private final Path script;
    private boolean prepared;

    Launcher(Path home) {
        this.script = home.resolve("estran");
    }

    /** Builds what is stale and makes the AOT caches, so that a start measured later does neither. */
    void prepare() throws IOException, InterruptedException {
        if (!prepared) {
            try (Child child = Child.start(List.of(script.toString(), "--version"), Map.of("ESTRAN_AOT", "wait"))) {
                child.finish(BUILD_SECONDS);
            }
            prepared = true;
        }
    }

    Child start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return Child.start(command, Map.of());
    }

    /** A server on a free port; returns when it says that it is ready to serve. */
    Server server(Path data) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Child child = start("up", "--port", "0", "--data", data.toString());
        try {
            String line = child.await("Estran is ready on ", READY_SECONDS);
            URI address = URI.create(line.substring(line.indexOf("http")).strip());
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            HttpResponse<String> ready = client.send(
                    HttpRequest.newBuilder(address.resolve("/health/ready"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            double millis = (System.nanoTime() - started) / 1e6;
            if (ready.statusCode() != 200) {
                throw new IOException("/health/ready answers " + ready.statusCode() + ": " + ready.body());
            }
            return new Server(child, address, client, millis);
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** @param readyMillis from the launcher's start until /health/ready said yes */
    record Server(Child child, URI address, HttpClient client, double readyMillis) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            client.close();
            child.close();
        }
    }
}
