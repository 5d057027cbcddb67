package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementStatus;
import dev.estran.sql.TypedValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sql} and {@code /api/v1/sessions}. */
final class SqlRoutes {

    private static final int FIRST_PAGE_ROWS = 1000;
    private static final long DEFAULT_WAIT_MILLIS = 2000;
    private static final long MAX_WAIT_MILLIS = 60_000;

    private final SqlService sql;

    SqlRoutes(SqlService sql) {
        this.sql = sql;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/sql", this::submit),
                Route.get("/api/v1/sql/{id}", this::status),
                Route.get("/api/v1/sql/{id}/rows", this::rows),
                Route.post("/api/v1/sql/{id}/cancel", this::cancel),
                Route.delete("/api/v1/sql/{id}", this::discard),
                Route.post("/api/v1/sessions", this::openSession),
                Route.delete("/api/v1/sessions/{id}", this::closeSession));
    }

    private Reply submit(Request request) throws InterruptedException {
        ObjectNode body = request.json();
        JsonNode limits = body.path("limits");
        SqlRequest statement = new SqlRequest(
                text(body, "session"),
                body.path("statement").asText(""),
                parameters(body.path("parameters")),
                limits.hasNonNull("rows") ? limits.get("rows").asLong() : null,
                limits.hasNonNull("ai_budget") ? money(limits.get("ai_budget").asText()) : null,
                limits.hasNonNull("timeout_ms") ? limits.get("timeout_ms").asLong() : null);
        String id = sql.submit(request.caller(), statement);
        long wait = limits.hasNonNull("wait_ms") ? limits.get("wait_ms").asLong() : DEFAULT_WAIT_MILLIS;
        StatementStatus status = sql.await(request.caller(), id, Math.clamp(wait, 0, MAX_WAIT_MILLIS));
        return page(request, status, 0, FIRST_PAGE_ROWS);
    }

    private static @Nullable String text(ObjectNode body, String field) {
        return body.hasNonNull(field) ? body.get(field).asText() : null;
    }

    private static BigDecimal money(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "ai_budget expects an amount such as \"2.50\", not '" + text + "'.", e);
        }
    }

    /** {@code {"since": {"type": "DATE", "value": "2025-01-01"}}}; a bare value gets its natural type. */
    private static Map<String, TypedValue> parameters(JsonNode given) {
        Map<String, TypedValue> parameters = new HashMap<>();
        given.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                JsonNode text = value.path("value");
                parameters.put(
                        field.getKey(),
                        new TypedValue(value.path("type").asText("VARCHAR"), text.isNull() ? null : text.asText()));
            } else {
                String type = value.isBoolean()
                        ? "BOOLEAN"
                        : value.isIntegralNumber() ? "BIGINT" : value.isNumber() ? "DOUBLE" : "VARCHAR";
                parameters.put(field.getKey(), new TypedValue(type, value.isNull() ? null : value.asText()));
            }
        });
        return parameters;
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
        long next = Math.min(status.rows(), offset + limit);
        body.put("offset", offset);
        if (next < status.rows()) {
            body.put("next", next);
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
