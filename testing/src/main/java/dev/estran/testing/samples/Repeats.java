package dev.estran.testing.samples;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts in how many texts each sequence of eight words stands, and refuses a text that would make one a cliché. */
final class Repeats {
    private static final int WORDS = 8;

    private final int limit;
    private final Map<String, Integer> counts = new HashMap<>();

    Repeats(int limit) {
        this.limit = limit;
    }

    boolean accept(String text) {
        Set<String> sequences = sequences(text);
        for (String sequence : sequences) {
            if (counts.getOrDefault(sequence, 0) >= limit) {
                return false;
            }
        }
        sequences.forEach(s -> counts.merge(s, 1, Integer::sum));
        return true;
    }

    private static Set<String> sequences(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        Set<String> out = new HashSet<>();
        for (int i = 0; i + WORDS <= words.length; i++) {
            out.add(String.join(" ", java.util.Arrays.copyOfRange(words, i, i + WORDS)));
        }
        return out;
    }
}
