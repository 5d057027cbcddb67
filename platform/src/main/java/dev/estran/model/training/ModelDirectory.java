package dev.estran.model.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk: {@code model.onnx}, {@code tokenizer.json}, {@code vocabulary.txt}, {@code labels.json},
 * {@code report.json} and {@code manifest.json} with the format version and the SHA-256 of every other file.
 */
final class ModelDirectory {

    private static final int FORMAT = 1;
    private static final long MOST_FILE_BYTES = 512L << 20;
    private static final String MODEL = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocabulary.txt";
    private static final String LABELS = "labels.json";
    private static final String REPORT = "report.json";
    private static final String MANIFEST = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    record Manifest(int format, String kind, double threshold, Map<String, String> sha256) {}

    private ModelDirectory() {}

    /** Writes next to the target and renames: the target exists complete or not at all. It must not exist before. */
    static void write(
            Path target,
            byte[] model,
            Vocabulary vocabulary,
            List<String> labels,
            double threshold,
            TrainingReport report) {
        Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a model needs a directory above");
        Path temporary = null;
        try {
            Files.createDirectories(parent);
            temporary = Files.createTempDirectory(parent, ".new-");
            Map<String, String> digests = new TreeMap<>();
            write(temporary, MODEL, model, digests);
            write(temporary, TOKENIZER, JSON.writeValueAsBytes(vocabulary.tokenizer()), digests);
            byte[] lines = (String.join("\n", vocabulary.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
            write(temporary, VOCABULARY, lines, digests);
            write(temporary, LABELS, JSON.writeValueAsBytes(labels), digests);
            write(temporary, REPORT, JSON.writeValueAsBytes(report), digests);
            Manifest manifest = new Manifest(FORMAT, "text-classifier", threshold, Map.copyOf(digests));
            write(temporary, MANIFEST, JSON.writeValueAsBytes(manifest), digests);
            sync(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
        } catch (IOException e) {
            if (temporary != null) {
                delete(temporary);
            }
            throw new EstranException(
                    ErrorCode.STORAGE_FAILED, "The trained model could not be written: check the disk.", e);
        }
    }

    static TrainedClassifier load(Path directory) {
        try {
            Manifest manifest = JSON.readValue(bytes(directory, MANIFEST), Manifest.class);
            if (manifest.format() != FORMAT) {
                throw damaged("has format " + manifest.format() + ", this version reads " + FORMAT, null);
            }
            TextTokenizer tokenizer = JSON.readValue(checked(directory, TOKENIZER, manifest), TextTokenizer.class);
            String lines = new String(checked(directory, VOCABULARY, manifest), StandardCharsets.UTF_8);
            Vocabulary vocabulary = Vocabulary.parse(tokenizer, lines.lines().toList());
            List<String> labels =
                    JSON.readValue(checked(directory, LABELS, manifest), new TypeReference<List<String>>() {});
            OnnxLinearModel model = new OnnxLinearModel(checked(directory, MODEL, manifest), vocabulary.size());
            return new TrainedClassifier(model, vocabulary, labels, manifest.threshold());
        } catch (IOException | IllegalArgumentException e) {
            throw damaged("cannot be read", e);
        }
    }

    static TrainingReport report(Path directory) {
        try {
            return JSON.readValue(bytes(directory, REPORT), TrainingReport.class);
        } catch (IOException e) {
            throw damaged("cannot be read", e);
        }
    }

    /** Removes a directory and what is in it; what cannot be removed stays for the next start. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EstranException(ErrorCode.STORAGE_FAILED, "A model's files could not be removed.", e);
        }
    }

    private static void write(Path directory, String name, byte[] bytes, Map<String, String> digests)
            throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        sync(file);
        digests.put(name, sha256(bytes));
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static byte[] bytes(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        if (Files.size(file) > MOST_FILE_BYTES) {
            throw damaged("has a file " + name + " of " + Files.size(file) + " bytes", null);
        }
        return Files.readAllBytes(file);
    }

    private static byte[] checked(Path directory, String name, Manifest manifest) throws IOException {
        byte[] bytes = bytes(directory, name);
        if (!sha256(bytes).equals(manifest.sha256().get(name))) {
            throw damaged("has a changed file " + name, null);
        }
        return bytes;
    }

    private static EstranException damaged(String problem, @Nullable Throwable cause) {
        return new EstranException(
                ErrorCode.MODEL_DAMAGED,
                "A stored model " + problem + ". Train it again (CREATE OR REPLACE MODEL).",
                cause);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new EstranException(ErrorCode.INTERNAL, "This Java has no SHA-256", e);
        }
    }
}
