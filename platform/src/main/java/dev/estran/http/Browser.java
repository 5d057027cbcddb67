package dev.estran.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser sends along with a request.
 *
 * @param host the name and port it asked for
 * @param cookies the Cookie header, possibly empty
 */
record Browser(String host, String cookies) {

    static Browser of(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String host = authority == null ? text(request.getHeader("Host")) : authority.toString();
        return new Browser(host, text(request.getHeader("Cookie")));
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header;
    }

    /** Browsers keep one jar of cookies for all ports of a host, so the port is part of the name. */
    String cookieName() {
        String port = host.substring(host.lastIndexOf(':') + 1);
        return "estran_" + (port.matches("[0-9]{1,5}") ? port : "80");
    }

    Optional<String> sessionId() {
        String prefix = cookieName() + "=";
        for (String cookie : cookies.split(";", -1)) {
            if (cookie.strip().startsWith(prefix)) {
                return Optional.of(cookie.strip().substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /** The Set-Cookie header that signs in; scripts cannot read it and other sites cannot make it be sent. */
    String signIn(WebSessions.WebSession session) {
        return cookieName() + "=" + session.id() + "; Path=/; HttpOnly; SameSite=Strict";
    }

    String signOut() {
        return cookieName() + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
    }
}
