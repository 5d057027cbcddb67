package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.testing.Knowledge.Known;
import dev.estran.testing.Knowledge.Loaded;
import dev.estran.testing.TextIndex.Match;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the loaded tasks say about one prompt. Right or wrong depends on seed, text and task only. */
final class Evidence {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int LOOK_BACK_CHARS = 48;

    private final Knowledge knowledge;
    private final SimulatedModel model;
    private final long seed;
    private final Correctness correctness;
    private final String canonical;
    private final List<Match> matches;
    private final Map<Task.Kind, List<Loaded>> tasks = new EnumMap<>(Task.Kind.class);
    private final Map<Integer, List<Integer>> positions = new HashMap<>();

    Evidence(Knowledge knowledge, SimulatedModel model, long seed, Prompt prompt) {
        this.knowledge = knowledge;
        this.model = model;
        this.seed = model.seed() == null ? seed : model.seed();
        this.correctness = new Correctness(model, this.seed);
        this.canonical = prompt.canonical();
        this.matches = knowledge.index.find(canonical);
        for (Match match : matches) {
            positions.computeIfAbsent(match.text(), k -> new ArrayList<>(1)).add(match.start());
        }
    }

    boolean mentions(String text) {
        return canonical.contains(text);
    }

    long seed() {
        return seed;
    }

    /** Known texts of the prompt that any task of this kind asks about, in order. */
    List<Slot> slots(Task.Kind kind) {
        List<Loaded> tasks = tasks(kind);
        List<Match> found = TextIndex.apart(matches, id -> answered(tasks, id));
        List<Slot> slots = new ArrayList<>();
        int end = 0;
        for (Match match : found) {
            String id = idBefore(Math.max(end, match.start() - LOOK_BACK_CHARS), match.start());
            slots.add(new Slot(
                    id == null ? String.valueOf(slots.size() + 1) : id,
                    knowledge.index.text(match.text()),
                    List.of(match.text()),
                    match.start()));
            end = match.end();
        }
        return slots;
    }

    /** Of several slots the one a single answer is about: the longest in the last message that has any. */
    Optional<Slot> single(List<Slot> slots) {
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        int from = Prompt.messageStart(canonical, slots.getLast().at() + 1);
        return slots.reversed().stream()
                .filter(slot -> slot.at() >= from)
                .max(Comparator.comparingInt(slot -> slot.text().length()));
    }

    /** A slot for a part of the prompt, with the known texts in it. */
    Slot slot(String id, String segment) {
        String text = Canonical.of(segment);
        List<Match> found = knowledge.index.find(text);
        List<Integer> known = found.stream()
                .sorted(Comparator.comparingInt(Match::length).reversed())
                .map(Match::text)
                .distinct()
                .toList();
        String shown = known.isEmpty() ? text : knowledge.index.text(known.getFirst());
        int at = known.isEmpty()
                ? -1
                : positions.getOrDefault(known.getFirst(), List.of(-1)).getFirst();
        return new Slot(id, shown, known, at);
    }

