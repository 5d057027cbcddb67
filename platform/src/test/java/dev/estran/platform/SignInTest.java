package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The door for browsers: links that work once, cookies, CSRF tokens, headers, and files out of the jar only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    private static final Pattern CSRF = Pattern.compile("\"csrf\":\"([^\"]+)\"");
    private static final Map<String, String> ANY_PORT = Map.of("http.port", "0");
    private static final String STATEMENT = "{\"statement\":\"SELECT 1\"}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestingPlatform testing;
    private ServerAddress address;

    @BeforeAll
    void start() {
        testing = TestingPlatform.start(ANY_PORT);
        address = testing.platform().serve();
    }

    @AfterAll
    void stop() {
        testing.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.url() + path)).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String newLink() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send("POST", "/api/v1/signin-link", "", "Authorization", "Bearer " + address.token());
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.body().replaceAll(".*\"path\":\"([^\"]+)\".*", "$1");
    }

    private String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/");
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void aLinkSignsInOnce() throws Exception {
        String link = newLink();
        HttpResponse<String> first = send("GET", link, "");
        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location")).contains("/");
        assertThat(send("GET", "/api/v1/me", "", "Cookie", cookie(first)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> second = send("GET", link, "");
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(second.headers().firstValue("Location")).contains("/?link=used");
    }

    @Test
    void whatChangesSomethingNeedsTheCsrfToken() throws Exception {
        String cookie = cookie(send("GET", newLink(), ""));
        Matcher csrf =
                CSRF.matcher(send("GET", "/api/v1/me", "", "Cookie", cookie).body());
        assertThat(csrf.find()).isTrue();
        for (String wrong : List.of("", "x", csrf.group(1) + "x")) {
            HttpResponse<String> refused =
                    send("POST", "/api/v1/sql", STATEMENT, "Cookie", cookie, "X-CSRF-Token", wrong);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("CSRF_TOKEN_WRONG");
        }
        assertThat(send("POST", "/api/v1/sql", STATEMENT, "Cookie", cookie).statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/v1/sql", STATEMENT, "Cookie", cookie, "X-CSRF-Token", csrf.group(1))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        String cookie = cookie(
                send("POST", "/api/v1/signin", "{\"token\":\"" + address.token() + "\"}", "Origin", address.url()));
        Matcher csrf =
                CSRF.matcher(send("GET", "/api/v1/me", "", "Cookie", cookie).body());
        assertThat(csrf.find()).isTrue();
        assertThat(send("POST", "/api/v1/signout", "", "Cookie", cookie, "X-CSRF-Token", csrf.group(1))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/api/v1/me", "", "Cookie", cookie).statusCode()).isEqualTo(401);
    }

    @Test
    void aWrongTokenOrAForeignPageDoesNotSignIn() throws Exception {
        assertThat(send("POST", "/api/v1/signin", "{\"token\":\"est_wrong\"}").statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/api/v1/signin", "{}").statusCode()).isEqualTo(401);
        String right = "{\"token\":\"" + address.token() + "\"}";
        assertThat(send("POST", "/api/v1/signin", right, "Origin", "http://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        for (String cookie : List.of("estran_" + address.port() + "=", "estran_" + address.port() + "=guess")) {
            assertThat(send("GET", "/api/v1/me", "", "Cookie", cookie).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aBrowserStaysSignedInOverARestartAndNotAfterSigningOut() throws Exception {
        Path directory = Files.createTempDirectory("estran-browsers");
        try {
            String kept;
            String out;
            try (TestingPlatform first = TestingPlatform.on(directory, ANY_PORT)) {
                ServerAddress before = first.platform().serve();
                kept = session(before);
                out = session(before);
                assertThat(call(before, "POST", "/api/v1/signout", out).statusCode())
                        .isEqualTo(403);
                String csrf = CSRF.matcher(
                                call(before, "GET", "/api/v1/me", out).body())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1);
                assertThat(call(before, "POST", "/api/v1/signout", out, "X-CSRF-Token", csrf)
                                .statusCode())
                        .isEqualTo(204);
                String file = Files.readString(directory.resolve("browsers"));
                assertThat(file).doesNotContain(kept).hasLineCount(1);
            }
            try (TestingPlatform second = TestingPlatform.on(directory, ANY_PORT)) {
                ServerAddress after = second.platform().serve();
                assertThat(call(after, "GET", "/api/v1/me", kept).statusCode()).isEqualTo(200);
                assertThat(call(after, "GET", "/api/v1/me", out).statusCode()).isEqualTo(401);
                String hash = Files.readString(directory.resolve("browsers")).split(" ", 2)[0];
                assertThat(call(after, "GET", "/api/v1/me", hash).statusCode())
                        .as("the file's own words do not sign in")
                        .isEqualTo(401);
            }
            Files.writeString(directory.resolve("browsers"), "damaged \u0000\n" + "a".repeat(64) + " x\n\n");
            try (TestingPlatform third = TestingPlatform.on(directory, ANY_PORT)) {
                assertThat(call(third.platform().serve(), "GET", "/api/v1/me", kept)
                                .statusCode())
                        .isEqualTo(401);
            }
        } finally {
            TestingPlatform.delete(directory);
        }
    }

    /** The id of a new session; the name of its cookie has the port. */
    private String session(ServerAddress server) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/signin"))
                        .POST(BodyPublishers.ofString("{\"token\":\"" + server.token() + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        return cookie(answer).substring(("estran_" + server.port() + "=").length());
    }

    private HttpResponse<String> call(
            ServerAddress server, String method, String path, String session, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, BodyPublishers.noBody())
                .header("Cookie", "estran_" + server.port() + "=" + session);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void everyAnswerForbidsForeignScriptsAndFrames() throws Exception {
        for (String path : List.of("/", "/sql", "/api/v1/me", "/nothing", "/signin?token=x")) {
            var headers = send("GET", path, "").headers();
            String policy = headers.firstValue("Content-Security-Policy").orElse("");
            assertThat(policy).contains("script-src 'self';", "frame-ancestors 'none'", "object-src 'none'");
            assertThat(policy.replaceAll("style-src[^;]*;", "")).doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        }
    }

    @Test
    void theIndexIsNeverKeptAndNothingElseLeavesTheJar() throws Exception {
        HttpResponse<String> page = send("GET", "/data/lake/default/anything", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).startsWithIgnoringCase("<!doctype html>");
        for (String path : List.of(
                "/assets/..%2f..%2fhttp%2fopenapi.json",
                "/assets/%2e%2e/%2e%2e/http/openapi.json",
                "/openapi.json",
                "/assets/missing.js",
                "/assets/",
                "/assets/a%00b.js")) {
            assertThat(send("GET", path, "").statusCode()).as(path).isBetween(400, 404);
        }
    }
}
