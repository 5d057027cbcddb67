package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All loaded tasks over one index of their texts. Immutable: loading a task gives a new one. */
final class Knowledge {

    /** @param second number of the pair's second text, -1 where any is meant */
    record Known(int second, JsonNode answer) {}

    /** @param answers what is known, by number of the text */
    record Loaded(Task task, List<String> labels, Map<Integer, List<Known>> answers) {
        boolean serves(String model) {
            return task.model().equals("*") || task.model().equals(model);
        }
    }

    static final Knowledge NONE = new Knowledge(Map.of());
    private static final int LIMIT_TEXTS = 1_000_000;

    private final Map<String, Task> tasks;
    private final List<Loaded> loaded = new ArrayList<>();
    final TextIndex index;

    private Knowledge(Map<String, Task> tasks) {
        this.tasks = tasks;
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (Task task : tasks.values()) {
            loaded.add(load(task, numbers));
        }
        index = new TextIndex(new ArrayList<>(numbers.keySet()));
    }

    Knowledge with(List<Task> more) {
        Map<String, Task> all = new LinkedHashMap<>(tasks);
        for (Task task : more) {
            // Put anew, so that the last task loaded comes last.
            String key = task.name() + "\n" + task.model();
            all.remove(key);
            all.put(key, task);
        }
        return new Knowledge(all);
    }

    List<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    /** Tasks of this kind that the model knows; those made for it alone first, then the last loaded first. */
    List<Loaded> of(Task.Kind kind, String model) {
        List<Loaded> own = new ArrayList<>();
        List<Loaded> shared = new ArrayList<>();
        for (Loaded one : loaded.reversed()) {
            if (one.task.kind() == kind && one.serves(model)) {
                (one.task.model().equals("*") ? shared : own).add(one);
            }
        }
        own.addAll(shared);
        return own;
    }

    private static Loaded load(Task task, Map<String, Integer> numbers) {
        Map<Integer, List<Known>> answers = new HashMap<>();
        TreeSet<String> labels = new TreeSet<>();
        for (Task.Item item : task.items()) {
            int text = number(item.text(), numbers);
            int second = item.second() == null ? -1 : number(item.second(), numbers);
            answers.computeIfAbsent(text, k -> new ArrayList<>(1)).add(new Known(second, item.answer()));
            if (task.kind() == Task.Kind.LABEL) {
                labels.add(item.answer().asText());
            }
        }
        return new Loaded(task, List.copyOf(labels), answers);
    }

    private static int number(String text, Map<String, Integer> numbers) {
        String canonical = Canonical.of(text);
        if (canonical.isEmpty()) {
            throw new IllegalArgumentException("a task's text is empty");
        }
        Integer known = numbers.putIfAbsent(canonical, numbers.size());
        if (numbers.size() > LIMIT_TEXTS) {
            throw new IllegalArgumentException("more than " + LIMIT_TEXTS + " texts; load fewer");
        }
        return known != null ? known : numbers.size() - 1;
    }
}
