package dev.estran.model.training;

import dev.estran.model.training.TrainingRows.Example;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Multinomial logistic regression by stochastic gradient descent (AdaGrad), as Tribuo does it. */
final class TribuoLinearModel {

    private static final double LEARNING_RATE = 0.1;
    private static final int MINIBATCH = 1;
    private static final int NO_LOGGING = -1;

    private final LinearSGDModel model;
    private final Vocabulary vocabulary;

    private TribuoLinearModel(LinearSGDModel model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
    }

    static TribuoLinearModel train(List<Example> examples, Vocabulary vocabulary, TrainingOptions options) {
        LabelFactory factory = new LabelFactory();
        // A fixed time: equal data must give an equal file.
        SimpleDataSourceProvenance provenance =
                new SimpleDataSourceProvenance("rows", Instant.EPOCH.atOffset(ZoneOffset.UTC), factory);
        MutableDataset<Label> dataset = new MutableDataset<>(provenance, factory);
        for (Example example : examples) {
            Vocabulary.Vector vector = vocabulary.vector(example.text());
            if (vector.size() > 0) {
                dataset.add(example(vector, new Label(example.label())));
            }
        }
        LinearSGDTrainer trainer = new LinearSGDTrainer(
                new LogMulticlass(),
                new AdaGrad(LEARNING_RATE),
                options.epochs(),
                NO_LOGGING,
                MINIBATCH,
                options.seed());
        LinearSGDModel model = trainer.train(dataset);
        return new TribuoLinearModel(model, vocabulary.restrictedTo(columns(model.getFeatureIDMap())));
    }

    /** Tribuo orders features by name; names are zero-padded column numbers, so the order stays ours. */
    private static int[] columns(ImmutableFeatureMap features) {
        int[] columns = new int[features.size()];
        for (int id = 0; id < columns.length; id++) {
            columns[id] = Integer.parseInt(features.get(id).getName());
        }
        return columns;
    }

    private static ArrayExample<Label> example(Vocabulary.Vector vector, Label label) {
        String[] names = new String[vector.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = name(vector.column(i));
        }
        return new ArrayExample<>(label, names, vector.values());
    }

    private static String name(int column) {
        String digits = Integer.toString(column);
        return "0".repeat(7 - digits.length()) + digits;
    }

    /** The vocabulary in the order of the model's columns. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Labels in the order of the model's output. */
    List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int id = 0; id < model.getOutputIDInfo().size(); id++) {
            labels.add(model.getOutputIDInfo().getOutput(id).getLabel());
        }
        return labels;
    }

    /** The training library's own answer, which the exported model is held against. */
    double[] probabilities(Vocabulary.Vector vector) {
        Prediction<Label> prediction = model.predict(example(vector, LabelFactory.UNKNOWN_LABEL));
        return labels().stream()
                .map(prediction.getOutputScores()::get)
                .filter(Objects::nonNull)
                .mapToDouble(Label::getScore)
                .toArray();
    }

    byte[] onnx() {
        return model.exportONNXModel("dev.estran", 1).toByteArray();
    }
}
