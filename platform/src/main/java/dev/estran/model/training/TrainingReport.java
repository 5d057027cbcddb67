package dev.estran.model.training;

import java.util.List;
import java.util.Map;

/**
 * What is known of a trained model. Stored as JSON; fields are only ever added.
 *
 * @param rows rows given
 * @param skippedRows rows without text or label
 * @param duplicateRows rows whose text, normalised, occurred before
 * @param conflictingTexts texts that came with several labels; they count with the most frequent one
 * @param ignoredLabels labels with too few distinct texts, with their number
 * @param trainTexts distinct texts learnt from
 * @param features terms the model knows
 * @param accuracy on the test part, answering always; 95 % Wilson score interval
 * @param macroF1 mean F1 over the labels of the test part, answering always; 95 % bootstrap interval
 * @param baseline accuracy of always naming the most frequent label
 */
public record TrainingReport(
        int format,
        long rows,
        long skippedRows,
        long duplicateRows,
        long conflictingTexts,
        Map<String, Long> ignoredLabels,
        int trainTexts,
        int validationTexts,
        int testTexts,
        int features,
        long seed,
        Estimate accuracy,
        Estimate macroF1,
        double baseline,
        List<LabelReport> labels,
        List<Confusion> confusion,
        Abstention abstention) {

    public static final int FORMAT = 1;

    /** A figure and its 95 % interval. */
    public record Estimate(double value, double low, double high) {}

    /**
     * @param texts distinct texts of this label in all parts
     * @param support texts of the test part; precision, recall and F1 are on these
     */
    public record LabelReport(String label, long texts, double precision, double recall, double f1, int support) {}

    /** How many texts of the test part have one label and were given another (or the same). Zeros are left out. */
    public record Confusion(String actual, String predicted, int count) {}

    /**
     * @param threshold probability below which the model does not answer; chosen on the validation part
     * @param reached whether the validation part allowed the target
     * @param answered share of the test part that is answered
     * @param precision share of right answers among those; 95 % Wilson score interval
     */
    public record Abstention(
            double precisionTarget, double threshold, boolean reached, double answered, Estimate precision) {}
}
