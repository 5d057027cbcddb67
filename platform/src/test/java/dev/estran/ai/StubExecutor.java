package dev.estran.ai;

import dev.estran.Money;
import dev.estran.sql.AiCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers at once, by rules that SQL macros can follow too; refuses to be asked the same thing twice. */
final class StubExecutor implements AiExecutor {

    final Set<String> asked = new HashSet<>();
    final Set<String> askedTexts = new HashSet<>();
    final List<String> log = new ArrayList<>();
    final Set<String> failing = new HashSet<>();

    @Override
    public Pinned pin(AiCalls.Statement statement, AiCall call) {
        return new Pinned("stub", "stub@1", true, false);
    }

    @Override
    public AiCalls.Stage ask(
            AiCalls.Statement statement,
            AiCall call,
            Pinned pinned,
            Iterator<List<String>> tuples,
            long total,
            Consumer<Answer> answers) {
        long count = 0;
        long failed = 0;
        while (tuples.hasNext()) {
            List<String> tuple = tuples.next();
            String identity = call.function().name() + call.constants() + call.varying() + tuple;
            if (!asked.add(identity)) {
                throw new IllegalStateException("asked twice: " + identity);
            }
            String text = text(call, tuple);
            askedTexts.add(call.function().name() + " " + text);
            count++;
            if (failing.contains(text)) {
                failed++;
                answers.accept(new Answer(tuple, null, "cannot answer " + text));
            } else {
                answers.accept(new Answer(tuple, value(call, text), null));
            }
        }
        if (count != total) {
            throw new IllegalStateException("promised " + total + ", gave " + count);
        }
        log.add(call.function().name() + " " + count);
        return new AiCalls.Stage(
                call.function().name(), pinned.served(), pinned.place(), count, count, 0, failed, Money.zero("EUR"));
    }

    /** The data arguments in the order of the signature, constant ones included, joined by a bar. */
    private static String text(AiCall call, List<String> tuple) {
        List<String> texts = new ArrayList<>();
        for (AiFunction.Parameter parameter : call.function().parameters()) {
            int key = call.varying().indexOf(parameter.name());
            if (key >= 0) {
                texts.add(tuple.get(key));
            } else if (!parameter.constant()
                    && !parameter.name().equals("instruction")
                    && call.constants().get(parameter.name()) != null) {
                texts.add(String.valueOf(call.constants().get(parameter.name())));
            }
        }
        return String.join("|", texts);
    }

    private static @Nullable Object value(AiCall call, String text) {
        return switch (call.function().name()) {
            case "ai_filter" -> text.length() % 2 == 0;
            case "ai_similarity" -> (double) text.length();
            case "ai_classify" ->
                label(
                        (List<?>) java.util.Objects.requireNonNull(
                                call.constants().get("labels")),
                        text);
            case "ai_extract" -> "{\"a\": \"" + text.length() + "\"}";
            case "ai_detect_language" -> text.isEmpty() ? null : text.substring(0, 1);
            case "ai_query" -> call.returns().equals("VARCHAR") ? "q:" + text : Integer.toString(text.length());
            default -> call.function().name().substring(3) + ":" + text;
        };
    }

    private static Object label(List<?> labels, String text) {
        return labels.get(text.length() % labels.size());
    }

    @Override
    public long stored(AiCalls.Statement statement, AiCall call, Pinned pinned, List<List<String>> tuples) {
        return 0;
    }

    @Override
    public Price price(AiCall call, Pinned pinned, double averageChars) {
        return new Price((long) averageChars, 10, Money.zero("EUR"), Money.zero("EUR"));
    }

    String summary() {
        return log.stream().collect(Collectors.joining(", "));
    }
}
