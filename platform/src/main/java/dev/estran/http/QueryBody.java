package dev.estran.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.query.QueryDraft;
import dev.estran.query.QueryParameter;
import dev.estran.query.SavedQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A saved query as JSON, both ways.
 *
 * @param version what a change started from
 */
record QueryBody(QueryDraft draft, long version) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("name", "statement", "parameters", "chart");
    private static final Set<String> CHANGE = Set.of("name", "statement", "parameters", "chart", "version");
    private static final int EXCERPT = 200;

    static QueryBody ofNew(ObjectNode body) {
        known(body, FIELDS);
        return new QueryBody(draft(body), 0);
    }

    static QueryBody ofChange(ObjectNode body) {
        known(body, CHANGE);
        JsonNode version = body.path("version");
        if (!version.isIntegralNumber() || !version.canConvertToLong()) {
            throw wrong("version", "the version your change started from, a whole number");
        }
        return new QueryBody(draft(body), version.asLong());
    }

    private static QueryDraft draft(ObjectNode body) {
        JsonNode chart = body.path("chart");
        if (!chart.isMissingNode() && !chart.isNull() && !chart.isObject()) {
            throw wrong("chart", "an object");
        }
        return new QueryDraft(
                text(body, "name"),
                text(body, "statement"),
                parameters(body.path("parameters")),
                chart.isObject() ? chart.toString() : null);
    }

    private static Map<String, QueryParameter> parameters(JsonNode given) {
        Map<String, QueryParameter> parameters = new LinkedHashMap<>();
        if (given.isMissingNode() || given.isNull()) {
            return parameters;
        }
        if (!(given instanceof ObjectNode all)) {
            throw wrong("parameters", "an object");
        }
        for (Map.Entry<String, JsonNode> field : all.properties()) {
            parameters.put(field.getKey(), parameter("parameters." + field.getKey(), field.getValue()));
        }
        return parameters;
    }

    private static QueryParameter parameter(String field, JsonNode given) {
        JsonNode type = given.path("type");
        JsonNode value = given.path("value");
        boolean readable = value.isTextual() || value.isNull() || value.isMissingNode();
        if (!(given instanceof ObjectNode object) || !type.isTextual() || !readable) {
            throw wrong(field, "{\"type\": \"DATE\", \"value\": \"2025-01-31\"}; the value a text, null or left out");
        }
        known(object, Set.of("type", "value"));
        return new QueryParameter(type.asText(), !value.isMissingNode(), value.isTextual() ? value.asText() : null);
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.asText();
    }

    private static void known(ObjectNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no field '" + name + "'. Known are " + new TreeSet<>(known) + ".");
            }
        });
    }

    private static EstranException wrong(String field, String expected) {
        return new EstranException(ErrorCode.INVALID_ARGUMENT, "'" + field + "' expects " + expected + ".");
    }

    /** The query in a list, with the beginning of its text. */
    static ObjectNode summary(SavedQuery query) {
        String text = query.draft().text();
        int end = Math.min(EXCERPT, text.length());
        boolean halves = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return head(query).put("excerpt", text.substring(0, halves ? end - 1 : end));
    }

    static ObjectNode of(SavedQuery query) {
        QueryDraft draft = query.draft();
        ObjectNode body = head(query).put("statement", draft.text());
        ObjectNode parameters = body.putObject("parameters");
        draft.parameters().forEach((name, parameter) -> {
            ObjectNode one = parameters.putObject(name).put("type", parameter.type());
            if (parameter.given()) {
                one.put("value", parameter.value());
            }
        });
        body.set("chart", chart(draft.chart()));
        return body;
    }

    private static ObjectNode head(SavedQuery query) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", query.id())
                .put("name", query.name())
                .put("owner", query.owner())
                .put("created_at", query.createdAt().toString())
                .put("updated_at", query.updatedAt().toString())
                .put("version", query.version());
    }

    private static JsonNode chart(@Nullable String text) {
        try {
            return text == null ? JsonNodeFactory.instance.nullNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the chart of a saved query is not JSON", e);
        }
    }
}
