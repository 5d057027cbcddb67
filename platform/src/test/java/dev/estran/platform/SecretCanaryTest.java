package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.platform.HttpDoor.Answer;
import dev.estran.testing.ModelSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored key is used, refused, sent to nowhere, re-encrypted and mistyped; then nothing the process left shows it. */
class SecretCanaryTest {

    private static final String CANARY = "sk-canary-7f3a91c4e2";
    private static final String WRONG = "sk-wrong-canary-0b8d55";

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();

    private Answer put(HttpDoor door, String path, String body) {
        return noted(door.send("PUT", path, BodyPublishers.ofString(body), door.bearer()));
    }

    private Answer noted(Answer answer) {
        said.add(answer.text());
        return answer;
    }

    @Test
    void noFileAndNoAnswerHoldsTheValue() throws Exception {
        try (ModelSimulator supplier =
                ModelSimulator.start(ModelSimulator.Options.defaults().withKey(CANARY))) {
            TestingPlatform testing = TestingPlatform.on(directory);
            try (HttpDoor door = new HttpDoor(testing.platform().serve())) {
                use(door, supplier.url() + "/v1");
                assertNowhere("while it runs");
            } finally {
                testing.close();
            }
            assertNowhere("after it ended");
        }
    }

    private void use(HttpDoor door, String url) throws IOException {
        assertThat(put(door, "/api/v1/secrets/north", "{\"value\":\"" + CANARY + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(noted(door.get("/api/v1/secrets"))
                        .json()
                        .path("secrets")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("north");

        // Bodies that are no JSON, or the wrong JSON, are not quoted.
        for (String body : List.of(
                CANARY,
                "{\"value\":" + CANARY + "}",
                "{\"" + CANARY + "\":1}",
                "{\"value\":[\"" + CANARY + "\"]}",
                "{\"value\":\"" + CANARY + "\\u0000\"}",
                "{\"value\":\"" + CANARY + "\",\"note\":\"" + CANARY + "\"}")) {
            assertThat(put(door, "/api/v1/secrets/bad", body).status()).as(body).isEqualTo(400);
            assertThat(noted(door.post("/api/v1/models/test", body)).status())
                    .as(body)
                    .isEqualTo(400);
        }

        connect(door, "north", url, "secret:north");
        String ask = "SELECT ai_query('north', 'Is " + System.nanoTime() + " even?') AS answer";
        assertThat(noted(door.sql(ask)).rows()).hasSize(1);
        assertThat(test(door, "{\"endpoint\":\"north\"}")
                        .json()
                        .path("answered")
                        .asBoolean())
                .isTrue();

        put(door, "/api/v1/secrets/stale", "{\"value\":\"" + WRONG + "\"}");
        connect(door, "stale", url, "secret:stale");
        assertThat(noted(door.sql("SELECT ai_query('stale', 'hello')")).code()).isEqualTo("MODEL_UNAUTHORIZED");
        assertThat(test(door, "{\"endpoint\":\"stale\"}").json().path("code").asText())
                .isEqualTo("MODEL_UNAUTHORIZED");

        connect(door, "gone", "http://127.0.0.1:" + freePort() + "/v1", "secret:north");
        assertThat(test(door, "{\"endpoint\":\"gone\"}").json().path("code").asText())
                .isEqualTo("MODEL_UNREACHABLE");

        // Before anything is stored: the pasted value goes with the request.
        String draft =
                "{\"name\":\"fresh\",\"url\":\"" + url + "\",\"model\":\"m\",\"secret\":\"secret:fresh\",\"key\":\"";
        assertThat(test(door, draft + CANARY + "\"}").json().path("answered").asBoolean())
                .isTrue();
        assertThat(test(door, draft + WRONG + "\"}").json().path("code").asText())
                .isEqualTo("MODEL_UNAUTHORIZED");
        assertThat(test(door, draft + CANARY + "\\nX-Evil: 1\"}")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("SECRET_NOT_FOUND");
        assertThat(noted(door.get("/api/v1/secrets")).text()).doesNotContain("fresh");

        // Pasted where a reference belongs.
        noted(door.sql("CREATE CONNECTION oops WITH (provider => 'openai_compatible', url => '" + url + "', secret => '"
                + CANARY + "')"));

        assertThat(noted(door.post("/api/v1/secrets/rotate", "{}"))
                        .json()
                        .path("secrets")
                        .asInt())
                .isEqualTo(2);
        assertThat(test(door, "{\"endpoint\":\"north\"}")
                        .json()
                        .path("answered")
                        .asBoolean())
                .isTrue();
        for (String table : List.of(
                "system.query.history",
                "system.ai.usage",
                "system.access.audit",
                "system.ai.connections",
                "system.ai.endpoints")) {
            assertThat(noted(door.sql("SELECT * FROM " + table)).rows())
                    .as(table)
                    .isNotEmpty();
        }
        assertThat(noted(door.sql("SELECT action FROM system.access.audit WHERE object = 'secret north'"))
                        .rows())
                .contains("[\"MANAGE\"]");
        noted(door.get("/metrics"));
    }

    private void connect(HttpDoor door, String name, String url, String secret) {
        assertThat(noted(door.sql("CREATE CONNECTION " + name + " WITH (provider => 'openai_compatible', url => '" + url
                                + "', secret => '" + secret + "')"))
                        .status())
                .isEqualTo(200);
        assertThat(noted(door.sql("CREATE ENDPOINT " + name + " WITH (served => [{'connection': '" + name
                                + "', 'model': 'm', 'weight': 1}])"))
                        .status())
                .isEqualTo(200);
    }

    private Answer test(HttpDoor door, String body) {
        Answer answer = noted(door.post("/api/v1/models/test", body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** As it is, and as base64 or reversed: a careless encoding is no encryption. */
    private static List<String> forms(String value) {
        return List.of(
                value,
                Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                new StringBuilder(value).reverse().toString());
    }

    private void assertNowhere(String when) throws IOException {
        List<String> values =
                Stream.of(CANARY, WRONG).flatMap(v -> forms(v).stream()).toList();
        for (String answer : said) {
            assertThat(answer).as("an answer, " + when).doesNotContain(values);
        }
        StringWriter found = new StringWriter();
        PrintWriter lines = new PrintWriter(found, true);
        int files = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                values.stream().filter(bytes::contains).forEach(value -> lines.println(directory.relativize(file)));
            }
        }
        assertThat(files).as("files looked into").isGreaterThan(5);
        assertThat(found.toString()).as("files that show it, " + when).isEmpty();
        ProcessHandle.Info self = ProcessHandle.current().info();
        assertThat(self.commandLine().orElse("")).doesNotContain(values);
    }
}
