package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a label by the words it shares with the text: the label's own words by stem and character trigrams, and for
 * common business labels (delivery, facturation, refund, ...) short lists of French and English words. Abstains where no
 * label stands out. A classifier trained on one's own rows does better.
 */
public final class LexicalClassifier {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/classify@1";

    /** Most labels of one call. */
    public static final int MAX_LABELS = 500;

    private static final double OWN_WORD = 1.0;
    private static final double CONCEPT_NAME = 0.9;
    private static final double EVIDENCE = 0.5;
    private static final double SIMILAR_WORD = 0.6;
    private static final double THRESHOLD = 0.5;
    private static final double MARGIN = 0.12;
    private static final double TRIGRAM_SIMILARITY = 0.62;

    private static final Set<String> STOP_WORDS =
            Set.copyOf(List.of(("the and or of for a an to in on with by de la le les des du et ou "
                            + "un une pour avec sur en au aux other autre autres misc divers general")
                    .split(" ")));

    private LexicalClassifier() {}

    /**
     * One of the labels as given, or null where none stands out.
     *
     * @throws EstranException INVALID_ARGUMENT for fewer than two labels, too many, a blank or a repeated one
     */
    public static @Nullable String classify(String text, List<String> labels) {
        LocalInput.check(text);
        check(labels);
        Set<String> stems = new HashSet<>();
        Words.of(text).forEach(word -> stems.add(Words.stem(word)));
        stems.removeAll(STOP_WORDS);
        Map<String, Double> scores = new HashMap<>();
        List<Map<String, Double>> matches =
                labels.stream().map(label -> matches(stems, label)).toList();
        Map<String, Integer> sharedBy = sharedBy(matches);
        for (int i = 0; i < labels.size(); i++) {
            scores.put(labels.get(i), score(matches.get(i), sharedBy));
        }
        return best(labels, scores);
    }

    /** Fails as {@link #classify} would for these labels, before any row is read. */
    public static void check(List<String> labels) {
        if (labels.size() < 2 || labels.size() > MAX_LABELS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "ai_classify takes 2 to " + MAX_LABELS + " labels, not " + labels.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label.isBlank() || !seen.add(label)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The labels of ai_classify must be distinct and not blank; '" + LocalInput.shown(label)
                                + "' is not.");
            }
        }
    }

    private static @Nullable String best(List<String> labels, Map<String, Double> scores) {
        String best = null;
        double first = 0;
        double second = 0;
        for (String label : labels) {
            double score = scores.getOrDefault(label, 0.0);
            if (score > first) {
                second = first;
                first = score;
                best = label;
            } else if (score > second) {
                second = score;
            }
        }
        return first >= THRESHOLD && first - second >= MARGIN * first ? best : null;
    }

    /** The strongest match counts fully, further ones less and less. A word shared by several labels is divided. */
    private static double score(Map<String, Double> matches, Map<String, Integer> sharedBy) {
        List<Double> weights = new ArrayList<>();
        matches.forEach((stem, weight) -> weights.add(weight / sharedBy.getOrDefault(stem, 1)));
        weights.sort((a, b) -> Double.compare(b, a));
        double score = 0;
        double factor = 1;
        for (double weight : weights) {
            score += weight * factor;
            factor *= 0.6;
        }
        return score;
    }

    private static Map<String, Integer> sharedBy(List<Map<String, Double>> matches) {
        Map<String, Integer> sharedBy = new HashMap<>();
        matches.forEach(match -> match.keySet().forEach(stem -> sharedBy.merge(stem, 1, Integer::sum)));
        return sharedBy;
    }

    /** Words of the text that speak for the label, with how much. */
    private static Map<String, Double> matches(Set<String> stems, String label) {
        Map<String, Double> matches = new HashMap<>();
        for (String word : Words.of(label.replace('_', ' '))) {
            String labelStem = Words.stem(word);
            if (STOP_WORDS.contains(word)) {
                continue;
            }
            List<Concepts.Concept> concepts = Concepts.named(labelStem);
            for (String stem : stems) {
                double weight = stem.equals(labelStem) ? OWN_WORD : 0;
                for (Concepts.Concept concept : concepts) {
                    weight = Math.max(weight, concept.names().contains(stem) ? CONCEPT_NAME : 0);
                    weight = Math.max(weight, concept.evidence().contains(stem) ? EVIDENCE : 0);
                }
                if (weight == 0 && similar(stem, labelStem)) {
                    weight = SIMILAR_WORD;
                }
                if (weight > 0) {
                    matches.merge(stem, weight, Math::max);
                }
            }
        }
        return matches;
    }

    /** Misspelt words and other endings: most trigrams shared and the same first letter. */
    private static boolean similar(String stem, String labelStem) {
        boolean comparable = stem.length() >= 5 && labelStem.length() >= 5 && stem.charAt(0) == labelStem.charAt(0);
        return comparable
                && TextSimilarity.cosine(
                                TextSimilarity.trigrams(List.of(stem)), TextSimilarity.trigrams(List.of(labelStem)))
                        >= TRIGRAM_SIMILARITY;
    }
}
