package dev.estran.http;

import dev.estran.EstranException;
import dev.estran.http.WebSessions.WebSession;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private final Map<String, Content> files = new ConcurrentHashMap<>();

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
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    void mount(Router router) {
        router.get(SIGN_IN).handler(checked(this::signIn));
        for (String page : PAGES) {
            read(router.route(page)).handler(checked(context -> file(context, "/index.html")));
        }
        read(router.routeWithRegex(FILE.pattern()))
                .handler(checked(context -> file(context, context.normalizedPath())));
    }

    private static Route read(Route route) {
        return route.method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private io.vertx.core.Handler<RoutingContext> checked(io.vertx.core.Handler<RoutingContext> handler) {
        return context -> {
            try {
                gatekeeper.checkOrigin(context.request());
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
        if (typeOf(path) == null) {
            context.next();
            return;
        }
        String accepted = Optional.ofNullable(context.request().getHeader("Accept-Encoding"))
                .orElse("");
        vertx.executeBlocking(() -> find(path, accepted))
                .onSuccess(found -> send(context, path, found))
                .onFailure(context::fail);
    }

    private static @Nullable String typeOf(String path) {
        return TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    }

    /** A file as it is sent. The tag names its bytes, so each encoding has its own. */
    private record Content(Buffer bytes, String tag) {

        static Content of(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Content(Buffer.buffer(bytes), '"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every JDK has it
            }
        }
    }

    /** @param encoding of the content, empty when it is as it is */
    private record Found(Optional<Content> content, String encoding) {}

    private Found find(String path, String accepted) throws IOException {
        for (Map.Entry<String, String> small : List.of(Map.entry("br", ".br"), Map.entry("gzip", ".gz"))) {
            Optional<Content> content =
                    accepts(accepted, small.getKey()) ? read(path + small.getValue()) : Optional.empty();
            if (content.isPresent()) {
                return new Found(content, small.getKey());
            }
        }
        return new Found(read(path), "");
    }

    /** Whether a header names an encoding, and not only to refuse it by {@code q=0}. */
    static boolean accepts(String header, String encoding) {
        for (String one : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] words = one.strip().split("\\s*;\\s*", 2);
            if (words[0].equals(encoding)) {
                return words.length == 1 || !words[1].matches("q=0(?:\\.0{0,3})?");
            }
        }
        return false;
    }

    private Optional<Content> read(String path) throws IOException {
        Content kept = files.get(path);
        if (kept != null) {
            return Optional.of(kept);
        }
        try (InputStream in = WebDoor.class.getResourceAsStream("/dev/estran/web" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            Content content = Content.of(in.readAllBytes());
            files.put(path, content);
            return Optional.of(content);
        }
    }

    /** Names of assets carry their checksum; the page itself must not come back after signing out. */
    private static String keeping(String path) {
        if (path.startsWith("/assets/")) {
            return "public, max-age=31536000, immutable";
        }
        return path.equals("/index.html") ? "no-store" : "no-cache";
    }

    private static void send(RoutingContext context, String path, Found found) {
        if (found.content().isEmpty() && !path.equals("/index.html")) {
            context.next();
            return;
        }
        Content content = found.content().orElseGet(() -> Content.of(NOT_BUILT.getBytes(StandardCharsets.UTF_8)));
        HttpServerResponse response = context.response()
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("ETag", content.tag())
                .putHeader("Accept-Ranges", "none")
                .putHeader("Cache-Control", keeping(path));
        if (content.tag().equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", Objects.requireNonNull(typeOf(path)));
        if (!found.encoding().isEmpty()) {
            response.putHeader("Content-Encoding", found.encoding());
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(content.bytes().length()))
                    .end();
        } else {
            response.end(content.bytes());
        }
    }
}
