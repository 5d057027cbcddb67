package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what the items of a packed prompt are. */
final class Packing {

    private static final int LIMIT_SLOTS = 2_000;

    private final Evidence evidence;
    private final Prompt prompt;

    Packing(Evidence evidence, Prompt prompt) {
        this.evidence = evidence;
        this.prompt = prompt;
    }

    /**
     * One slot per item of the array that is asked for.
     *
     * @param found known texts of the prompt
     */
    List<Slot> slots(JsonNode array, List<Slot> found) {
        int least = array.path("minItems").asInt(0);
        int most = Math.min(LIMIT_SLOTS, array.path("maxItems").asInt(LIMIT_SLOTS));
        int wanted = least == most ? least : -1;
        List<Slot> best = split(found, wanted);
        if (best.isEmpty()) {
            best = found;
        }
        List<Slot> fitted = new ArrayList<>(best);
        while (fitted.size() > most) {
            fitted.remove(fitted.stream()
                    .min(Comparator.comparingInt(slot -> slot.text().length()))
                    .orElseThrow());
        }
        while (fitted.size() < Math.min(most, Math.max(1, least))) {
            String id = String.valueOf(fitted.size() + 1);
            fitted.add(new Slot(id, prompt.last() + id, List.of(), -1));
        }
        return fitted;
    }

    private List<Slot> split(List<Slot> found, int wanted) {
        List<Slot> best = List.of();
        long bestScore = -1;
        for (List<Segments.Segment> segments : Segments.of(prompt.last())) {
            if (segments.size() > LIMIT_SLOTS || (wanted >= 0 && segments.size() != wanted)) {
                continue;
            }
            List<Slot> slots =
                    segments.stream().map(s -> evidence.slot(s.id(), s.text())).toList();
            long covered = slots.stream().filter(slot -> holds(slot, found)).count();
            long chars = slots.stream().mapToLong(slot -> slot.text().length()).sum();
            boolean fits = found.isEmpty() || covered >= found.size() || (wanted >= 0 && covered > 0);
            long score = covered * 1_000_000L + Math.min(chars, 999_999);
            if (fits && score > bestScore) {
                best = slots;
                bestScore = score;
            }
        }
        return best;
    }

    private static boolean holds(Slot slot, List<Slot> found) {
        return found.stream().anyMatch(one -> slot.known().contains(one.known().getFirst()));
    }
}
