package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.query.SavedQueries;
import dev.estran.query.SavedQuery;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/queries}: the queries a caller keeps. */
final class QueryRoutes {

    private final SavedQueries queries;

    QueryRoutes(SavedQueries queries) {
        this.queries = queries;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/queries", this::list),
                Route.post("/api/v1/queries", this::create),
                Route.get("/api/v1/queries/{id}", this::load),
                Route.put("/api/v1/queries/{id}", this::update),
                Route.delete("/api/v1/queries/{id}", this::delete));
    }

    private Reply list(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("queries");
        queries.list(request.caller()).forEach(query -> list.add(QueryBody.summary(query)));
        return Reply.ok(body);
    }

    private Reply create(Request request) {
        QueryBody body = QueryBody.ofNew(request.json());
        return Reply.json(201, QueryBody.of(queries.create(request.caller(), body.draft())));
    }

    private Reply load(Request request) {
        return Reply.ok(QueryBody.of(queries.load(request.caller(), request.pathValue("id"))));
    }

    private Reply update(Request request) {
        QueryBody body = QueryBody.ofChange(request.json());
        SavedQuery query = queries.update(request.caller(), request.pathValue("id"), body.draft(), body.version());
        return Reply.ok(QueryBody.of(query));
    }

    private Reply delete(Request request) {
        queries.delete(request.caller(), request.pathValue("id"));
        return new Reply(204, "application/json", "", Map.of());
    }
}
