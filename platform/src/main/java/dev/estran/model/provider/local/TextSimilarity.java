package dev.estran.model.provider.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How much two texts share: words by stem and character trigrams. Lexical: it does not know meanings or translations. */
public final class TextSimilarity {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/similarity@1";

    private static final Pattern INITIALS = Pattern.compile("(?<!\\p{L}{2})(\\p{L})\\.(?=\\p{L}(?!\\p{L}))");

    private TextSimilarity() {}

    /**
     * From 0 (nothing shared) to 1 (the same words in the same order, whatever case, accents and punctuation). Symmetric.
     */
    public static double similarity(String a, String b) {
        LocalInput.check(a);
        LocalInput.check(b);
        if (a.equals(b)) {
            return 1.0;
        }
        List<String> wordsA = words(a);
        List<String> wordsB = words(b);
        if (wordsA.equals(wordsB)) {
            return wordsA.isEmpty() ? 0.0 : 1.0;
        }
        double words = cosine(stems(wordsA), stems(wordsB));
        double trigrams = cosine(trigrams(wordsA), trigrams(wordsB));
        double mean = 0.5 * words + 0.5 * trigrams;
        // Only equal sequences of words are worth 1: another order of the same words is not the same text.
        return Math.min(0.999, mean);
    }

    /** Words, initials with points as one word: I.B.M. */
    private static List<String> words(String text) {
        return Words.of(INITIALS.matcher(text).replaceAll("$1"));
    }

    /** Character trigrams of a word with its borders marked. */
    static Map<String, Integer> trigrams(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : words) {
            String padded = "_" + word + "_";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                counts.merge(padded.substring(i, i + 3), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<String, Integer> stems(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(Words.stem(word), 1, Integer::sum));
        return counts;
    }

    static double cosine(Map<String, Integer> a, Map<String, Integer> b) {
        // Integer sums: the order of a map's entries must not change the last digit.
        long dot = 0;
        for (Map.Entry<String, Integer> entry : a.entrySet()) {
            dot += (long) entry.getValue() * b.getOrDefault(entry.getKey(), 0);
        }
        return dot == 0 ? 0.0 : dot / Math.sqrt((double) squares(a) * squares(b));
    }

    private static long squares(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(count -> (long) count * count).sum();
    }
}
