package dev.estran.platform;

import java.nio.file.Path;

/**
 * Where a server listens.
 *
 * @param signInPath path and query of the link that signs a browser in, once
 * @param file {@code server.json}, which holds port and token for commands on this machine
 */
public record ServerAddress(String host, int port, String token, String signInPath, Path file) {

    /** What to open in a browser; it works once. */
    public String signInLink() {
        return url() + signInPath;
    }

    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port;
    }
}
