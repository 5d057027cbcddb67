package dev.estran.http;

import dev.estran.EstranException;
import dev.estran.http.WebSessions.WebSession;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The workspace as files out of the jar, and the link that signs in. The files are the same for everybody and say nothing
 * about the data, so they need no token. Runs on the event loop; files are read once.
 */
final class WebDoor {

    static final String SIGN_IN = "/signin";

    /** The workspace finds its page by the path; each of these is the same document. */
    private static final List<String> PAGES =
            List.of("/", "/welcome", "/sql", "/data", "/data/*", "/models", "/models/*");

    private static final Pattern FILE = Pattern.compile("/(?:assets/)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    /** Styles are written into the page by the component library; scripts never are. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String NOT_BUILT = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Estran</title></head>
            <body><h1>Estran is running, without its workspace</h1>
            <p>The pages for the browser were not built, because npm was not found. Install Node 20 with npm
            (on Debian: <code>apt-get install nodejs npm</code>), then run <code>./estran up</code> again.</p>
            <p>Everything else works: <code>./estran sql</code>, and the
            <a href="/api/v1/openapi.json">HTTP API</a>.</p></body></html>
            """;

    private final Vertx vertx;
    private final Gatekeeper gatekeeper;
    /** Only files that exist, so it is bounded by what is in the jar. */
    private final Map<String, Buffer> files = new ConcurrentHashMap<>();

    WebDoor(Vertx vertx, Gatekeeper gatekeeper) {
        this.vertx = vertx;
        this.gatekeeper = gatekeeper;
    }

    /** Headers of every response. */
    static void protect(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    void mount(Router router) {
        router.get(SIGN_IN).handler(checked(this::signIn));
        for (String page : PAGES) {
            router.get(page).handler(checked(context -> file(context, "/index.html")));
        }
        router.getWithRegex(FILE.pattern()).handler(checked(context -> file(context, context.normalizedPath())));
    }

    private io.vertx.core.Handler<RoutingContext> checked(io.vertx.core.Handler<RoutingContext> handler) {
        return context -> {
            try {
                gatekeeper.checkOrigin(
                        context.request().getHeader("Host"), context.request().getHeader("Origin"));
            } catch (EstranException e) {
                context.response().setStatusCode(e.code().httpStatus()).end(e.text());
                return;
            }
            handler.handle(context);
        };
    }

    /** A used or wrong link leads to the page that asks for the token. */
    private void signIn(RoutingContext context) {
        String word = Optional.ofNullable(context.request().getParam("token")).orElse("");
        Optional<WebSession> session = gatekeeper.sessions().redeem(word);
        HttpServerResponse response = context.response().setStatusCode(303).putHeader("Cache-Control", "no-store");
        if (session.isPresent()) {
            response.putHeader("Set-Cookie", Browser.of(context.request()).signIn(session.get()));
        }
        response.putHeader("Location", session.isPresent() ? "/" : "/?link=used")
                .end();
    }

    private void file(RoutingContext context, String path) {
        String accepted = Optional.ofNullable(context.request().getHeader("Accept-Encoding"))
                .orElse("");
        vertx.executeBlocking(() -> find(path, accepted))
                .onSuccess(found -> send(context, path, found))
                .onFailure(context::fail);
    }

    /** @param encoding of the content, empty when it is as it is */
    private record Found(Optional<Buffer> content, String encoding) {}

    private Found find(String path, String accepted) throws IOException {
        for (Map.Entry<String, String> small : List.of(Map.entry("br", ".br"), Map.entry("gzip", ".gz"))) {
            Optional<Buffer> content =
                    accepted.contains(small.getKey()) ? read(path + small.getValue()) : Optional.empty();
            if (content.isPresent()) {
                return new Found(content, small.getKey());
            }
        }
        return new Found(read(path), "");
    }

    private Optional<Buffer> read(String path) throws IOException {
        Buffer kept = files.get(path);
        if (kept != null) {
            return Optional.of(kept);
        }
        try (InputStream in = WebDoor.class.getResourceAsStream("/dev/estran/web" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            Buffer content = Buffer.buffer(in.readAllBytes());
            files.put(path, content);
            return Optional.of(content);
        }
    }

    private static void send(RoutingContext context, String path, Found found) {
        boolean page = path.equals("/index.html");
        if (found.content().isEmpty() && !page) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader("Content-Type", TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/plain"))
                .putHeader("Vary", "Accept-Encoding")
                .putHeader(
                        "Cache-Control",
                        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store");
        if (!found.encoding().isEmpty()) {
            response.putHeader("Content-Encoding", found.encoding());
        }
        response.end(found.content().orElseGet(() -> Buffer.buffer(NOT_BUILT)));
    }
}
