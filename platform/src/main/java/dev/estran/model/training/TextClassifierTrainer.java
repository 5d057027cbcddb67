package dev.estran.model.training;

import dev.estran.EstranException;
import dev.estran.model.training.Evaluation.Case;
import dev.estran.model.training.TrainingReport.LabelReport;
import dev.estran.model.training.TrainingRows.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains text classifiers: words, pairs of words and letter sequences weighted by rarity into a multinomial logistic
 * regression. Equal rows (in any order), options and version give an equal model. Figures are those of the ONNX model that
 * will be served, on texts it has not learnt from; no text is in two parts.
 */
public final class TextClassifierTrainer {

    /** Most texts measured on; more would not narrow the interval noticeably. */
    private static final int MOST_MEASURED = 20_000;
    /** Bound on the work of one pass: non-zero values times labels. */
    private static final long MOST_WORK = 2_000_000_000L;

    private static final long MOST_VALUES = 15_000_000L;
    /** Bound on the model's size: terms times labels. */
    private static final long MOST_WEIGHTS = 8_000_000L;

    private final TrainingProgress progress;

    public TextClassifierTrainer(TrainingProgress progress) {
        this.progress = progress;
    }

    /**
     * Reads all rows, trains and measures.
     *
     * @throws EstranException TRAINING_DATA_INSUFFICIENT below 2 labels with 5 different texts each; INVALID_ARGUMENT above
     *     500 labels or 2,000,000 rows
     */
    public TrainedModel train(Iterator<LabelledText> source, TrainingOptions options) {
        return train(LabelledRows.of(source), options);
    }

    /** As {@link #train(Iterator, TrainingOptions)}, for rows that are pushed. */
    public TrainedModel train(LabelledRows source, TrainingOptions options) {
        TextTokenizer tokenizer = TextTokenizer.DEFAULT;
        TrainingRows rows = new TrainingRows(tokenizer);
        rows.addAll(source, progress);
        TrainingRows.Split split = rows.split(options.seed());
        int labelCount =
                (int) split.train().stream().map(Example::label).distinct().count();
        List<Example> train = affordable(split.train(), tokenizer, labelCount);
        progress.at("learning from " + train.size() + " texts", 0.2);
        int maxTerms = (int) Math.min(options.maxFeatures(), MOST_WEIGHTS / labelCount);
        Vocabulary vocabulary =
                Vocabulary.of(tokenizer, train.stream().map(Example::text).toList(), maxTerms);
        TribuoLinearModel trained = TribuoLinearModel.train(train, vocabulary, options);
        progress.at("measuring", 0.8);
        byte[] onnx = trained.onnx();
        TrainedClassifier classifier = new TrainedClassifier(
                new OnnxLinearModel(onnx, trained.vocabulary().size()), trained.vocabulary(), trained.labels(), 0);
        TrainingReport report = report(rows, split, train.size(), classifier, trained, options);
        return new TrainedModel(onnx, trained.vocabulary(), trained.labels(), report);
    }

    /** As many texts as can be learnt from in bounded time and memory; they are in hash order, so any prefix is a sample. */
    private static List<Example> affordable(List<Example> train, TextTokenizer tokenizer, int labels) {
        long most = Math.min(MOST_VALUES, MOST_WORK / labels);
        long values = 0;
        for (int i = 0; i < train.size(); i++) {
            values += tokenizer.terms(train.get(i).text()).size();
            if (values > most) {
                return train.subList(0, Math.max(1, i));
            }
        }
        return train;
    }

    private static TrainingReport report(
            TrainingRows rows,
            TrainingRows.Split split,
            int trained,
            TrainedClassifier classifier,
            TribuoLinearModel model,
            TrainingOptions options) {
        List<Case> validation = cases(split.validation(), classifier);
        List<Case> test = cases(split.test(), classifier);
        List<String> labels = model.labels();
        Map<String, Long> texts = rows.textsByLabel();
        Map<String, Long> ignored = new TreeMap<>(texts);
        ignored.keySet().removeAll(labels);
        List<LabelReport> byLabel = Evaluation.labels(
                test,
                labels,
                labels.stream().map(label -> texts.getOrDefault(label, 0L)).toList());
        int mostFrequent = byLabel.stream().mapToInt(LabelReport::support).max().orElse(0);
        return new TrainingReport(
                TrainingReport.FORMAT,
                rows.rows(),
                rows.skipped(),
                rows.duplicates(),
                rows.conflicting(),
                ignored,
                trained,
                validation.size(),
                test.size(),
                model.vocabulary().size(),
                options.seed(),
                Evaluation.accuracy(test),
                Evaluation.macroF1(test, labels.size(), options.seed()),
                test.isEmpty() ? 0 : mostFrequent / (double) test.size(),
                byLabel,
                Evaluation.confusion(test, labels),
                Evaluation.abstention(validation, test, options.precisionTarget()));
    }

    private static List<Case> cases(List<Example> part, TrainedClassifier classifier) {
        List<Example> measured = part.size() > MOST_MEASURED ? part.subList(0, MOST_MEASURED) : part;
        Map<String, Integer> numbers = new HashMap<>();
        classifier.labels().forEach(label -> numbers.put(label, numbers.size()));
        List<float[]> answers =
                classifier.probabilities(measured.stream().map(Example::text).toList());
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Integer actual = numbers.get(measured.get(i).label());
            if (actual != null) {
                cases.add(oneCase(actual, answers.get(i)));
            }
        }
        return cases;
    }

    /** A text with nothing known counts as the first label with probability 0. */
    private static Case oneCase(int actual, float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return new Case(actual, best, probabilities.length == 0 ? 0 : probabilities[best]);
    }
}
