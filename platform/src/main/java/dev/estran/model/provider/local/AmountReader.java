package dev.estran.model.provider.local;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of money and plain numbers as written in French and English. */
final class AmountReader {

    /**
     * A number and where it stands.
     *
     * @param currency ISO 4217 code, or null where none is written next to it
     */
    record Found(Span span, BigDecimal value, @Nullable String currency) {}

    private static final String NUMBER =
            "[-−]?\\d{1,3}(?:[ .,'’\\u00a0\\u202f]\\d{3}){1,5}(?:[.,]\\d{1,4})?|[-−]?\\d{1,15}(?:[.,]\\d{1,4})?";
    private static final String CURRENCY =
            "€|\\$|£|¥|(?iu:US\\$|EUR|USD|GBP|CHF|JPY|CAD|AUD|euros?|dollars?|livres sterling|pounds?|"
                    + "francs? suisses?|yens?)(?![\\p{L}])";

    private static final Pattern BEFORE = Pattern.compile(
            "(?<![\\p{L}\\d])(" + CURRENCY + ")[ \\u00a0\\u202f]?(" + NUMBER + ")(?![\\p{L}\\d]|[.,]\\d)");
    private static final Pattern AFTER =
            Pattern.compile("(?<![\\p{L}\\d.,/-])(" + NUMBER + ")[ \\u00a0\\u202f]?(" + CURRENCY + ")(\\d{2}(?!\\d))?");
    private static final Pattern PLAIN =
            Pattern.compile("(?<![\\p{L}\\d.,/-])(" + NUMBER + ")(?![\\p{L}\\d/]|[.,:-]\\d)");

    private AmountReader() {}

    /** Numbers with a currency, ordered by where they stand. */
    static List<Found> amounts(String text) {
        List<Found> found = new ArrayList<>();
        for (Matcher m = AFTER.matcher(text); m.find(); ) {
            String cents = m.group(3) == null ? "" : "." + m.group(3);
            found.add(new Found(new Span(m.start(), m.end()), number(m.group(1) + cents), currency(m.group(2))));
        }
        for (Matcher m = BEFORE.matcher(text); m.find(); ) {
            found.add(new Found(new Span(m.start(), m.end()), number(m.group(2)), currency(m.group(1))));
        }
        return disjoint(found);
    }

    /** All numbers, with or without currency, ordered by where they stand. */
    static List<Found> numbers(String text) {
        List<Found> found = new ArrayList<>();
        for (Matcher m = PLAIN.matcher(text); m.find(); ) {
            found.add(new Found(new Span(m.start(), m.end()), number(m.group(1)), null));
        }
        return disjoint(found);
    }

    private static List<Found> disjoint(List<Found> found) {
        List<Span> kept = Spans.withoutOverlaps(found.stream().map(Found::span).toList());
        Map<Span, Found> bySpan = new HashMap<>();
        found.forEach(one -> bySpan.putIfAbsent(one.span(), one));
        List<Found> disjoint = new ArrayList<>();
        for (Span span : kept) {
            Found one = bySpan.get(span);
            if (one != null) {
                disjoint.add(one);
            }
        }
        return disjoint;
    }

    /** The last point or comma is the decimal sign, unless exactly three digits follow it and it groups thousands. */
    static BigDecimal number(String written) {
        String plain = written.replace('−', '-').replaceAll("[ '’\\u00a0\\u202f]", "");
        int last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
        if (last < 0) {
            return new BigDecimal(plain);
        }
        char sign = plain.charAt(last);
        char other = sign == '.' ? ',' : '.';
        boolean repeated = plain.indexOf(sign) != last;
        boolean threeFollow = plain.length() - last == 4;
        boolean startsWithZero = plain.startsWith("0") || plain.startsWith("-0");
        boolean decimal = !repeated && (!threeFollow || plain.indexOf(other) >= 0 || startsWithZero);
        String whole = plain.substring(0, last).replace(".", "").replace(",", "");
        String rest = plain.substring(last + 1);
        return new BigDecimal(decimal ? whole + "." + rest : whole + rest);
    }

    private static @Nullable String currency(String written) {
        String folded = Words.fold(written).toUpperCase(Locale.ROOT);
        return switch (folded.charAt(0)) {
            case '€' -> "EUR";
            case '$' -> "USD";
            case '£', 'L', 'P' -> "GBP";
            case '¥', 'Y' -> "JPY";
            case 'E' -> "EUR";
            case 'D', 'U' -> "USD";
            case 'F' -> "CHF";
            default -> folded.length() == 3 ? folded : null;
        };
    }
}
