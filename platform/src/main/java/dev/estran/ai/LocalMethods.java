package dev.estran.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.model.provider.local.ExtractiveSummary;
import dev.estran.model.provider.local.FieldExtractor;
import dev.estran.model.provider.local.LanguageDetection;
import dev.estran.model.provider.local.LexicalClassifier;
import dev.estran.model.provider.local.TextMasker;
import dev.estran.model.provider.local.TextSimilarity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which functions this process answers itself. Immutable. */
public final class LocalMethods {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEFAULT_SUMMARY_WORDS = 50;

    private final Map<String, LocalMethod> byFunction;

    /** @param byFunction by function name, lower case */
    public LocalMethods(Map<String, LocalMethod> byFunction) {
        this.byFunction = Map.copyOf(byFunction);
    }

    /** The text methods shipped with Estran. */
    public static LocalMethods builtIn() {
        Map<String, LocalMethod> methods = new LinkedHashMap<>();
        methods.put(
                "ai_mask",
                method(
                        TextMasker.VERSION,
                        constants -> check(constants.get("kinds"), TextMasker::check),
                        args -> TextMasker.mask(text(args, "text"), AnswerSchemas.labels(args.get("kinds")))));
        methods.put(
                "ai_classify",
                method(
                        LexicalClassifier.VERSION,
                        constants -> check(constants.get("labels"), LexicalClassifier::check),
                        args -> LexicalClassifier.classify(
                                text(args, "text"), AnswerSchemas.labels(args.get("labels")))));
        methods.put(
                "ai_extract",
                method(
                        FieldExtractor.VERSION,
                        constants -> {
                            if (constants.get("fields") != null) {
                                AnswerSchemas.fieldNames(constants.get("fields"));
                            }
                        },
                        args -> json(FieldExtractor.extract(
                                text(args, "text"), AnswerSchemas.fieldNames(args.get("fields"))))));
        methods.put(
                "ai_detect_language",
                method(
                        LanguageDetection.VERSION,
                        constants -> {},
                        args -> LanguageDetection.detect(text(args, "text"))));
        methods.put(
                "ai_similarity",
                method(
                        TextSimilarity.VERSION,
                        constants -> {},
                        args -> TextSimilarity.similarity(text(args, "a"), text(args, "b"))));
        methods.put(
                "ai_summarize",
                method(
                        ExtractiveSummary.VERSION,
                        constants -> {},
                        args -> ExtractiveSummary.summarize(text(args, "text"), words(args.get("max_words")))));
        return new LocalMethods(methods);
    }

    Optional<LocalMethod> find(String function) {
        return Optional.ofNullable(byFunction.get(function));
    }

    /** The function's method if it goes by this name, with or without its version. */
    Optional<LocalMethod> find(String function, String name) {
        return find(function).filter(m -> m.served().equals(name) || m.served().startsWith(name + "@"));
    }

    private static LocalMethod method(
            String served,
            Consumer<Map<String, @Nullable Object>> check,
            Function<Map<String, @Nullable Object>, @Nullable Object> apply) {
        return new LocalMethod() {
            @Override
            public String served() {
                return served;
            }

            @Override
            public void check(Map<String, @Nullable Object> constants) {
                check.accept(constants);
            }

            @Override
            public @Nullable Object apply(Map<String, @Nullable Object> args) {
                return apply.apply(args);
            }
        };
    }

    private static void check(@Nullable Object list, Consumer<List<String>> check) {
        if (list != null) {
            check.accept(AnswerSchemas.labels(list));
        }
    }

    private static String text(Map<String, @Nullable Object> args, String name) {
        Object value = args.get(name);
        return value == null ? "" : value.toString();
    }

    private static int words(@Nullable Object value) {
        if (value == null) {
            return DEFAULT_SUMMARY_WORDS;
        }
        try {
            return Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "max_words must be a whole number.", e);
        }
    }

    private static String json(Map<String, @Nullable String> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
