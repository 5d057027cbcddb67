package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /_sim/*}: loads knowledge, prices and faults; reads and resets counters and bills. */
final class ControlEndpoint {

    private final State state;

    ControlEndpoint(State state) {
        this.state = state;
    }

    void handle(HttpServerRequest request, String text) {
        try {
            JsonNode answer = answer(request.method().name() + " " + request.path(), request, text);
            if (answer.isMissingNode()) {
                Replies.error(
                        request.response(),
                        404,
                        "invalid_request_error",
                        "unknown_url",
                        null,
                        "Unknown request " + request.method() + " " + request.path() + ".");
            } else {
                Replies.json(request.response(), 200, answer);
            }
        } catch (IllegalArgumentException e) {
            Replies.invalid(request.response(), null, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode answer(String route, HttpServerRequest request, String text) {
        return switch (route) {
            case "PUT /_sim/tasks" -> {
                state.knowledge = state.knowledge.with(
                        SimulatorJson.list(SimulatorJson.read(text), "tasks", SimulatorJson::task));
                yield done();
            }
            case "GET /_sim/tasks" -> {
                yield array("tasks", state.knowledge.tasks(), SimulatorJson::json);
            }
            case "DELETE /_sim/tasks" -> {
                state.knowledge = Knowledge.NONE;
                yield done();
            }
            case "PUT /_sim/models" -> {
                JsonNode body = SimulatorJson.read(text);
                state.putModels(
                        SimulatorJson.list(body, "models", SimulatorJson::model),
                        body.path("strict").asBoolean());
                yield done();
            }
            case "GET /_sim/models" -> {
                yield array("models", state.models(), SimulatorJson::json);
            }
            case "PUT /_sim/faults" -> {
                state.faults = new FaultPlan(
                        state.options.seed(),
                        SimulatorJson.list(SimulatorJson.read(text), "faults", SimulatorJson::fault));
                yield done();
            }
            case "GET /_sim/faults" -> {
                yield array("faults", state.faults.faults(), SimulatorJson::json);
            }
            case "DELETE /_sim/faults" -> {
                state.faults = new FaultPlan(state.options.seed(), List.of());
                yield done();
            }
            case "GET /_sim/counters" -> {
                yield SimulatorJson.json(state.ledger.counters());
            }
            case "DELETE /_sim/counters" -> {
                state.ledger.reset();
                state.resetRequests();
                yield done();
            }
            case "GET /_sim/bills" -> {
                yield bills(request.getParam("id"));
            }
            default -> {
                yield MissingNode.getInstance();
            }
        };
    }

    private ObjectNode bills(@Nullable String id) {
        List<Bill> bills = state.ledger.bills().stream()
                .filter(bill -> id == null || bill.requestId().equals(id))
                .toList();
        BigDecimal total = bills.stream().map(Bill::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        ObjectNode node = array("bills", bills, SimulatorJson::json);
        return node.put("count", bills.size()).put("total", total.toPlainString());
    }

    private static ObjectNode done() {
        return SimulatorJson.JSON.createObjectNode().put("ok", true);
    }

    private static <T> ObjectNode array(String name, List<T> all, Function<T, ObjectNode> writer) {
        ObjectNode node = SimulatorJson.JSON.createObjectNode();
        ArrayNode array = node.putArray(name);
        all.forEach(one -> array.add(writer.apply(one)));
        return node;
    }
}
