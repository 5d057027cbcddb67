package dev.estran.ai;

import java.util.List;
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
     * @param quality measured, with what on; null where nothing has been measured
     */
    public record Capability(
            String name,
            State state,
            String method,
            @Nullable String quality) {}

    private static final List<Capability> ALL = List.of(
            works("ai_mask", "identifiers found by pattern and checksum"),
            works("ai_extract", "typed fields: dates, amounts, e-mail, IBAN, phone, numbers"),
            works("ai_detect_language", "character n-grams"),
            works("ai_similarity", "shared words and character n-grams"),
            works("ai_classify", "labels matched lexically, abstains when unsure"),
            works("ai_classify(model => 'c.s.m')", "classifier trained on your own rows"),
            new Capability("ai_summarize", State.BY_EXTRACT, "most central sentences, as written", null),
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
            planned("ai_forecast"),
            planned("vector_search"));

    private Capabilities() {}

    public static List<Capability> all() {
        return ALL;
    }

    public static Optional<Capability> find(String name) {
        return ALL.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static Capability works(String name, String method) {
        return new Capability(name, State.WORKS, method, null);
    }

    private static Capability needsModel(String name) {
        return new Capability(name, State.NEEDS_MODEL, "none: connect one with ./estran models add", null);
    }

    private static Capability planned(String name) {
        return new Capability(name, State.PLANNED, "not built yet", null);
    }
}
