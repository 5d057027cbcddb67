package dev.estran.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.model.ChatRequest;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads answers of models, with validation against what was asked. */
final class AnswerForms {

    private static final JsonMapper JSON = new JsonMapper();

    private AnswerForms() {}

    /** What an answer's text comes to. */
    sealed interface Parsed {}

    record Value(@Nullable Object value) implements Parsed {}

    /** @param complaint what is wrong, to tell the model and the user; holds nothing of the answer's text */
    record Invalid(String complaint) implements Parsed {}

    static Parsed parse(AiCall call, ChatRequest request, String text) {
        if (text.isBlank()) {
            return new Invalid("it is empty");
        }
        return switch (call.function().name()) {
            case "ai_classify", "ai_analyze_sentiment" -> label(request, text);
            case "ai_filter" -> flag(field(text, "answer"));
            case "ai_score" -> score(field(text, "score"));
            case "ai_similarity" -> score(field(text, "score"));
            case "ai_detect_language" -> language(field(text, "language"));
            case "ai_extract" -> extracted(request, text);
            default -> typed(call.returns(), text);
        };
    }

    private static Parsed label(ChatRequest request, String text) {
        String given = field(text, "label");
        JsonNode allowed = request.schema() == null
                ? JsonNodeFactory.instance.arrayNode()
                : request.schema().path("properties").path("label").path("enum");
        String close = null;
        for (JsonNode label : allowed) {
            if (label.asText().equals(given)) {
                return new Value(given);
            }
            if (label.asText().strip().equalsIgnoreCase(given.strip())) {
                close = label.asText();
            }
        }
        return close == null ? new Invalid("label must be one of " + allowed) : new Value(close);
    }

    private static Parsed flag(String given) {
        return switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> new Value(true);
            case "false", "no" -> new Value(false);
            default -> new Invalid("answer must be true or false");
        };
    }

    private static Parsed score(String given) {
        try {
            double score = Double.parseDouble(given.strip());
            return score >= 0 && score <= 1 ? new Value(score) : new Invalid("score must lie between 0 and 1");
        } catch (NumberFormatException e) {
            return new Invalid("score must be a number between 0 and 1");
        }
    }

    private static Parsed language(String given) {
        String code = given.strip().toLowerCase(Locale.ROOT);
        return code.matches("[a-z]{2,3}") ? new Value(code) : new Invalid("language must be an ISO 639-1 code");
    }

    private static Parsed extracted(ChatRequest request, String text) {
        JsonNode answer = json(text);
        if (answer == null || !answer.isObject()) {
            return new Invalid("it must be one JSON object");
        }
        JsonNode schema = request.schema();
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        if (schema != null) {
            for (var property : schema.path("properties").properties()) {
                JsonNode value = answer.path(property.getKey());
                String wrong = wrongType(property.getValue(), value);
                if (wrong != null) {
                    return new Invalid(property.getKey() + " must be " + wrong);
                }
                kept.set(property.getKey(), value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
            }
        }
        return new Value(kept.toString());
    }

    /** The type the value should have had, or null. */
    private static @Nullable String wrongType(JsonNode schema, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText("");
        boolean right = switch (name) {
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
        return right ? null : "of type " + name;
    }

    /** Free text, for the type the caller asked for. */
    private static Parsed typed(String returns, String text) {
        String type = returns.toUpperCase(Locale.ROOT);
        if (type.equals("VARCHAR")) {
            return new Value(text);
        }
        if (type.equals("BOOLEAN")) {
            return flag(text);
        }
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.equals("JSON")) {
            JsonNode json = json(text);
            return json == null ? new Invalid("it must be JSON") : new Value(json.toString());
        }
        if (type.equals("DATE") || type.startsWith("TIME")) {
            return new Value(text.strip());
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return new Value(
                    type.equals("DOUBLE") || type.equals("FLOAT") ? number.doubleValue() : number.toPlainString());
        } catch (NumberFormatException e) {
            return new Invalid("it must be a number");
        }
    }

    /** A field of an answer that is an object; the whole text where it is none, for servers that ignore schemas. */
    private static String field(String text, String name) {
        JsonNode json = json(text);
        if (json != null && json.isObject()) {
            return json.path(name).asText("");
        }
        return json != null && json.isValueNode() ? json.asText() : text.strip();
    }

    /** The text as JSON, with or without the fence that models like to put around it; null where it is none. */
    static @Nullable JsonNode json(String text) {
        String bare = text.strip();
        if (bare.startsWith("```") && bare.endsWith("```") && bare.indexOf('\n') > 0) {
            bare = bare.substring(bare.indexOf('\n') + 1, bare.length() - 3);
        }
        try {
            JsonNode node = JSON.reader()
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(bare);
            return node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
