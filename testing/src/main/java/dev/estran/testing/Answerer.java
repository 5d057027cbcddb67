package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers a prompt in the shape of a JSON schema: known texts from the tasks, the rest made up. */
final class Answerer {

    private static final int LIMIT_DEPTH = 16;
    private static final Set<String> ANSWER_NAMES =
            Set.of("answer", "label", "category", "class", "value", "result", "response", "output", "topic");
    private static final Set<String> YES = Set.of("yes", "true", "oui");
    private static final Set<String> NO = Set.of("no", "false", "non");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Evidence evidence;
    private final Prompt prompt;
    private final Schemas schemas;
    private final Plausible plausible;
    private final List<Slot> found;

    Answerer(Evidence evidence, Prompt prompt, JsonNode schema) {
        this.evidence = evidence;
        this.prompt = prompt;
        this.schemas = new Schemas(schema);
        this.plausible = new Plausible(evidence.seed());
        this.found = found();
    }

    JsonNode answer(JsonNode schema) {
        Slot slot = evidence.single(found).orElse(new Slot("1", Canonical.of(prompt.last()), List.of(), -1));
        return fill(schema, slot, "", true, 0);
    }

    /** Known texts that the schema's kind of answer is about. */
    private List<Slot> found() {
        List<Task.Kind> kinds = new ArrayList<>();
        if (schemas.contains("enum")) {
            kinds.add(Task.Kind.LABEL);
        }
        if (schemas.contains("boolean")) {
            kinds.add(Task.Kind.YESNO);
        }
        for (Task.Kind kind : List.of(Task.Kind.FIELDS, Task.Kind.LABEL, Task.Kind.YESNO)) {
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        for (Task.Kind kind : kinds) {
            List<Slot> slots = evidence.slots(kind);
            if (!slots.isEmpty()) {
                return slots;
            }
        }
        return List.of();
    }

    /** @param packed whether an array met here holds one answer per item of the prompt */
    private JsonNode fill(JsonNode schema, Slot slot, String name, boolean packed, int depth) {
        JsonNode plain = schemas.plain(schema);
        if (depth > LIMIT_DEPTH) {
            return NullNode.getInstance();
        }
        if (plain.has("const")) {
            return plain.path("const");
        }
        if (plain.path("enum").isArray() && !plain.path("enum").isEmpty()) {
            return choose(plain.path("enum"), slot, name);
        }
        return switch (Schemas.type(plain)) {
            case "object" -> object(plain, slot, packed, depth);
            case "array" -> array(plain, slot, name, packed, depth);
            case "boolean" ->
                evidence.yesNo(slot)
                        .<JsonNode>map(NODES::booleanNode)
                        .orElseGet(() -> plausible.yesNo(slot.text(), name));
            case "integer" ->
                !packed && isId(slot, name)
                        ? IntNode.valueOf(Integer.parseInt(slot.id()))
                        : plausible.number(plain, slot.text(), name, true);
            case "number" -> plausible.number(plain, slot.text(), name, false);
            case "null" -> NullNode.getInstance();
            default -> string(plain, slot, name, packed);
        };
    }

    private JsonNode object(JsonNode schema, Slot slot, boolean packed, int depth) {
        List<String> names = Schemas.names(schema);
        ObjectNode object = NODES.objectNode();
        if (packed
                && found.size() > 1
                && names.size() > 1
                && Schemas.uniform(schema)
                && evidence.fields(slot, names).isEmpty()) {
            return byItem(schema, names, depth);
        }
        Optional<JsonNode> known = evidence.fields(slot, names);
        for (String name : names) {
            JsonNode property = schema.path("properties").path(name);
            if (known.isPresent() && known.get().has(name)) {
                object.set(name, conform(property, known.get().path(name), slot, name, depth + 1));
            } else {
                object.set(name, fill(property, slot, name, packed, depth + 1));
            }
        }
        return object;
    }

    /** One property per item of the prompt. */
    private JsonNode byItem(JsonNode schema, List<String> names, int depth) {
        ObjectNode object = NODES.objectNode();
        List<Slot> slots = new Packing(evidence, prompt).slots(exactly(names.size()), found);
        for (int i = 0; i < names.size(); i++) {
            JsonNode property = schema.path("properties").path(names.get(i));
            object.set(names.get(i), fill(property, slots.get(i), "", false, depth + 1));
        }
        return object;
    }

    private JsonNode array(JsonNode schema, Slot slot, String name, boolean packed, int depth) {
        ArrayNode array = NODES.arrayNode();
        JsonNode items = schema.path("items");
        if (packed) {
            for (Slot one : new Packing(evidence, prompt).slots(schema, found)) {
                array.add(fill(items, one, name, false, depth + 1));
            }
            return array;
        }
        int size = Math.min(1_000, Math.max(schema.path("minItems").asInt(1), 0));
        for (int i = 0; i < Math.min(size, schema.path("maxItems").asInt(size)); i++) {
            array.add(fill(items, slot, name, false, depth + 1));
        }
        return array;
    }

    private JsonNode choose(JsonNode values, Slot slot, String name) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode value : values) {
            allowed.add(value.asText());
        }
        if (Segments.IDS.contains(name) && allowed.contains(slot.id())) {
            return values.get(allowed.indexOf(slot.id()));
        }
        Optional<String> label = evidence.label(slot, allowed);
        if (label.isPresent()) {
            return values.get(allowed.indexOf(label.get()));
        }
        Optional<Boolean> yes = evidence.yesNo(slot);
        for (int i = 0; yes.isPresent() && i < allowed.size(); i++) {
            if ((yes.get() ? YES : NO).contains(allowed.get(i).toLowerCase(Locale.ROOT))) {
                return values.get(i);
            }
        }
        return plausible.pick(values, slot.text());
    }

    private JsonNode string(JsonNode schema, Slot slot, String name, boolean packed) {
        if (!packed && isId(slot, name)) {
            return TextNode.valueOf(slot.id());
        }
        if (name.isEmpty() || ANSWER_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            Optional<String> label = evidence.label(slot, List.of());
            if (label.isPresent()) {
                return TextNode.valueOf(label.get());
            }
        }
        return plausible.text(schema, slot.text());
    }

    /** A known value, put into the type that the schema asks for. */
    private JsonNode conform(JsonNode schema, JsonNode value, Slot slot, String name, int depth) {
        JsonNode plain = schemas.plain(schema);
        if (value.isNull() && schemas.nullable(schema)) {
            return value;
        }
        if (depth > LIMIT_DEPTH) {
            return NullNode.getInstance();
        }
        if (plain.path("enum").isArray()) {
            for (JsonNode allowed : plain.path("enum")) {
                if (allowed.asText().equals(value.asText())) {
                    return allowed;
                }
            }
            return fill(schema, slot, name, false, depth);
        }
        return switch (Schemas.type(plain)) {
            case "object" -> {
                ObjectNode object = NODES.objectNode();
                for (String property : Schemas.names(plain)) {
                    JsonNode inner = plain.path("properties").path(property);
                    object.set(property, conform(inner, value.path(property), slot, property, depth + 1));
                }
                yield object;
            }
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                value.forEach(one -> array.add(conform(plain.path("items"), one, slot, name, depth + 1)));
                yield array;
            }
            case "string" -> TextNode.valueOf(value.isContainerNode() ? value.toString() : value.asText(""));
            default -> {
                JsonNode scalar = Scalars.of(Schemas.type(plain), value);
                yield scalar.isNull() && !schemas.nullable(schema) ? fill(schema, slot, name, false, depth) : scalar;
            }
        };
    }

    private static boolean isId(Slot slot, String name) {
        return Segments.IDS.contains(name)
                && slot.id().length() < 10
                && slot.id().chars().allMatch(Character::isDigit);
    }

    private static JsonNode exactly(int items) {
        return NODES.objectNode().put("minItems", items).put("maxItems", items);
    }
}
