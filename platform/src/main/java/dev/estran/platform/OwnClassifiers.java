package dev.estran.platform;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.ai.LocalMethod;
import dev.estran.ai.OwnModels;
import dev.estran.model.training.ModelVersion;
import dev.estran.model.training.TrainedClassifier;
import dev.estran.model.training.TrainedModels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Classifiers trained on the user's rows, as methods of {@code ai_classify}. */
final class OwnClassifiers implements OwnModels {

    private final TrainedModels models;

    OwnClassifiers(TrainedModels models) {
        this.models = models;
    }

    @Override
    public LocalMethod load(Caller caller, TableName name, String function) {
        if (!function.equals("ai_classify")) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is a classifier; it serves ai_classify(text, labels, model => '" + name + "'), not "
                            + function + ".");
        }
        ModelVersion version = models.describe(caller, name);
        return new Classifier(version.served(), models.load(caller, name, version.version()));
    }

    private record Classifier(String served, TrainedClassifier classifier) implements LocalMethod {

        @Override
        public void check(Map<String, @Nullable Object> constants) {
            classifier.check(labels(constants));
        }

        @Override
        public @Nullable Object apply(Map<String, @Nullable Object> args) {
            String text = Objects.toString(args.get("text"), "");
            return classifier.classify(text, labels(args)).label();
        }

        private static @Nullable List<String> labels(Map<String, @Nullable Object> args) {
            return args.get("labels") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : null;
        }
    }
}
