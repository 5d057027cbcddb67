package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers without a schema: known labels, verdicts and fields where the prompt asks for them, else a sentence. */
final class FreeAnswers {

    private final Evidence evidence;
    private final Prompt prompt;

    FreeAnswers(Evidence evidence, Prompt prompt) {
        this.evidence = evidence;
        this.prompt = prompt;
    }

    static String content(Evidence evidence, Prompt prompt, JsonNode format) {
        return switch (format.path("type").asText("text")) {
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema").path("schema");
                yield new Answerer(evidence, prompt, schema).answer(schema).toString();
            }
            case "json_object" -> new FreeAnswers(evidence, prompt).object().toString();
            default -> new FreeAnswers(evidence, prompt).text();
        };
    }

    private String text() {
        StringBuilder lines = new StringBuilder();
        for (JsonNode answer : answers()) {
            String line = answer.isBoolean() && namesYes() ? (answer.booleanValue() ? "yes" : "no") : shown(answer);
            lines.append(lines.isEmpty() ? "" : "\n").append(line);
        }
        return lines.toString();
    }

    private JsonNode object() {
        List<JsonNode> answers = answers();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (answers.size() > 1) {
            return object.set("answers", JsonNodeFactory.instance.arrayNode().addAll(answers));
        }
        return answers.getFirst().isObject() ? answers.getFirst() : object.set("answer", answers.getFirst());
    }

    private List<JsonNode> answers() {
        for (Task.Kind kind : Task.Kind.values()) {
            List<JsonNode> answers = new ArrayList<>();
            for (Slot slot : evidence.slots(kind)) {
                known(kind, slot).filter(one -> !one.isMissingNode()).ifPresent(answers::add);
            }
            if (!answers.isEmpty()) {
                return answers;
            }
        }
        return List.of(TextNode.valueOf(Plausible.sentence(prompt.last())));
    }

    private Optional<JsonNode> known(Task.Kind kind, Slot slot) {
        return switch (kind) {
            case LABEL -> evidence.label(slot, List.of()).map(TextNode::valueOf);
            case YESNO -> evidence.yesNo(slot).map(BooleanNode::valueOf);
            case FIELDS ->
                evidence.fields(slot, List.of()).map(fields -> named(fields) ? fields : MissingNode.getInstance());
        };
    }

    /** Whether the prompt speaks of at least half of the fields. */
    private boolean named(JsonNode fields) {
        int named = 0;
        for (var entry : fields.properties()) {
            named += evidence.mentions(entry.getKey()) ? 1 : 0;
        }
        return 2 * named >= fields.size();
    }

    private boolean namesYes() {
        return evidence.mentions("yes") || evidence.mentions("Yes") || evidence.mentions("YES");
    }

    private static String shown(JsonNode answer) {
        return answer.isTextual() ? answer.textValue() : answer.toString();
    }
}
