package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.EstranException;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementStatus;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/sql} and {@code /api/v1/sessions}. */
final class SqlRoutes {

    private static final int FIRST_PAGE_ROWS = 1000;
    private static final long MAX_WAIT_MILLIS = 60_000;

    private final SqlService sql;

    SqlRoutes(SqlService sql) {
        this.sql = sql;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/sql", this::submit),
                Route.post("/api/v1/sql/estimate", this::estimate),
                Route.get("/api/v1/sql", this::running),
                Route.get("/api/v1/sql/{id}", this::status),
                Route.get("/api/v1/sql/{id}/rows", this::rows),
                Route.post("/api/v1/sql/{id}/cancel", this::cancel),
                Route.delete("/api/v1/sql/{id}", this::discard),
                Route.post("/api/v1/sessions", this::openSession),
                Route.delete("/api/v1/sessions/{id}", this::closeSession));
    }

    private Reply submit(Request request) throws InterruptedException {
        SqlBody body = SqlBody.of(request.json());
        String id = sql.submit(request.caller(), body.request());
        long wait = Math.min(body.waitMillis(), MAX_WAIT_MILLIS);
        StatementStatus status = sql.await(request.caller(), id, wait);
        return page(request, status, 0, FIRST_PAGE_ROWS);
    }

    private Reply estimate(Request request) throws InterruptedException {
        SqlBody body = SqlBody.of(request.json());
        return Reply.ok(EstimateBody.of(sql.estimate(request.caller(), body.request()), sql.currency()));
    }

    private Reply running(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode statements = body.putArray("statements");
        for (SqlService.Running one : sql.running(request.caller())) {
            statements.add(StatementBody.running(one));
        }
        return Reply.ok(body);
    }

    private Reply status(Request request) throws InterruptedException {
        long wait = Math.clamp(request.queryNumber("wait_ms", 0), 0, MAX_WAIT_MILLIS);
        StatementStatus status = sql.await(request.caller(), request.pathValue("id"), wait);
        return Reply.ok(StatementBody.of(status));
    }

    private Reply rows(Request request) {
        StatementStatus status = sql.status(request.caller(), request.pathValue("id"));
        long limit = request.queryNumber("limit", FIRST_PAGE_ROWS);
        return page(request, status, request.queryNumber("offset", 0), Math.clamp(limit, -1, Integer.MAX_VALUE));
    }

    private Reply page(Request request, StatementStatus status, long offset, int limit) {
        ObjectNode body = StatementBody.of(status);
        EstranException error = status.error();
        if (error != null) {
            return Reply.json(error.code().httpStatus(), body);
        }
        if (!status.state().ended()) {
            return Reply.json(202, body);
        }
        String rows = sql.rows(request.caller(), status.id(), offset, limit);
        body.put("offset", offset);
        if (limit < status.rows() - offset) {
            body.put("next", offset + limit);
        } else {
            body.putNull("next");
        }
        // The rows are JSON already; they are set in as they are.
        String text = body.toString();
        return Reply.json(200, text.substring(0, text.length() - 1) + ",\"rows\":[" + rows + "]}");
    }

    private Reply cancel(Request request) {
        sql.cancel(request.caller(), request.pathValue("id"));
        return Reply.ok(StatementBody.of(sql.status(request.caller(), request.pathValue("id"))));
    }

    private Reply discard(Request request) {
        sql.discard(request.caller(), request.pathValue("id"));
        return new Reply(204, "application/json", "", Map.of());
    }

    private Reply openSession(Request request) {
        return Reply.json(201, "{\"session\":\"" + sql.openSession(request.caller()) + "\"}");
    }

    private Reply closeSession(Request request) {
        sql.closeSession(request.caller(), request.pathValue("id"));
        return new Reply(204, "application/json", "", Map.of());
    }
}
