package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller.Scope;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.identity.AccessToken;
import dev.estran.identity.AccessTokens;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/tokens}. */
final class TokenRoutes {

    private static final Set<String> FIELDS = Set.of("principal", "name", "scope", "days");

    private final AccessTokens tokens;

    TokenRoutes(AccessTokens tokens) {
        this.tokens = tokens;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tokens", this::list),
                Route.post("/api/v1/tokens", this::create),
                Route.delete("/api/v1/tokens/{id}", this::revoke));
    }

    private Reply list(Request request) {
        String principal =
                request.queryValue("principal").orElse(request.caller().id());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tokens.list(request.caller(), principal).forEach(token -> list.add(body(token)));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("tokens", list);
        return Reply.ok(body);
    }

    private Reply create(Request request) {
        ObjectNode given = request.json();
        given.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "There is no field '" + field + "'. Known are " + FIELDS + ".");
            }
        });
        int days = given.path("days").asInt(0);
        AccessTokens.Created created = tokens.create(
                request.caller(),
                given.path("principal").asText(request.caller().id()),
                given.path("name").asText(""),
                scope(given.path("scope").asText("all")),
                days == 0 ? null : Duration.ofDays(days));
        ObjectNode body = body(created.token());
        return Reply.json(201, body.put("token", created.secret()));
    }

    private Reply revoke(Request request) {
        tokens.revoke(request.caller(), request.pathValue("id"));
        return new Reply(204, "application/json", "", Map.of());
    }

    private static Scope scope(String text) {
        try {
            return Scope.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "'scope' expects all, read or models, not '" + text + "'.", e);
        }
    }

    private static ObjectNode body(AccessToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id())
                .put("principal", token.principal())
                .put("name", token.name())
                .put("scope", token.scope().name().toLowerCase(Locale.ROOT))
                .put("created_at", token.createdAt().toString())
                .put("expires_at", text(token.expiresAt()))
                .put("last_used_at", text(token.lastUsedAt()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
