package dev.estran.model.training;

import java.nio.file.Path;
import java.util.List;

/** What training gives: a model not yet stored, and its report. */
public final class TrainedModel {

    private final byte[] onnx;
    private final Vocabulary vocabulary;
    private final List<String> labels;
    private final TrainingReport report;

    TrainedModel(byte[] onnx, Vocabulary vocabulary, List<String> labels, TrainingReport report) {
        this.onnx = onnx.clone();
        this.vocabulary = vocabulary;
        this.labels = List.copyOf(labels);
        this.report = report;
    }

    public TrainingReport report() {
        return report;
    }

    /** Writes it to a directory that must not exist yet; after a crash that exists complete or not at all. */
    public void store(Path directory) {
        ModelDirectory.write(
                directory, onnx, vocabulary, labels, report.abstention().threshold(), report);
    }
}
