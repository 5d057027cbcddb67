package dev.estran.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextClassifierTrainerTest {

    @TempDir
    Path directory;

    private final TextClassifierTrainer trainer = new TextClassifierTrainer(TrainingProgress.NONE);

    @Test
    void learnsAndReportsOnTextsItHasNotSeen() {
        TrainingReport report = trainer.train(Tickets.make(1_200, 7).iterator(), TrainingOptions.DEFAULT)
                .report();
        assertThat(report.accuracy().value()).isGreaterThan(report.baseline() + 0.3);
        assertThat(report.accuracy().low()).isLessThan(report.accuracy().value());
        assertThat(report.macroF1().low()).isLessThan(report.macroF1().high());
        assertThat(report.macroF1().value())
                .isBetween(report.macroF1().low(), report.macroF1().high());
        assertThat(report.trainTexts() + report.validationTexts() + report.testTexts() + report.duplicateRows())
                .isEqualTo(1_200);
        assertThat(report.labels().stream()
                        .mapToInt(TrainingReport.LabelReport::support)
                        .sum())
                .isEqualTo(report.testTexts());
        assertThat(report.confusion().stream()
                        .mapToInt(TrainingReport.Confusion::count)
                        .sum())
                .isEqualTo(report.testTexts());
        assertThat(report.abstention().precision().value())
                .isGreaterThanOrEqualTo(report.accuracy().value() - 0.02);
    }

    @Test
    void orderOfRowsDoesNotMatter() throws Exception {
        List<LabelledText> rows = Tickets.make(300, 3);
        TrainedModel first = trainer.train(rows.iterator(), TrainingOptions.DEFAULT);
        List<LabelledText> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(11));
        TrainedModel second = trainer.train(shuffled.iterator(), TrainingOptions.DEFAULT);
        assertThat(second.report()).isEqualTo(first.report());
        first.store(directory.resolve("a"));
        second.store(directory.resolve("b"));
        List<String> texts =
                rows.stream().map(row -> String.valueOf(row.text())).toList();
        assertThat(TrainedClassifier.load(directory.resolve("b")).classify(texts, null))
                .isEqualTo(TrainedClassifier.load(directory.resolve("a")).classify(texts, null));
    }

    @Test
    void duplicatesAreInOnePartOnly() {
        TrainingRows rows = new TrainingRows(TextTokenizer.DEFAULT);
        List<LabelledText> given = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = "texte distinct " + Integer.toString(i, 36) + " " + "abcdefghij".substring(i % 10) + i / 10;
            String word = Character.toString('a' + i % 26) + Character.toString('a' + i / 26);
            given.add(new LabelledText(text + word, i % 2 == 0 ? "x" : "y"));
            given.add(new LabelledText(
                    "  " + text.toUpperCase(java.util.Locale.ROOT) + word + "!", i % 2 == 0 ? "x" : "y"));
        }
        rows.addAll(LabelledRows.of(given.iterator()), TrainingProgress.NONE);
        TrainingRows.Split split = rows.split(1);
        List<String> all = new ArrayList<>();
        split.train().forEach(example -> all.add(example.text()));
        split.validation().forEach(example -> all.add(example.text()));
        split.test().forEach(example -> all.add(example.text()));
        assertThat(all).doesNotHaveDuplicates().hasSize((int) (rows.rows() - rows.duplicates()));
        assertThat(rows.duplicates()).isGreaterThanOrEqualTo(50);
        assertThat(split.test()).isNotEmpty();
    }

    @Test
    void onnxAnswersAsTheTrainingLibraryDoes() {
        TextTokenizer tokenizer = TextTokenizer.DEFAULT;
        TrainingRows rows = new TrainingRows(tokenizer);
        rows.addAll(LabelledRows.of(Tickets.make(600, 5).iterator()), TrainingProgress.NONE);
        TrainingRows.Split split = rows.split(1);
        Vocabulary vocabulary = Vocabulary.of(
                tokenizer,
                split.train().stream().map(TrainingRows.Example::text).toList(),
                5_000);
        TribuoLinearModel model = TribuoLinearModel.train(split.train(), vocabulary, TrainingOptions.DEFAULT);
        TrainedClassifier classifier = new TrainedClassifier(
                new OnnxLinearModel(model.onnx(), model.vocabulary().size()), model.vocabulary(), model.labels(), 0);
        List<String> texts =
                split.test().stream().map(TrainingRows.Example::text).toList();
        List<float[]> answers = classifier.probabilities(texts);
        for (int i = 0; i < texts.size(); i++) {
            double[] expected = model.probabilities(model.vocabulary().vector(texts.get(i)));
            for (int label = 0; label < expected.length; label++) {
                assertThat((double) answers.get(i)[label]).isCloseTo(expected[label], within(1e-5));
            }
        }
    }

    @Test
    void aFreshProcessAnswersTheSame() throws Exception {
        Path model = directory.resolve("model");
        trainer.train(Tickets.make(400, 9).iterator(), TrainingOptions.DEFAULT).store(model);
        List<String> texts = List.of("mon colis a du retard", "facture TVA carte", "zzz", "remboursement 🙂 argent");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // ONNX Runtime overflows the usual stack on a long command line; see OnnxEnvironment.
                "-Dlong=" + "x".repeat(100_000),
                "-cp",
                System.getProperty("java.class.path"),
                FreshProcess.class.getName(),
                model.toString()));
        command.addAll(texts);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("errors")))
                .isZero();
        List<String> here = TrainedClassifier.load(model).classify(texts, null).stream()
                .map(Prediction::toString)
                .toList();
        assertThat(Files.readString(output, StandardCharsets.UTF_8).lines()).containsExactlyElementsOf(here);
    }

    @Test
    void answersOnlyWhatIsAllowed() {
        Path path = directory.resolve("model");
        trainer.train(Tickets.make(400, 9).iterator(), TrainingOptions.of(Map.of("precision", 0.5)))
                .store(path);
        TrainedClassifier classifier = TrainedClassifier.load(path);
        assertThat(classifier
                        .classify("livraison colis transporteur retard", null)
                        .label())
                .isEqualTo("delivery");
        assertThat(classifier
                        .classify("livraison colis transporteur retard", List.of("billing", "refund"))
                        .label())
                .isNotEqualTo("delivery");
        assertThatThrownBy(() -> classifier.classify("x", List.of("unknown")))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("delivery");
    }

    @Test
    void abstainsWhereItKnowsNothing() {
        Path path = directory.resolve("model");
        trainer.train(Tickets.make(400, 9).iterator(), TrainingOptions.DEFAULT).store(path);
        TrainedClassifier classifier = TrainedClassifier.load(path);
        List<String> hostile =
                List.of("", "   ", "\0\0", "漢字漢字", "\u202Eabc", "é".repeat(1_000_000), "x ".repeat(500_000));
        assertThat(classifier.classify(hostile, null)).hasSize(hostile.size());
        assertThat(classifier.classify("", null).label()).isNull();
    }

    @Test
    void refusesTooFewRows() {
        List<LabelledText> rows = List.of(
                new LabelledText("a", "x"),
                new LabelledText("b", "y"),
                new LabelledText(null, "x"),
                new LabelledText("c", " "));
        assertThatThrownBy(() -> trainer.train(rows.iterator(), TrainingOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        EstranException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TRAINING_DATA_INSUFFICIENT));
        assertThatThrownBy(() -> trainer.train(Collections.emptyIterator(), TrainingOptions.DEFAULT))
                .hasMessageContaining("at least 2 labels");
    }

    @Test
    void aDamagedModelIsNotServed() throws Exception {
        for (String file : List.of("model.onnx", "vocabulary.txt", "labels.json", "manifest.json", "tokenizer.json")) {
            Path path = directory.resolve("of-" + file);
            trainer.train(Tickets.make(60, 9).iterator(), TrainingOptions.DEFAULT)
                    .store(path);
            byte[] bytes = Files.readAllBytes(path.resolve(file));
            bytes[bytes.length / 2] ^= 0x15;
            Files.write(path.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length - 1));
            assertThatThrownBy(() -> TrainedClassifier.load(path))
                    .isInstanceOfSatisfying(
                            EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_DAMAGED));
        }
    }
}
