package dev.estran.model.provider.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds all pieces of one kind in a text, in time linear in its length, ordered by start. */
@FunctionalInterface
interface Recogniser {

    List<Span> find(String text);

    /** Every repetition in the expression must be bounded, so that a hostile text cannot make matching quadratic. */
    static Recogniser ofPattern(String expression, Predicate<String> valid) {
        Pattern pattern = Pattern.compile(expression);
        return text -> {
            List<Span> spans = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (valid.test(matcher.group())) {
                    spans.add(new Span(matcher.start(), matcher.end()));
                }
            }
            return spans;
        };
    }

    static Recogniser ofPattern(String expression) {
        return ofPattern(expression, piece -> true);
    }

    static Recogniser anyOf(List<Recogniser> recognisers) {
        return text -> {
            List<Span> spans = new ArrayList<>();
            recognisers.forEach(recogniser -> spans.addAll(recogniser.find(text)));
            return Spans.withoutOverlaps(spans);
        };
    }
}
