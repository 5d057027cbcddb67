package dev.estran.ai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.ai.AiFunction.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one registry of AI functions: what exists, with which parameters, and what is planned. */
public final class AiFunctions {

    /** Options that every AI function takes by name. */
    public static final Set<String> OPTIONS = Set.of("model", "on_error");

    /** Options of accuracy contracts: known, not built yet. */
    static final Set<String> PLANNED_OPTIONS = Set.of("precision", "recall", "confidence");

    private static final Set<String> PLANNED = Set.of(
            "ai_fix_grammar",
            "ai_score",
            "ai_agg",
            "ai_summarize_agg",
            "ai_embed",
            "ai_count_tokens",
            "ai_parse_document",
            "ai_forecast",
            "ai_analyze_sentiment",
            "vector_search",
            "ai_prep_search");

    private static final int MOST_FILTER_TEXTS = 8;

    private static final Map<String, AiFunction> BUILT = registry();

    private AiFunctions() {}

    private static Map<String, AiFunction> registry() {
        Map<String, AiFunction> functions = new LinkedHashMap<>();
        for (AiFunction function : List.of(
                define(
                        "ai_query",
                        "VARCHAR",
                        true,
                        "Asks an endpoint and returns its answer, as text or as the type asked for.",
                        constant("endpoint", "VARCHAR"),
                        value("request"),
                        optional("returnType", "VARCHAR"),
                        optional("failOnError", "BOOLEAN"),
                        optional("modelParameters", "JSON"),
                        optional("responseFormat", "JSON")),
                define("ai_gen", "VARCHAR", true, "Answers a prompt.", value("prompt")),
                define(
                        "ai_classify",
                        "VARCHAR",
                        false,
                        "Chooses the label that fits a text, or NULL where none does.",
                        value("text"),
                        constant("labels", "VARCHAR[]")),
                define(
                        "ai_extract",
                        "STRUCT",
                        false,
                        "Finds the named values in a text; fields are a list of names, or an object of names and types.",
                        value("text"),
                        constant("fields", "JSON")),
                define(
                        "ai_summarize",
                        "VARCHAR",
                        false,
                        "Shortens a text to at most max_words words; 0 for no limit.",
                        value("text"),
                        new Parameter("max_words", "BIGINT", Optional.of("50"), true)),
                define(
                        "ai_translate",
                        "VARCHAR",
                        true,
                        "Translates a text into a language, given by its code (en, fr, ...).",
                        value("text"),
                        value("to")),
                define(
                        "ai_mask",
                        "VARCHAR",
                        false,
                        "Replaces values of the kinds given (phone, iban, email, ...) by [MASKED].",
                        value("text"),
                        constant("kinds", "VARCHAR[]")),
                define(
                        "ai_similarity",
                        "DOUBLE",
                        false,
                        "How alike two texts are: 1 for equal ones. For ranking only.",
                        value("a"),
                        value("b")),
                define("ai_detect_language", "VARCHAR", false, "The code of the language of a text.", value("text")),
                define(
                        "ai_filter",
                        "BOOLEAN",
                        true,
                        "Whether what the instruction says is true of the texts.",
                        filterParameters()))) {
            functions.put(function.name(), function);
        }
        return functions;
    }

    private static Parameter[] filterParameters() {
        Parameter[] parameters = new Parameter[1 + MOST_FILTER_TEXTS];
        parameters[0] = value("instruction");
        parameters[1] = value("text");
        for (int i = 2; i <= MOST_FILTER_TEXTS; i++) {
            parameters[i] = new Parameter("text" + i, "VARCHAR", Optional.of("NULL"), false);
        }
        return parameters;
    }

    private static AiFunction define(
            String name, String returns, boolean needsModel, String summary, Parameter... parameters) {
        return new AiFunction(name, Arrays.asList(parameters), returns, name + "/1", needsModel, summary);
    }

    private static Parameter value(String name) {
        return new Parameter(name, "VARCHAR", Optional.empty(), false);
    }

    private static Parameter constant(String name, String type) {
        return new Parameter(name, type, Optional.empty(), true);
    }

    private static Parameter optional(String name, String type) {
        return new Parameter(name, type, Optional.of("NULL"), true);
    }

    /** Every built function, in the order of the reference page. */
    public static List<AiFunction> all() {
        return List.copyOf(BUILT.values());
    }

    /** Names of functions that answer NOT_BUILT, sorted. */
    public static Set<String> planned() {
        return new TreeSet<>(PLANNED);
    }

    /** Whether this is the name of an AI function, built or planned. */
    public static boolean owns(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return BUILT.containsKey(lower) || PLANNED.contains(lower);
    }

    /**
     * The function of this name.
     *
     * @throws EstranException NOT_BUILT for a planned one, FUNCTION_NOT_ALLOWED for any other name
     */
    public static AiFunction load(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        AiFunction function = BUILT.get(lower);
        if (function != null) {
            return function;
        }
        if (PLANNED.contains(lower)) {
            throw new EstranException(
                    ErrorCode.NOT_BUILT,
                    "The function " + lower + " is planned and not built yet. Built are: "
                            + String.join(", ", BUILT.keySet()) + ".",
                    Map.of("function", lower, "name", lower),
                    null);
        }
        throw new EstranException(ErrorCode.FUNCTION_NOT_ALLOWED, "There is no AI function " + lower + ".");
    }

    /** The signature for people, for example {@code ai_classify(text VARCHAR, labels VARCHAR[]) -> VARCHAR}. */
    public static String signature(AiFunction function) {
        if (function.name().equals("ai_filter")) {
            return "ai_filter(instruction VARCHAR, text VARCHAR, ...) -> BOOLEAN";
        }
        String parameters =
                function.parameters().stream().map(AiFunctions::parameterText).collect(Collectors.joining(", "));
        return function.name() + "(" + parameters + ") -> " + function.returns();
    }

    private static String parameterText(Parameter parameter) {
        String text = parameter.name() + " " + parameter.type();
        return parameter
                .defaultSql()
                .map(value -> "[" + text + (value.equals("NULL") ? "" : " = " + value) + "]")
                .orElse(text);
    }
}
