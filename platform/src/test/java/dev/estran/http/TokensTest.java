package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Access tokens through the door: shown once, good for their scope, gone when revoked. */
class TokensTest {

    private record Answer(int status, JsonNode body) {}

    @Test
    void aTokenStandsForItsOwnerUntilItIsRevoked() throws IOException, InterruptedException {
        try (TestingPlatform estran = TestingPlatform.start()) {
            ServerAddress address = estran.platform().serve();
            String owner = address.token();
            estran.run("CREATE USER ana");
            estran.run("CREATE TABLE lake.default.hidden AS SELECT 1 AS a");

            Answer created = send(address, owner, "POST", "/api/v1/tokens", """
                    {"principal": "ana", "name": "her laptop", "scope": "read", "days": 1}""");
            assertThat(created.status()).isEqualTo(201);
            String token = created.body().path("token").asText();
            String id = created.body().path("id").asText();

            assertThat(send(address, token, "GET", "/api/v1/me", "")
                            .body()
                            .path("user")
                            .asText())
                    .isEqualTo("ana");
            Answer hidden = sql(address, token, "SELECT * FROM lake.default.hidden");
            assertThat(hidden.body().at("/error/code").asText()).isEqualTo("TABLE_NOT_FOUND");
            assertThat(send(address, token, "POST", "/api/v1/tokens", "{\"name\": \"wider\"}")
                            .status())
                    .isEqualTo(403);
            assertThat(send(address, token, "GET", "/api/v1/tokens?principal=owner", "")
                            .status())
                    .isEqualTo(403);

            Answer listed = send(address, owner, "GET", "/api/v1/tokens?principal=ana", "");
            assertThat(listed.body().at("/tokens/0/id").asText()).isEqualTo(id);
            assertThat(listed.body().at("/tokens/0/last_used_at").isTextual()).isTrue();
            assertThat(listed.body().at("/tokens/0").has("token")).isFalse();

            estran.run("ALTER USER ana DISABLE");
            assertThat(send(address, token, "GET", "/api/v1/me", "").status()).isEqualTo(401);
            estran.run("ALTER USER ana ENABLE");
            assertThat(send(address, token, "GET", "/api/v1/me", "").status()).isEqualTo(200);
            assertThat(send(address, owner, "DELETE", "/api/v1/tokens/" + id, "")
                            .status())
                    .isEqualTo(204);
            assertThat(send(address, token, "GET", "/api/v1/me", "").status()).isEqualTo(401);
            assertThat(send(address, token.substring(0, token.length() - 1) + "x", "GET", "/api/v1/me", "")
                            .status())
                    .isEqualTo(401);
            nothingWrittenHolds(estran.directory(), token.substring(token.lastIndexOf('_') + 1));
        }
    }

    private static void nothingWrittenHolds(Path directory, String secret) throws IOException {
        byte[] canary = secret.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(text.contains(new String(canary, StandardCharsets.ISO_8859_1)))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static Answer sql(ServerAddress address, String token, String statement)
            throws IOException, InterruptedException {
        return send(address, token, "POST", "/api/v1/sql", "{\"statement\": \"" + statement + "\"}");
    }

    private static Answer send(ServerAddress address, String token, String method, String path, String body)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.port() + path))
                    .header("Authorization", "Bearer " + token)
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    new ObjectMapper().readTree(response.body().isEmpty() ? "{}" : response.body()));
        }
    }
}
