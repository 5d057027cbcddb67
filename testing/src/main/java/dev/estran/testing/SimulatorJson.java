package dev.estran.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The wire form of tasks, models, faults, counters and bills. */
final class SimulatorJson {

    static final ObjectMapper JSON = new ObjectMapper();

    private SimulatorJson() {}

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** One object, an array of them, or an object that holds such an array under {@code name}. */
    static <T> List<T> list(JsonNode body, String name, Function<JsonNode, T> reader) {
        JsonNode all = body.path(name).isArray() ? body.path(name) : body;
        List<T> list = new ArrayList<>();
        if (all.isArray()) {
            all.forEach(one -> list.add(reader.apply(one)));
        } else if (all.isObject()) {
            list.add(reader.apply(all));
        } else {
            throw new IllegalArgumentException("expected an object or an array of " + name);
        }
        return list;
    }

    static Task task(JsonNode node) {
        Task.Kind kind = choice(Task.Kind.class, text(node, "kind"));
        List<Task.Item> items = new ArrayList<>();
        for (JsonNode item : node.path("items")) {
            String second = item.has("second")
                    ? text(item, "second")
                    : item.has("instruction") ? text(item, "instruction") : null;
            items.add(new Task.Item(text(item, "text"), second, answer(kind, item)));
        }
        return new Task(text(node, "name"), kind, node.path("model").asText("*"), decimal(node, "accuracy"), items);
    }

    static ObjectNode json(Task task) {
        ObjectNode node = JSON.createObjectNode()
                .put("name", task.name())
                .put("kind", task.kind().name().toLowerCase(Locale.ROOT))
                .put("model", task.model())
                .put("accuracy", task.accuracy());
        ArrayNode items = node.putArray("items");
        for (Task.Item item : task.items()) {
            ObjectNode one = items.addObject().put("text", item.text());
            if (item.second() != null) {
                one.put("second", item.second());
            }
            one.set(answerName(task.kind()), item.answer());
        }
        return node;
    }

    static SimulatedModel model(JsonNode node) {
        return new SimulatedModel(
                text(node, "name"),
                price(node, "input_per_million"),
                price(node, "output_per_million"),
                node.path("currency").asText("EUR"),
                decimal(node, "accuracy"),
                latency(node.path("latency")),
                node.hasNonNull("seed") ? node.path("seed").asLong() : null);
    }

    static ObjectNode json(SimulatedModel model) {
        ObjectNode node = JSON.createObjectNode()
                .put("name", model.name())
                .put("input_per_million", model.inputPerMillion())
                .put("output_per_million", model.outputPerMillion())
                .put("currency", model.currency())
                .put("accuracy", model.accuracy())
                .put("seed", model.seed());
        if (model.latency() != null) {
            node.putObject("latency")
                    .put("median_ms", model.latency().medianMillis())
                    .put("p99_ms", model.latency().p99Millis());
        }
        return node;
    }

    static Fault fault(JsonNode node) {
        return new Fault(
                choice(Fault.Kind.class, text(node, "kind")),
                decimal(node, "probability"),
                whole(node, "every"),
                whole(node, "next"),
                node.hasNonNull("model") ? text(node, "model") : null,
                whole(node, "retry_after"));
    }

    static ObjectNode json(Fault fault) {
        return JSON.createObjectNode()
                .put("kind", fault.kind().wireName())
                .put("probability", fault.probability())
                .put("every", fault.every())
                .put("next", fault.next())
                .put("model", fault.model())
                .put("retry_after", fault.retryAfterSeconds());
    }

    static ObjectNode json(Counters counters) {
        ObjectNode node = JSON.createObjectNode().put("calls", counters.calls()).put("answered", counters.answered());
        ObjectNode failed = node.putObject("failed");
        counters.failed().forEach(failed::put);
        return node.put("input_tokens", counters.inputTokens())
                .put("output_tokens", counters.outputTokens())
                .put("in_flight", counters.inFlight())
                .put("most_in_flight", counters.mostInFlight())
                .put("distinct_texts", counters.distinctTexts());
    }

    static Counters counters(JsonNode node) {
        Map<String, Long> failed = new TreeMap<>();
        node.path("failed")
                .properties()
                .forEach(e -> failed.put(e.getKey(), e.getValue().asLong()));
        return new Counters(
                node.path("calls").asLong(),
                node.path("answered").asLong(),
                failed,
                node.path("input_tokens").asLong(),
                node.path("output_tokens").asLong(),
                node.path("in_flight").asInt(),
                node.path("most_in_flight").asInt(),
                node.path("distinct_texts").asLong());
    }

    static ObjectNode json(Bill bill) {
        return JSON.createObjectNode()
                .put("request_id", bill.requestId())
                .put("model", bill.model())
                .put("charges", bill.charges())
                .put("input_tokens", bill.inputTokens())
                .put("output_tokens", bill.outputTokens())
                .put("amount", bill.amount().toPlainString())
                .put("currency", bill.currency());
    }

    static Bill bill(JsonNode node) {
        return new Bill(
                text(node, "request_id"),
                text(node, "model"),
                node.path("charges").asInt(),
                node.path("input_tokens").asLong(),
                node.path("output_tokens").asLong(),
                new BigDecimal(text(node, "amount")),
                text(node, "currency"));
    }

    private static String answerName(Task.Kind kind) {
        return switch (kind) {
            case LABEL -> "label";
            case YESNO -> "answer";
            case FIELDS -> "fields";
        };
    }

    private static JsonNode answer(Task.Kind kind, JsonNode item) {
        JsonNode answer = item.path(answerName(kind));
        boolean fits = switch (kind) {
            case LABEL -> answer.isTextual();
            case YESNO -> answer.isBoolean();
            case FIELDS -> answer.isObject();
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "an item's " + answerName(kind) + " is missing or of the wrong type: " + answer);
        }
        return answer;
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw new IllegalArgumentException("needs " + name + ", a string");
        }
        return node.path(name).textValue();
    }

    private static @Nullable Double decimal(JsonNode node, String name) {
        if (!node.hasNonNull(name)) {
            return null;
        }
        if (!node.path(name).isNumber()) {
            throw new IllegalArgumentException(name + " is a number, not " + node.path(name));
        }
        return node.path(name).doubleValue();
    }

    private static @Nullable Integer whole(JsonNode node, String name) {
        Double value = decimal(node, name);
        return value == null ? null : value.intValue();
    }

    private static BigDecimal price(JsonNode node, String name) {
        return node.hasNonNull(name) ? new BigDecimal(node.path(name).asText()) : BigDecimal.ZERO;
    }

    private static @Nullable Latency latency(JsonNode node) {
        if (node.isNumber()) {
            return Latency.fixed(node.asDouble());
        }
        if (node.has("fixed_ms")) {
            return Latency.fixed(node.path("fixed_ms").asDouble());
        }
        if (!node.isObject()) {
            return null;
        }
        double median = node.path("median_ms").asDouble();
        return new Latency(median, node.path("p99_ms").asDouble(median));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equalsIgnoreCase(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown kind " + name + "; known: "
                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }
}
