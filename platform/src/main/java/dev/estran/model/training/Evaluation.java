package dev.estran.model.training;

import dev.estran.model.training.TrainingReport.Abstention;
import dev.estran.model.training.TrainingReport.Confusion;
import dev.estran.model.training.TrainingReport.Estimate;
import dev.estran.model.training.TrainingReport.LabelReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Figures of a classifier on texts it has not learnt from. Labels are numbers here. */
final class Evaluation {

    /** A text's label, the one predicted, and how sure the model was. */
    record Case(int actual, int predicted, double probability) {

        boolean right() {
            return actual == predicted;
        }
    }

    private static final double Z95 = 1.959964;
    private static final int RESAMPLES = 1_000;
    private static final int LEAST_ANSWERS = 20;

    private Evaluation() {}

    static Estimate accuracy(List<Case> cases) {
        return wilson(cases.stream().filter(Case::right).count(), cases.size());
    }

    /** Wilson score interval (E. B. Wilson, JASA 22, 1927). */
    static Estimate wilson(long right, long all) {
        if (all == 0) {
            return new Estimate(0, 0, 1);
        }
        double p = right / (double) all;
        double z2 = Z95 * Z95 / all;
        double middle = p + z2 / 2;
        double half = Z95 * Math.sqrt(p * (1 - p) / all + z2 / (4 * all));
        return new Estimate(p, Math.max(0, (middle - half) / (1 + z2)), Math.min(1, (middle + half) / (1 + z2)));
    }

    /** Mean F1 over the labels that occur; interval by percentiles of resampled test sets (B. Efron, 1979). */
    static Estimate macroF1(List<Case> cases, int labels, long seed) {
        int[] all = new int[cases.size()];
        Arrays.setAll(all, i -> i);
        SplittableRandom random = new SplittableRandom(seed);
        int resamples = Math.clamp(40_000_000L / Math.max(1, cases.size()), 200, RESAMPLES);
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            values[i] =
                    macroF1(cases, random.ints(cases.size(), 0, cases.size()).toArray(), labels);
        }
        Arrays.sort(values);
        double low = values[(int) (resamples * 0.025)];
        double high = values[Math.min(resamples - 1, (int) (resamples * 0.975))];
        return new Estimate(macroF1(cases, all, labels), low, high);
    }

    private static double macroF1(List<Case> cases, int[] chosen, int labels) {
        int[] right = new int[labels];
        int[] actual = new int[labels];
        int[] predicted = new int[labels];
        for (int index : chosen) {
            Case one = cases.get(index);
            actual[one.actual]++;
            predicted[one.predicted]++;
            right[one.actual] += one.right() ? 1 : 0;
        }
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < labels; label++) {
            if (actual[label] > 0) {
                occurring++;
                sum += 2.0 * right[label] / (actual[label] + predicted[label]);
            }
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    static List<LabelReport> labels(List<Case> cases, List<String> names, List<Long> texts) {
        List<LabelReport> reports = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int label = i;
            int support = count(cases, one -> one.actual == label);
            int predicted = count(cases, one -> one.predicted == label);
            int right = count(cases, one -> one.actual == label && one.right());
            double precision = predicted == 0 ? 0 : right / (double) predicted;
            double recall = support == 0 ? 0 : right / (double) support;
            double f1 = support + predicted == 0 ? 0 : 2.0 * right / (support + predicted);
            reports.add(new LabelReport(names.get(i), texts.get(i), precision, recall, f1, support));
        }
        return reports;
    }

    private static int count(List<Case> cases, Predicate<Case> condition) {
        return (int) cases.stream().filter(condition).count();
    }

    static List<Confusion> confusion(List<Case> cases, List<String> names) {
        int[][] counts = new int[names.size()][names.size()];
        cases.forEach(one -> counts[one.actual][one.predicted]++);
        List<Confusion> confusion = new ArrayList<>();
        for (int actual = 0; actual < counts.length; actual++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                if (counts[actual][predicted] > 0) {
                    confusion.add(new Confusion(names.get(actual), names.get(predicted), counts[actual][predicted]));
                }
            }
        }
        return confusion;
    }

    /** The lowest threshold that reaches the target on the validation part, with what it does on the test part. */
    static Abstention abstention(List<Case> validation, List<Case> test, double target) {
        List<Case> surest = new ArrayList<>(validation);
        surest.sort(Comparator.comparingDouble(Case::probability).reversed());
        double threshold = surest.isEmpty() ? 0 : surest.getFirst().probability();
        boolean reached = false;
        double best = -1;
        long right = 0;
        int least = Math.min(LEAST_ANSWERS, surest.size());
        for (int i = 0; i < surest.size(); i++) {
            right += surest.get(i).right() ? 1 : 0;
            double precision = right / (i + 1.0);
            boolean lastOfEqual = i + 1 == surest.size()
                    || surest.get(i + 1).probability() < surest.get(i).probability();
            if (i + 1 >= least && lastOfEqual && (precision >= target || (!reached && precision > best))) {
                reached |= precision >= target;
                best = precision;
                threshold =
                        i + 1 == surest.size() && reached ? 0 : surest.get(i).probability();
            }
        }
        double cut = threshold;
        List<Case> answered =
                test.stream().filter(one -> one.probability >= cut).toList();
        double share = test.isEmpty() ? 0 : answered.size() / (double) test.size();
        return new Abstention(target, threshold, reached, share, accuracy(answered));
    }
}
