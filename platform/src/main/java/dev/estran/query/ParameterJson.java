package dev.estran.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form in which parameters are stored: {@code {"since": {"type": "DATE", "value": "2025-01-31"}}}. */
final class ParameterJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ParameterJson() {}

    static String write(Map<String, QueryParameter> parameters) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, parameter) -> {
            ObjectNode one = all.putObject(name).put("type", parameter.type());
            if (parameter.given()) {
                one.put("value", parameter.value());
            }
        });
        return all.toString();
    }

    static Map<String, QueryParameter> read(String text) {
        Map<String, QueryParameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : tree(text).properties()) {
            JsonNode value = field.getValue().path("value");
            parameters.put(
                    field.getKey(),
                    new QueryParameter(
                            field.getValue().path("type").asText(),
                            !value.isMissingNode(),
                            value.isTextual() ? value.asText() : null));
        }
        return parameters;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parameters of a saved query are not JSON", e);
        }
    }
}
