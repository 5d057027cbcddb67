package dev.estran.platform;

import java.nio.file.Path;

/**
 * Where a server listens.
 *
 * @param file {@code server.json}, which holds port and token for commands on this machine
 */
public record ServerAddress(String host, int port, String token, Path file) {

    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port;
    }
}
