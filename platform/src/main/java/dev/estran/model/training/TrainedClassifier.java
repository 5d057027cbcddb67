package dev.estran.model.training;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trained model, loaded. Needs nothing of the training library. Thread-safe; keeps no file open. */
public final class TrainedClassifier {

    /** Rows given to the engine at once; with many columns fewer, so that a batch stays under 16 MB. */
    private static final int BATCH_VALUES = 4_000_000;

    private final OnnxLinearModel model;
    private final Vocabulary vocabulary;
    private final List<String> labels;
    private final double threshold;

    TrainedClassifier(OnnxLinearModel model, Vocabulary vocabulary, List<String> labels, double threshold) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.labels = List.copyOf(labels);
        this.threshold = threshold;
    }

    /**
     * Reads a stored model and checks its files.
     *
     * @throws EstranException MODEL_DAMAGED where a file is missing or is not as it was written
     */
    public static TrainedClassifier load(Path directory) {
        return ModelDirectory.load(directory);
    }

    /** What it can answer, in alphabetical order. */
    public List<String> labels() {
        return labels;
    }

    public Prediction classify(String text, @Nullable List<String> allowed) {
        return classify(List.of(text), allowed).getFirst();
    }

    /**
     * One answer per text, in order.
     *
     * @param allowed labels to choose from, some of {@link #labels()}; null for all
     * @throws EstranException INVALID_ARGUMENT for a label the model does not know
     */
    public List<Prediction> classify(List<String> texts, @Nullable List<String> allowed) {
        int[] columns = columns(allowed);
        List<Prediction> predictions = new ArrayList<>(texts.size());
        for (float[] probabilities : probabilities(texts)) {
            predictions.add(choose(probabilities, columns));
        }
        return predictions;
    }

    /** Fails as {@link #classify} would for these labels, before any row is read. */
    public void check(@Nullable List<String> allowed) {
        columns(allowed);
    }

    private Prediction choose(float[] probabilities, int[] columns) {
        if (probabilities.length == 0) {
            return Prediction.NOTHING_KNOWN;
        }
        int best = columns[0];
        double sum = 0;
        for (int column : columns) {
            sum += probabilities[column];
            best = probabilities[column] > probabilities[best] ? column : best;
        }
        double probability = sum > 0 ? Math.min(1, probabilities[best] / sum) : 0;
        return new Prediction(probability >= threshold ? labels.get(best) : null, probability);
    }

    private int[] columns(@Nullable List<String> allowed) {
        if (allowed == null || allowed.isEmpty()) {
            return IntStream.range(0, labels.size()).toArray();
        }
        for (String label : allowed) {
            if (!labels.contains(label)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The model does not know the label '" + label + "'. It knows: " + String.join(", ", labels)
                                + ".");
            }
        }
        return allowed.stream().mapToInt(labels::indexOf).distinct().sorted().toArray();
    }

    /** Probabilities in the order of {@link #labels()}; an empty array for a text with nothing known. */
    List<float[]> probabilities(List<String> texts) {
        List<float[]> answers = new ArrayList<>(texts.size());
        int batch = Math.clamp(BATCH_VALUES / Math.max(1, vocabulary.size()), 1, 256);
        List<Integer> places = new ArrayList<>();
        List<Vocabulary.Vector> waiting = new ArrayList<>();
        for (String text : texts) {
            Vocabulary.Vector vector = vocabulary.vector(vocabulary.tokenizer().normalise(text));
            answers.add(new float[0]);
            if (vector.size() > 0) {
                places.add(answers.size() - 1);
                waiting.add(vector);
            }
            if (waiting.size() == batch) {
                run(waiting, places, answers);
            }
        }
        run(waiting, places, answers);
        return answers;
    }

    private void run(List<Vocabulary.Vector> waiting, List<Integer> places, List<float[]> answers) {
        if (waiting.isEmpty()) {
            return;
        }
        float[][] probabilities = model.run(waiting);
        for (int i = 0; i < probabilities.length; i++) {
            answers.set(places.get(i), probabilities[i]);
        }
        waiting.clear();
        places.clear();
    }
}
