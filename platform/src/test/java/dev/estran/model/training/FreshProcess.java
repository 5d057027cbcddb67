package dev.estran.model.training;

import java.nio.file.Path;
import java.util.Arrays;

/** Loads a model and prints what it answers; run as a process of its own. */
final class FreshProcess {

    private FreshProcess() {}

    public static void main(String[] args) {
        TrainedClassifier classifier = TrainedClassifier.load(Path.of(args[0]));
        for (Prediction prediction : classifier.classify(Arrays.asList(args).subList(1, args.length), null)) {
            System.out.println(prediction);
        }
    }
}