    /** @param allowed labels that the answer may be; empty for those of the task, if the prompt names them */
    Optional<String> label(Slot slot, Collection<String> allowed) {
        Set<String> open = Set.copyOf(allowed);
        @Nullable Loaded best = null;
        String right = "";
        int text = -1;
        double bestScore = 0;
        for (int id : slot.known()) {
            for (Loaded task : tasks(Task.Kind.LABEL)) {
                List<Known> known = task.answers().get(id);
                if (known == null) {
                    continue;
                }
                String label = known.getFirst().answer().asText();
                double score = open.isEmpty() ? shareNamed(task.labels()) : shareAllowed(task.labels(), label, open);
                if (score > bestScore) {
                    best = task;
                    bestScore = score;
                    right = label;
                    text = id;
                }
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        String about = knowledge.index.text(text);
        return Optional.of(
                correctness.right(best.task(), about) ? right : correctness.otherLabel(best, about, right, open));
    }

    /** Whether a known pair is true; empty where none is known. */
    Optional<Boolean> yesNo(Slot slot) {
        @Nullable Known nearest = null;
        @Nullable Loaded of = null;
        int text = -1;
        long distance = Long.MAX_VALUE;
        for (int id : slot.known()) {
            for (Loaded task : tasks(Task.Kind.YESNO)) {
                for (Known known : task.answers().getOrDefault(id, List.of())) {
                    long away = distance(known.second(), slot);
                    if (away < distance) {
                        distance = away;
                        nearest = known;
                        of = task;
                        text = id;
                    }
                }
            }
        }
        if (nearest == null || of == null) {
            return Optional.empty();
        }
        String second = nearest.second() < 0 ? "" : knowledge.index.text(nearest.second());
        boolean right = correctness.right(of.task(), knowledge.index.text(text) + "\0" + second);
        return Optional.of(nearest.answer().asBoolean() == right);
    }

    /** The known fields of a slot, for the task that shares most names with those asked; names may be empty for any. */
    Optional<JsonNode> fields(Slot slot, Collection<String> names) {
        @Nullable Loaded best = null;
        @Nullable JsonNode answer = null;
        int text = -1;
        int bestScore = 0;
        for (int id : slot.known()) {
            for (Loaded task : tasks(Task.Kind.FIELDS)) {
                for (Known known : task.answers().getOrDefault(id, List.of())) {
                    int score = shared(known.answer(), names);
                    if (score > bestScore) {
                        bestScore = score;
                        best = task;
                        answer = known.answer();
                        text = id;
                    }
                }
            }
        }
        if (best == null || answer == null) {
            return Optional.empty();
        }
        String about = knowledge.index.text(text);
        return Optional.of(correctness.right(best.task(), about) ? answer : WrongFields.of(best, answer, about, seed));
    }

    /** Texts asked about, known ones as they are, else the whole last message. */
    List<String> asked(Prompt prompt) {
        IntPredicate any = id -> true;
        List<Match> found = TextIndex.apart(matches, any);
        return found.isEmpty()
                ? List.of(Canonical.of(prompt.last()))
                : found.stream()
                        .map(match -> knowledge.index.text(match.text()))
                        .toList();
    }

    private List<Loaded> tasks(Task.Kind kind) {
        return tasks.computeIfAbsent(kind, k -> knowledge.of(k, model.name()));
    }

    /** Positive only where the right label is allowed. */
    private static double shareAllowed(List<String> labels, String right, Set<String> open) {
        if (!open.contains(right)) {
            return 0;
        }
        return 1 + (double) labels.stream().filter(open::contains).count() / labels.size();
    }

    /** Positive only where the prompt names most of the labels. */
    private double shareNamed(List<String> labels) {
        double named = labels.stream().filter(canonical::contains).count();
        return 2 * named > labels.size() ? named / labels.size() : 0;
    }

    private static int shared(JsonNode answer, Collection<String> names) {
        if (names.isEmpty()) {
            return 1;
        }
        return (int) names.stream().filter(answer::has).count();
    }

    private long distance(int second, Slot slot) {
        if (second < 0) {
            return Long.MAX_VALUE - 1;
        }
        if (slot.known().contains(second)) {
            return 0;
        }
        long nearest = Long.MAX_VALUE;
        for (int at : positions.getOrDefault(second, List.of())) {
            nearest = Math.min(nearest, Math.abs((long) at - slot.at()));
        }
        return nearest;
    }

    private boolean answered(List<Loaded> tasks, int id) {
        for (Loaded task : tasks) {
            for (Known known : task.answers().getOrDefault(id, List.of())) {
                if (known.second() < 0 || positions.containsKey(known.second())) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String idBefore(int from, int to) {
        int start = Math.max(from, Prompt.messageStart(canonical, to));
        Matcher matcher = NUMBER.matcher(canonical).region(start, to);
        String last = null;
        while (matcher.find()) {
            last = matcher.group();
        }
        return last;
    }
}
