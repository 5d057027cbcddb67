package dev.estran.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.http.WebSessions.WebSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing a browser in by token and out again, and who is asking. The link of {@code estran up} is in WebDoor. */
final class SignInRoutes {

    private final Gatekeeper gatekeeper;

    SignInRoutes(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/me", this::me),
                Route.openPost("/api/v1/signin", this::signIn),
                Route.post("/api/v1/signin-link", this::link),
                Route.post("/api/v1/signout", this::signOut));
    }

    private Reply me(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("user", request.caller().id());
        Optional<WebSession> session = request.browser().sessionId().flatMap(gatekeeper.sessions()::find);
        body.put("csrf", session.map(WebSession::csrf).orElse(null));
        return Reply.ok(body);
    }

    private Reply signIn(Request request) {
        String token = request.json().path("token").asText("");
        WebSession session = gatekeeper.sessions().open(gatekeeper.authenticate("Bearer " + token));
        return new Reply(
                204,
                "application/json",
                "",
                Map.of("Set-Cookie", request.browser().signIn(session)));
    }

    private Reply link(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return Reply.json(201, body.put("path", gatekeeper.signInPath(request.caller())));
    }

    private Reply signOut(Request request) {
        request.browser().sessionId().ifPresent(gatekeeper.sessions()::close);
        return new Reply(
                204,
                "application/json",
                "",
                Map.of("Set-Cookie", request.browser().signOut()));
    }
}
