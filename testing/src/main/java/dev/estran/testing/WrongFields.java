package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A wrong extraction: one field holds what another text of the task says there. */
final class WrongFields {

    private static final int LIMIT_TRIES = 64;

    private WrongFields() {}

    static JsonNode of(Knowledge.Loaded task, JsonNode right, String text, long seed) {
        if (!(right instanceof ObjectNode object) || object.isEmpty()) {
            return right;
        }
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name =
                names.get(Chance.below(names.size(), seed, "field", task.task().name(), text));
        ObjectNode wrong = object.deepCopy();
        wrong.set(name, other(task, object.path(name), name, text, seed));
        return wrong;
    }

    private static JsonNode other(Knowledge.Loaded task, JsonNode right, String name, String text, long seed) {
        List<Task.Item> items = task.task().items();
        int start = Chance.below(items.size(), seed, "other", task.task().name(), text);
        for (int i = 0; i < Math.min(items.size(), LIMIT_TRIES); i++) {
            JsonNode candidate = items.get((start + i) % items.size()).answer().path(name);
            if (!candidate.isMissingNode() && !candidate.equals(right)) {
                return candidate;
            }
        }
        return NullNode.getInstance();
    }
}
