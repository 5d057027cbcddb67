package dev.estran.testing.samples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Logistic regression on the presence of words and word pairs, hashed; trained by AdaGrad. A yardstick, not a product. */
final class LinearClassifier {
    private static final int BUCKETS = 1 << 18;
    private static final int EPOCHS = 12;
    private static final double RATE = 0.3;
    private static final double SHRINK = 1e-6;

    private final int classes;
    private final float[][] weights;
    private final float[][] squares;

    LinearClassifier(int classes) {
        this.classes = classes;
        this.weights = new float[classes][BUCKETS];
        this.squares = new float[classes][BUCKETS];
    }

    static int[] features(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
        Set<Integer> out = new LinkedHashSet<>();
        for (int i = 0; i < words.length; i++) {
            out.add(Math.floorMod(words[i].hashCode() * 0x9E3779B1, BUCKETS));
            if (i > 0) {
                out.add(Math.floorMod((words[i - 1] + ' ' + words[i]).hashCode() * 0x9E3779B1, BUCKETS));
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    void train(List<int[]> documents, List<Integer> labels, long seed) {
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            order.add(i);
        }
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            java.util.Collections.shuffle(order, random);
            for (int i : order) {
                step(documents.get(i), labels.get(i));
            }
        }
    }

    private void step(int[] document, int label) {
        double[] p = probabilities(document);
        float scale = (float) (1 / Math.sqrt(document.length));
        for (int c = 0; c < classes; c++) {
            double error = p[c] - (c == label ? 1 : 0);
            for (int f : document) {
                double gradient = error * scale + SHRINK * weights[c][f];
                squares[c][f] += (float) (gradient * gradient);
                weights[c][f] -= (float) (RATE * gradient / (Math.sqrt(squares[c][f]) + 1e-6));
            }
        }
    }

    private double[] probabilities(int[] document) {
        double[] out = new double[classes];
        double scale = 1 / Math.sqrt(document.length);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double score = 0;
            for (int f : document) {
                score += weights[c][f];
            }
            out[c] = Math.exp(Math.min(50, score * scale));
            sum += out[c];
        }
        for (int c = 0; c < classes; c++) {
            out[c] /= sum;
        }
        return out;
    }

    int predict(int[] document) {
        double[] p = probabilities(document);
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = p[c] > p[best] ? c : best;
        }
        return best;
    }
}
