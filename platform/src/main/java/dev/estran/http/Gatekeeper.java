package dev.estran.http;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request must pass: a Host that is this server's (against DNS rebinding), an Origin that is its own where a
 * browser sends one, and the token, on the loopback too.
 */
public final class Gatekeeper {

    private final byte[] token;
    private final Set<String> hosts;

    /** @param hosts names under which this server is addressed, without port, lower case */
    public Gatekeeper(String token, Set<String> hosts) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.hosts = Set.copyOf(hosts);
    }

    void checkOrigin(@Nullable String host, @Nullable String origin) {
        if (host == null || !hosts.contains(withoutPort(host))) {
            throw new EstranException(
                    ErrorCode.FORBIDDEN_HOST,
                    "The host '" + host + "' is not this server's. Use one of " + hosts + ".");
        }
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw new EstranException(
                    ErrorCode.FORBIDDEN_HOST, "Requests from the origin '" + origin + "' are not accepted.");
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']') && colon > 0;
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(java.util.Locale.ROOT);
    }

    Caller authenticate(@Nullable String authorization) {
        String prefix = "Bearer ";
        boolean given = false;
        if (authorization != null && authorization.regionMatches(true, 0, prefix, 0, prefix.length())) {
            given = true;
            byte[] candidate = authorization.substring(prefix.length()).strip().getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(candidate, token)) {
                return Caller.OWNER;
            }
        }
        throw new EstranException(
                ErrorCode.UNAUTHENTICATED,
                given
                        ? "The token is not valid. server.json in the data directory holds the current one."
                        : "Send the token: 'Authorization: Bearer TOKEN'. server.json in the data directory holds it.");
    }
}
