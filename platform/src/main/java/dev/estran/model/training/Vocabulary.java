package dev.estran.model.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms a model knows, in the order of its input columns, each with its weight (inverse document frequency). Texts
 * become vectors of length 1.
 */
final class Vocabulary {

    /** Non-zero columns of a text and their values. Owned by whoever asked for it. */
    static final class Vector {
        private final int[] columns;
        private final double[] values;

        private Vector(int[] columns, double[] values) {
            this.columns = columns;
            this.values = values;
        }

        int size() {
            return columns.length;
        }

        int column(int i) {
            return columns[i];
        }

        double value(int i) {
            return values[i];
        }

        double[] values() {
            return values.clone();
        }
    }

    private static final int MOST_COUNTED_TERMS = 3_000_000;

    private final TextTokenizer tokenizer;
    private final List<String> terms;
    private final float[] weights;
    private final Map<String, Integer> columns;

    Vocabulary(TextTokenizer tokenizer, List<String> terms, float[] weights) {
        this.tokenizer = tokenizer;
        this.terms = List.copyOf(terms);
        this.weights = weights.clone();
        this.columns = HashMap.newHashMap(terms.size());
        for (int column = 0; column < terms.size(); column++) {
            columns.put(terms.get(column), column);
        }
    }

    /** Takes the terms found in most texts, those of one text only where there are few texts. */
    static Vocabulary of(TextTokenizer tokenizer, List<String> normalisedTexts, int maxTerms) {
        Map<String, Integer> frequency = new HashMap<>();
        int least = normalisedTexts.size() < 200 ? 1 : 2;
        for (String text : normalisedTexts) {
            tokenizer.terms(text).forEach(term -> frequency.merge(term, 1, Integer::sum));
            if (frequency.size() > MOST_COUNTED_TERMS) {
                frequency.values().removeIf(count -> count == 1);
            }
        }
        List<String> terms = frequency.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(maxTerms)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        float[] weights = new float[terms.size()];
        for (int column = 0; column < weights.length; column++) {
            int found = frequency.getOrDefault(terms.get(column), 1);
            weights[column] = (float) (1 + StrictMath.log((1.0 + normalisedTexts.size()) / (1.0 + found)));
        }
        return new Vocabulary(tokenizer, terms, weights);
    }

    /** The same with only some of the columns, in the order given. */
    Vocabulary restrictedTo(int[] kept) {
        List<String> keptTerms = new ArrayList<>(kept.length);
        float[] keptWeights = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptTerms.add(terms.get(kept[i]));
            keptWeights[i] = weights[kept[i]];
        }
        return new Vocabulary(tokenizer, keptTerms, keptWeights);
    }

    /** The text's vector, columns ascending; empty where it has no known term. */
    Vector vector(String normalisedText) {
        int[] found = tokenizer.terms(normalisedText).stream()
                .map(columns::get)
                .filter(column -> column != null)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        double squares = 0;
        for (int column : found) {
            squares += (double) weights[column] * weights[column];
        }
        double[] values = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            // Through float, so that training sees exactly the values the stored model is given.
            values[i] = (float) (weights[found[i]] / StrictMath.sqrt(squares));
        }
        return new Vector(found, values);
    }

    int size() {
        return terms.size();
    }

    TextTokenizer tokenizer() {
        return tokenizer;
    }

    /** One line per term: term, tab, weight. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(terms.size());
        for (int column = 0; column < weights.length; column++) {
            lines.add(terms.get(column) + "\t" + weights[column]);
        }
        return lines;
    }

    /** @throws IllegalArgumentException for a line that {@link #lines()} does not write */
    static Vocabulary parse(TextTokenizer tokenizer, List<String> lines) {
        List<String> terms = new ArrayList<>(lines.size());
        float[] weights = new float[lines.size()];
        for (int column = 0; column < weights.length; column++) {
            String line = lines.get(column);
            int tab = line.indexOf('\t');
            if (tab < 0) {
                throw new IllegalArgumentException("line " + (column + 1) + " has no tab");
            }
            terms.add(line.substring(0, tab));
            weights[column] = Float.parseFloat(line.substring(tab + 1));
        }
        return new Vocabulary(tokenizer, terms, weights);
    }
}
