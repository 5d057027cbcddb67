package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knowledge of a simulated model: what is right for which text.
 *
 * @param name loading a task again under the same name replaces it
 * @param model the one model that knows this, or {@code *} for all
 * @param accuracy share of right answers; null means what the model says, or 1
 */
public record Task(
        String name, Kind kind, String model, @Nullable Double accuracy, List<Item> items) {

    /** What is asked about a text. */
    public enum Kind {
        LABEL,
        YESNO,
        FIELDS
    }

    /**
     * @param second the instruction or second text of a yes/no pair; null for any
     * @param answer a string (label), a boolean (yes/no) or an object (fields)
     */
    public record Item(String text, @Nullable String second, JsonNode answer) {}

    public Task {
        checkAccuracy(accuracy);
        items = List.copyOf(items);
    }

    static void checkAccuracy(@Nullable Double accuracy) {
        if (accuracy != null && !(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy lies between 0 and 1, not " + accuracy);
        }
    }

    /** A task that every model knows, always answered right. */
    public static Task labels(String name, Map<String, String> labelByText) {
        List<Item> items = new ArrayList<>();
        labelByText.forEach((text, label) -> items.add(new Item(text, null, TextNode.valueOf(label))));
        return new Task(name, Kind.LABEL, "*", null, items);
    }

    /** Yes or no to one instruction, for every text. */
    public static Task yesNo(String name, String instruction, Map<String, Boolean> answerByText) {
        List<Item> items = new ArrayList<>();
        answerByText.forEach((text, yes) -> items.add(new Item(text, instruction, BooleanNode.valueOf(yes))));
        return new Task(name, Kind.YESNO, "*", null, items);
    }

    public static Task fields(String name, Map<String, ? extends JsonNode> fieldsByText) {
        List<Item> items = new ArrayList<>();
        fieldsByText.forEach((text, fields) -> items.add(new Item(text, null, fields)));
        return new Task(name, Kind.FIELDS, "*", null, items);
    }

    public Task withAccuracy(double share) {
        return new Task(name, kind, model, share, items);
    }

    public Task forModel(String only) {
        return new Task(name, kind, only, accuracy, items);
    }
}
