package dev.estran.testing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which answers of a model are wrong, by seed, task and text alone. */
record Correctness(SimulatedModel model, long seed) {

    boolean right(Task task, String text) {
        @Nullable Double accuracy = task.accuracy();
        if (model.accuracy() != null && (accuracy == null || task.model().equals("*"))) {
            accuracy = model.accuracy();
        }
        return accuracy == null || Chance.unit(seed, "right", task.name(), text) < accuracy;
    }

    String otherLabel(Knowledge.Loaded task, String text, String right, Set<String> open) {
        List<String> others = (open.isEmpty() ? task.labels() : open)
                .stream().filter(label -> !label.equals(right)).sorted().toList();
        return others.isEmpty()
                ? right
                : others.get(
                        Chance.below(others.size(), seed, "wrong", task.task().name(), text));
    }
}
