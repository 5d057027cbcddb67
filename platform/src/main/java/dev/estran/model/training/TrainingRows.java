package dev.estran.model.training;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows given, one entry per distinct normalised text, and their split into parts. */
final class TrainingRows {

    static final long MAX_ROWS = 2_000_000;
    static final int MAX_LABELS = 500;
    static final int LEAST_TEXTS = 5;
    private static final long MAX_CHARS = 300_000_000;

    /** A distinct text and its label. */
    record Example(String text, String label, long order) {}

    /** Parts that share no text. Each is in the order of a hash of the text, whatever the order of the rows was. */
    record Split(List<Example> train, List<Example> validation, List<Example> test) {}

    private final TextTokenizer tokenizer;
    private final Map<String, Map<String, Integer>> labelsByText = new HashMap<>();
    private final Map<String, String> sharedLabels = new HashMap<>();
    private long rows;
    private long skipped;
    private long chars;

    TrainingRows(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    void addAll(LabelledRows source, TrainingProgress progress) {
        source.read(row -> {
            rows++;
            if (rows > MAX_ROWS) {
                throw tooLarge("more than " + MAX_ROWS + " rows");
            }
            if (rows % 10_000 == 0) {
                progress.at("read " + rows + " rows", 0);
            }
            add(row);
        });
    }

    private void add(LabelledText row) {
        String normal = row.text() == null ? "" : tokenizer.normalise(row.text());
        if (normal.isEmpty() || row.label() == null || row.label().isBlank()) {
            skipped++;
            return;
        }
        String given = row.label().strip();
        String label = sharedLabels.computeIfAbsent(given, key -> key);
        if (sharedLabels.size() > MAX_LABELS) {
            throw tooLarge("more than " + MAX_LABELS + " labels");
        }
        Map<String, Integer> before = labelsByText.get(normal);
        if (before == null) {
            chars += normal.length();
            if (chars > MAX_CHARS) {
                throw tooLarge("more than " + MAX_CHARS + " characters of distinct text");
            }
            labelsByText.put(normal, Map.of(label, 1));
        } else {
            Map<String, Integer> counts = new TreeMap<>(before);
            counts.merge(label, 1, Integer::sum);
            labelsByText.put(normal, counts);
        }
    }

    private static EstranException tooLarge(String problem) {
        return new EstranException(
                ErrorCode.INVALID_ARGUMENT,
                "CREATE MODEL: the query gives " + problem + ". Train on a sample (USING SAMPLE, or a WHERE).");
    }

    /** Distinct texts by label, labels sorted, texts in hash order. */
    private Map<String, List<Example>> byLabel(long seed) {
        Map<String, List<Example>> byLabel = new TreeMap<>();
        labelsByText.forEach((text, counts) -> {
            String label = mostFrequent(counts);
            byLabel.computeIfAbsent(label, key -> new ArrayList<>()).add(new Example(text, label, hash(text, seed)));
        });
        byLabel.values()
                .forEach(examples ->
                        examples.sort(Comparator.comparingLong(Example::order).thenComparing(Example::text)));
        return byLabel;
    }

    /** Of equally frequent labels the first in alphabetical order. */
    private static String mostFrequent(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /**
     * A fifth for the test, three twentieths for validation, the rest to learn from, within every label.
     *
     * @throws EstranException TRAINING_DATA_INSUFFICIENT
     */
    Split split(long seed) {
        Split split = new Split(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int usable = 0;
        for (List<Example> examples : byLabel(seed).values()) {
            if (examples.size() >= LEAST_TEXTS) {
                usable++;
                int test = Math.max(1, Math.round(examples.size() * 0.2f));
                int validation = Math.max(1, Math.round(examples.size() * 0.15f));
                split.test.addAll(examples.subList(0, test));
                split.validation.addAll(examples.subList(test, test + validation));
                split.train.addAll(examples.subList(test + validation, examples.size()));
            }
        }
        if (usable < 2) {
            throw new EstranException(
                    ErrorCode.TRAINING_DATA_INSUFFICIENT,
                    "Training needs at least 2 labels with " + LEAST_TEXTS + " different texts each; the " + rows
                            + " rows have " + usable + ". Add labelled rows.",
                    Map.of("rows", rows, "usable_labels", usable),
                    null);
        }
        Comparator<Example> order = Comparator.comparingLong(Example::order).thenComparing(Example::text);
        split.train.sort(order);
        split.validation.sort(order);
        split.test.sort(order);
        return split;
    }

    Map<String, Long> textsByLabel() {
        Map<String, Long> counts = new TreeMap<>();
        labelsByText.values().forEach(labels -> counts.merge(mostFrequent(labels), 1L, Long::sum));
        return counts;
    }

    long rows() {
        return rows;
    }

    long skipped() {
        return skipped;
    }

    long duplicates() {
        return rows - skipped - labelsByText.size();
    }

    long conflicting() {
        return labelsByText.values().stream()
                .filter(labels -> labels.size() > 1)
                .count();
    }

    private static long hash(String text, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = digest.digest((seed + ":" + text).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(bytes).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new EstranException(ErrorCode.INTERNAL, "This Java has no SHA-256", e);
        }
    }
}
