package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What works without any model, and what does not: the one table that {@code system.ai.local_methods}, doctor and README
 * are made from.
 */
public final class Capabilities {

    /** The four states a capability can be in. */
    public enum State {
        WORKS("works"),
        BY_EXTRACT("by extract"),
        NEEDS_MODEL("needs a model"),
        PLANNED("planned");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * @param name function or ability
     * @param method how it works without a model
     * @param quality measured, with what on; null where there is nothing to measure
     */
    public record Capability(
            String name,
            State state,
            String method,
            @Nullable String quality) {

        /** The first of the figures, for a table that people read. */
        public Optional<String> headline() {
            return Optional.ofNullable(quality).map(text -> text.replaceFirst(";.*", ""));
        }
    }

    private static final Map<String, String> MEASURED = measured();

    private static final List<Capability> ALL = List.of(
            works("ai_mask", "identifiers found by pattern and checksum"),
            works("ai_extract", "typed fields: dates, amounts, e-mail, IBAN, phone, numbers"),
            works("ai_detect_language", "frequent words and letter trigrams of 12 languages, others by script"),
            works("ai_similarity", "shared words and letter trigrams; knows no meanings"),
            works("ai_classify", "labels matched lexically, abstains when unsure"),
            new Capability(
                    "ai_classify(model => 'c.s.m')",
                    State.WORKS,
                    "a classifier trained on your own rows by CREATE MODEL",
                    "reported by CREATE MODEL, on rows it has not learnt from"),
            new Capability(
                    "ai_summarize",
                    State.BY_EXTRACT,
                    "the most central sentences, as written",
                    MEASURED.get("ai_summarize")),
            needsModel("ai_query"),
            needsModel("ai_gen"),
            needsModel("ai_translate"),
            needsModel("ai_filter"),
            planned("ai_fix_grammar"),
            planned("ai_score"),
            planned("ai_analyze_sentiment"),
            planned("ai_agg"),
            planned("ai_summarize_agg"),
            planned("ai_embed"),
            planned("ai_count_tokens"),
            planned("ai_parse_document"),
            planned("ai_prep_search"),
            planned("ai_forecast"),
            planned("vector_search"),
            planned("data questions in French and English"),
            planned("answers from documents, with cited passages"),
            planned("the assistant's how-to answers"),
            planned("agents"),
            planned("evaluation of models on your own task"),
            planned("chat"),
            planned("image generation"));

    private Capabilities() {}

    /** The figures that LocalMethodsQualityTest measured, by function: the one place where they are written. */
    private static Map<String, String> measured() {
        String resource = "/dev/estran/model/provider/local/local-methods.json";
        try (InputStream in = Capabilities.class.getResourceAsStream(resource)) {
            Map<String, String> figures = new HashMap<>();
            for (JsonNode method : new JsonMapper().readTree(Objects.requireNonNull(in, resource))) {
                figures.put(
                        method.path("function").asText(), method.path("quality").asText());
            }
            return Map.copyOf(figures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Capability> all() {
        return ALL;
    }

    public static Optional<Capability> find(String name) {
        return ALL.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static Capability works(String function, String method) {
        return new Capability(function, State.WORKS, method, MEASURED.get(function));
    }

    private static Capability needsModel(String name) {
        return new Capability(name, State.NEEDS_MODEL, "none: connect one with ./estran models add", null);
    }

    private static Capability planned(String name) {
        return new Capability(name, State.PLANNED, "not built yet", null);
    }
}
