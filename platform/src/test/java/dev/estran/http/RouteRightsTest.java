package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.platform.TestingPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No route answers a caller who has no rights. */
class RouteRightsTest {

    /** Routes about nothing but the caller. */
    private static final Set<String> OF_ONESELF = Set.of("/api/v1/me", "/api/v1/signin-link", "/api/v1/signout");

    /** What the routes that save read before they ask. */
    private static final String QUERY = "{\"name\":\"q\",\"statement\":\"SELECT 1\"";

    /** What a route takes, where it is no statement. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /api/v1/queries",
            QUERY + "}",
            "PUT /api/v1/queries/{id}",
            QUERY + ",\"version\":1}",
            "POST /api/v1/tokens",
            "{\"name\":\"t\"}",
            "PUT /api/v1/secrets/{name}",
            "{\"value\":\"v\"}",
            "POST /api/v1/models/test",
            "{\"name\":\"n\",\"url\":\"http://127.0.0.1:9/v1\",\"model\":\"m\"}");

    private static final Caller NOBODY = new Caller("nobody", Set.of());

    @Test
    void everyRouteTurnsAwayACallerWithoutRights() throws IOException {
        try (TestingPlatform estran = TestingPlatform.start()) {
            estran.run("CREATE TABLE t AS SELECT 1 AS a");
            String id = estran.run("SELECT 1").id();
            Map<String, String> values =
                    Map.of("catalog", "lake", "schema", "default", "table", "t", "view", "v", "id", id, "name", "n");
            List<Route> routes =
                    new ApiRoutes(estran.platform().services(), TestingGatekeeper.of(estran.platform())).all();
            assertThat(routes.stream().filter(Route::open).map(Route::path))
                    .as("answered without a token")
                    .containsExactlyInAnyOrder(
                            "/health/live", "/health/ready", "/api/v1/openapi.json", "/api/v1/signin");
            for (Route route : routes.stream()
                    .filter(r -> !r.open() && !OF_ONESELF.contains(r.path()))
                    .toList()) {
                Map<String, String> path = new HashMap<>();
                Pattern.compile("\\{(\\w+)}")
                        .matcher(route.path())
                        .results()
                        .forEach(match -> path.put(match.group(1), values.get(match.group(1))));
                Request request = new Request(
                        NOBODY,
                        path,
                        Map.of("table", "lake.default.u", "format", "csv"),
                        BODIES.getOrDefault(route.method() + " " + route.path(), "{\"statement\":\"SELECT 1\"}"),
                        route.path().equals(LoadRoutes.PATH)
                                ? Files.writeString(estran.directory().resolve("upload"), "a\n1\n")
                                : null,
                        new Browser("localhost", ""));
                Throwable refused = catchThrowable(() -> route.handler().handle(request));
                assertThat(refused)
                        .as(route.toString())
                        .isInstanceOfSatisfying(
                                EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
            }
            try (var left = Files.list(estran.directory())) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("upload")))
                        .as("uploads left behind")
                        .isEmpty();
            }
            assertThat(estran.rows("SHOW TABLES")).hasSize(1);
        }
    }
}
