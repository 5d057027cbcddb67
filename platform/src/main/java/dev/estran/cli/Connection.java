package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command has to say where Estran is, and the way there. */
final class Connection {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory (default: $ESTRAN_DATA or ./estran-data).")
    private @Nullable Path data;

    @Option(names = "--server", paramLabel = "URL", description = "A running server instead of a data directory.")
    private @Nullable String server;

    @Option(names = "--token", paramLabel = "T", description = "Its token (default: $ESTRAN_TOKEN).")
    private @Nullable String token;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the configuration, for this start.")
    private Map<String, String> settings = new HashMap<>();

    Path dataDirectory() {
        if (data != null) {
            return data.toAbsolutePath().normalize();
        }
        String fromEnvironment = System.getenv("ESTRAN_DATA");
        return Path.of(fromEnvironment == null || fromEnvironment.isEmpty() ? "estran-data" : fromEnvironment)
                .toAbsolutePath()
                .normalize();
    }

    Config config(Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(settings);
        flags.putAll(more);
        return Config.load(dataDirectory(), System.getenv(), flags);
    }

    /** The server named, the server that owns the data directory, or a platform in this process. */
    Client open() {
        String url = server;
        if (url != null) {
            return new RemoteClient(url, remoteToken());
        }
        Optional<RemoteClient> owner = owningServer();
        if (owner.isPresent()) {
            return owner.get();
        }
        try {
            return new LocalClient(Platform.start(config(Map.of())));
        } catch (EstranException e) {
            if (e.code() == ErrorCode.DATA_DIRECTORY_IN_USE) {
                // A server may have started between the two looks.
                return owningServer().orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private String remoteToken() {
        String given = token != null ? token : System.getenv("ESTRAN_TOKEN");
        if (given == null || given.isEmpty()) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "--server needs a token: --token T, or the environment ESTRAN_TOKEN.");
        }
        return given;
    }

    /** The server that left its address in the data directory, if it lives. */
    Optional<RemoteClient> owningServer() {
        Path file = dataDirectory().resolve("server.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode address = new ObjectMapper().readTree(Files.readString(file));
            RemoteClient client = new RemoteClient(
                    "http://127.0.0.1:" + address.path("port").asInt(),
                    address.path("token").asText());
            if (client.alive()) {
                return Optional.of(client);
            }
            client.close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // being written, or left half-written by a crash
        }
    }
}
