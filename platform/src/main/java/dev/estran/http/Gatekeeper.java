package dev.estran.http;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.http.WebSessions.WebSession;
import dev.estran.identity.AccessTokens;
import dev.estran.identity.Directory;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request must pass: a Host that is this server's (against DNS rebinding), an Origin that is its own where a
 * browser sends one, and the token, on the loopback too.
 */
public final class Gatekeeper implements AutoCloseable {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final byte[] token;
    private final Set<String> hosts;
    private final AccessTokens tokens;
    private final Directory directory;
    private final WebSessions sessions;

    /**
     * @param token the owner's, of this run of the server
     * @param hosts names under which this server is addressed, without port, lower case
     * @param sessions a file that keeps the owner's browsers signed in over a restart, or null
     */
    public Gatekeeper(
            String token, Set<String> hosts, AccessTokens tokens, Directory directory, @Nullable Path sessions) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.hosts = Set.copyOf(hosts);
        this.tokens = tokens;
        this.directory = directory;
        this.sessions = new WebSessions(Clock.systemUTC(), sessions == null ? null : new WebSessionFile(sessions));
    }

    /**
     * HTTP/2 names the host in its authority, HTTP/1.1 in a header; where both are given both must be this server's.
     *
     * @throws EstranException FORBIDDEN_HOST
     */
    void checkOrigin(HttpServerRequest request) {
        String header = request.getHeader("Host");
        HostAndPort authority = request.authority();
        String host = authority == null ? null : authority.toString();
        if (header != null && host != null && !withoutPort(header).equals(withoutPort(host))) {
            checkOrigin(header, null);
        }
        checkOrigin(host == null ? header : host, request.getHeader("Origin"));
    }

    private void checkOrigin(@Nullable String host, @Nullable String origin) {
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

    AccessTokens tokens() {
        return tokens;
    }

    WebSessions sessions() {
        return sessions;
    }

    /** The path and query of a link that signs a browser in as the caller, once. */
    public String signInPath(Caller caller) {
        return WebDoor.SIGN_IN + "?token=" + sessions.link(caller);
    }

    /** By the token a program sends, or by the cookie of a browser, whose unsafe requests also carry its CSRF token. */
    Caller authenticate(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        Optional<WebSession> session = authorization != null
                ? Optional.empty()
                : Browser.of(request).sessionId().flatMap(sessions::find);
        if (session.isEmpty()) {
            return authenticate(authorization);
        }
        String csrf = request.getHeader("X-CSRF-Token");
        if (!SAFE.contains(request.method())
                && (csrf == null || !same(csrf, session.get().csrf()))) {
            throw new EstranException(
                    ErrorCode.CSRF_TOKEN_WRONG,
                    "The request lacks the X-CSRF-Token of this browser's session. Reload the page.");
        }
        // Who left a group, or was disabled, since signing in has what they have now.
        Caller signedIn = session.get().caller();
        return directory.caller(signedIn.id(), signedIn.scope());
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
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
            String candidate = authorization.substring(prefix.length()).strip();
            if (MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), token)) {
                return Caller.OWNER;
            }
            Optional<Caller> caller = tokens.authenticate(candidate);
            if (caller.isPresent()) {
                return caller.get();
            }
        }
        throw new EstranException(
                ErrorCode.UNAUTHENTICATED,
                given
                        ? "The token is not valid, has expired or was revoked. The owner's stands in server.json in the data"
                                + " directory; ./estran token create makes others."
                        : "Send the token: 'Authorization: Bearer TOKEN'. server.json in the data directory holds it.");
    }
}
