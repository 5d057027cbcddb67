package dev.estran.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.config.Settings;
import dev.estran.http.ApiRoutes;
import dev.estran.http.Gatekeeper;
import dev.estran.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The HTTP door of a platform, and the note in the data directory that says where it is. */
final class Server implements AutoCloseable {

    private static final int TOKEN_LENGTH = 40;

    private final Platform platform;
    private final Path file;
    private @Nullable HttpServer http;
    private @Nullable Gatekeeper gate;

    Server(Platform platform, Path file) {
        this.platform = platform;
        this.file = file;
    }

    ServerAddress start() {
        Config config = platform.config();
        String host = config.get(Settings.HTTP_HOST);
        requireLoopback(host);
        String token = "est_" + new Ids().make(TOKEN_LENGTH);
        Gatekeeper gatekeeper = new Gatekeeper(
                token,
                namesOf(host),
                platform.identities().tokens(),
                platform.identities().directory(),
                file.resolveSibling("browsers"));
        gate = gatekeeper;
        HttpServer server = new HttpServer(config, gatekeeper);
        http = server;
        ApiRoutes routes = new ApiRoutes(platform.services(), gatekeeper);
        int port = server.start(host, config.get(Settings.HTTP_PORT), routes.all());
        ServerAddress address = new ServerAddress(host, port, token, gatekeeper.signInPath(Caller.OWNER), file);
        writeNote(address);
        return address;
    }

    /** Names under which requests may address this server. */
    private static Set<String> namesOf(String host) {
        Set<String> names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
        names.add(host.toLowerCase(Locale.ROOT));
        return names;
    }

    /** Until people can sign in, only this machine may connect. */
    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new EstranException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "http.host is " + host + ", which other machines can reach. Only the loopback is served until"
                                + " sign-in is configured; use 127.0.0.1.");
            }
        } catch (UnknownHostException e) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION, "http.host: there is no address " + host + ".", e);
        }
    }

    /** Readable by the owner only, from its first byte on. */
    private void writeNote(ServerAddress address) {
        String note = JsonNodeFactory.instance
                .objectNode()
                .put("port", address.port())
                .put("token", address.token())
                .put("pid", ProcessHandle.current().pid())
                .toString();
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
            if (posix) {
                Files.createFile(
                        temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(temporary, note);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw dev.estran.storage.StorageErrors.translate(e, file);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        if (http != null) {
            http.close();
        }
        if (gate != null) {
            gate.close();
        }
    }
}
