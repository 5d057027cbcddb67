package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A summary made of the text's own sentences: the most central ones by LexRank (G. Erkan and D. R. Radev, "LexRank:
 * Graph-based Lexical Centrality as Salience in Text Summarization", JAIR 22, 2004, continuous variant), in reading
 * order. It quotes and never rewrites.
 */
public final class ExtractiveSummary {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/summarize@1";

    /** Sentences of a longer text that are looked at: the first ones. The graph grows with the square. */
    static final int MAX_SENTENCES = 600;

    private static final int UNLIMITED_SENTENCES = 5;
    private static final int ROUNDS = 60;
    private static final double DAMPING = 0.85;
    private static final Set<String> STOP_WORDS =
            Set.copyOf(List.of(("a an and are as at be but by for from had has have he her his i in is it its "
                            + "my no not of on or our she so that the their them they this to was we were will with you your au aux avec "
                            + "ce ces cette dans de des du elle en est et eu il ils j je l la le les leur lui ma mais me mes mon ne nos "
                            + "notre nous on ont ou par pas pour qu que qui sa se ses si son sont sur ta te tu un une vos votre vous d s c n")
                    .split(" ")));

    private ExtractiveSummary() {}

    /**
     * Whole sentences of the text.
     *
     * @param maxWords most words of the answer; 0 for no limit, which gives at most a third of the sentences, five at most.
     *     Where no sentence is short enough, the answer is empty.
     */
    public static String summarize(String text, int maxWords) {
        LocalInput.check(text);
        if (maxWords < 0) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "max_words of ai_summarize must be 0 or more, not " + maxWords + ".");
        }
        List<String> sentences = sentences(text);
        int limit = Math.clamp((sentences.size() + 2) / 3, 1, UNLIMITED_SENTENCES);
        List<Integer> chosen = new ArrayList<>();
        int words = 0;
        for (int index : byCentrality(sentences)) {
            int length = countWords(sentences.get(index));
            boolean fits = maxWords == 0 ? chosen.size() < limit : words + length <= maxWords;
            if (fits) {
                chosen.add(index);
                words += length;
            }
        }
        return String.join(" ", chosen.stream().sorted().map(sentences::get).toList());
    }

    /** Words separated by white space, as people count them. */
    static int countWords(String sentence) {
        return sentence.isBlank() ? 0 : sentence.strip().split("\\s+").length;
    }

    private static List<String> sentences(String text) {
        boolean cut = text.length() > Words.READ_CHARS;
        List<String> all = Sentences.of(cut ? text.substring(0, Words.READ_CHARS) : text);
        if (cut && all.size() > 1) {
            // The last one was cut where reading stopped.
            all = all.subList(0, all.size() - 1);
        }
        List<String> distinct = all.stream().distinct().toList();
        return distinct.size() > MAX_SENTENCES ? distinct.subList(0, MAX_SENTENCES) : distinct;
    }

    /** Sentence numbers, most central first; of equally central ones the earlier first. */
    private static List<Integer> byCentrality(List<String> sentences) {
        double[] scores = scores(sentences);
        return IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
                .toList();
    }

    private static double[] scores(List<String> sentences) {
        int n = sentences.size();
        double[][] weights = cosines(vectors(sentences));
        double[] degrees = new double[n];
        for (int i = 0; i < n; i++) {
            degrees[i] = Arrays.stream(weights[i]).sum();
        }
        double[] scores = new double[n];
        Arrays.fill(scores, 1.0 / Math.max(1, n));
        for (int round = 0; round < ROUNDS; round++) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += degrees[j] > 0 ? scores[j] * weights[j][i] / degrees[j] : 0;
                }
                next[i] = (1 - DAMPING) / n + DAMPING * sum;
            }
            scores = next;
        }
        // Rounded, so that noise in the last digits does not decide between equals.
        return Arrays.stream(scores).map(score -> Math.rint(score * 1e9) / 1e9).toArray();
    }

    private static double[][] cosines(List<Map<String, Double>> vectors) {
        int n = vectors.size();
        double[][] cosines = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dot = 0;
                for (Map.Entry<String, Double> entry : vectors.get(i).entrySet()) {
                    dot += entry.getValue() * vectors.get(j).getOrDefault(entry.getKey(), 0.0);
                }
                cosines[i][j] = dot;
                cosines[j][i] = dot;
            }
        }
        return cosines;
    }

    /** tf-idf vectors of length 1; sorted maps, so that sums are always taken in the same order. */
    private static List<Map<String, Double>> vectors(List<String> sentences) {
        Map<String, Integer> frequency = new HashMap<>();
        List<Map<String, Double>> vectors = new ArrayList<>();
        for (String sentence : sentences) {
            Map<String, Double> vector = new TreeMap<>();
            for (String word : Words.of(sentence)) {
                if (!STOP_WORDS.contains(word)) {
                    vector.merge(Words.stem(word), 1.0, Double::sum);
                }
            }
            vector.keySet().forEach(word -> frequency.merge(word, 1, Integer::sum));
            vectors.add(vector);
        }
        for (Map<String, Double> vector : vectors) {
            vector.replaceAll((word, count) ->
                    count * Math.log(1 + sentences.size() / (double) frequency.getOrDefault(word, 1)));
            double norm =
                    Math.sqrt(vector.values().stream().mapToDouble(x -> x * x).sum());
            vector.replaceAll((word, weight) -> weight / norm);
        }
        return vectors;
    }
}
