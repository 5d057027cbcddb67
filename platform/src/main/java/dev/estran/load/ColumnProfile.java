package dev.estran.load;

import dev.estran.load.TextForm.Digits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the values of one text column have in common. Not thread-safe. */
final class ColumnProfile {

    /** Numbers with more digits after the point than this are measurements, and become DOUBLE. */
    private static final int MAX_SCALE = 6;

    private static final int MAX_PRECISION = 38;
    private static final int SHORT_PRECISION = 18;

    private final @Nullable String given;
    /** Narrowest first; where the type is inferred, only those that all values have. */
    private final List<Candidate> candidates = new ArrayList<>();

    private boolean any;
    private boolean padded;

    private ColumnProfile(@Nullable String given, List<TextForm> forms) {
        this.given = given;
        forms.stream()
                .filter(form -> form != TextForm.TEXT && (given == null || form.suits(given)))
                .forEach(form -> candidates.add(new Candidate(form)));
    }

    /**
     * One profile for each column of a file.
     *
     * @param commaFirst whether {@code 1,234} is one and a bit rather than a thousand: where fields are not separated by
     *     commas
     */
    static List<ColumnProfile> of(List<String> names, Target target, boolean commaFirst) {
        List<TextForm> forms = new ArrayList<>(Arrays.asList(TextForm.values()));
        if (!commaFirst) {
            forms.remove(TextForm.NUMBER_GROUPED);
            forms.add(forms.indexOf(TextForm.NUMBER_COMMA), TextForm.NUMBER_GROUPED);
        }
        return names.stream()
                .map(name -> new ColumnProfile(target.givenType(name).orElse(null), forms))
                .toList();
    }

    /** Adds the fields of a row. */
    static void add(List<ColumnProfile> profiles, List<? extends @Nullable String> fields) {
        for (int i = 0; i < Math.min(profiles.size(), fields.size()); i++) {
            profiles.get(i).add(fields.get(i));
        }
    }

    /** How to read the columns {@code c0} and so on. */
    static List<ColumnReading> readings(List<ColumnProfile> profiles, List<String> names) {
        List<ColumnReading> readings = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            readings.add(profiles.get(i).reading("c" + i, names.get(i)));
        }
        return readings;
    }

    private void add(@Nullable String field) {
        if (field == null || candidates.isEmpty()) {
            return;
        }
        String text = trimmed(field);
        if (text.isEmpty()) {
            padded = true;
            return;
        }
        any = true;
        padded |= text.length() != field.length();
        for (int i = candidates.size() - 1; i >= 0; i--) {
            if (!candidates.get(i).add(text) && given == null) {
                candidates.remove(i);
            }
        }
    }

    /** Without the spaces the engine's trim() takes off: the plain ones only. */
    private static String trimmed(String field) {
        int start = 0;
        int end = field.length();
        while (start < end && field.charAt(start) == ' ') {
            start++;
        }
        while (end > start && field.charAt(end - 1) == ' ') {
            end--;
        }
        return field.substring(start, end);
    }

    private ColumnReading reading(String source, String name) {
        if (given != null) {
            TextForm best = candidates.stream()
                    .min(Comparator.comparingLong(candidate -> candidate.misfits))
                    .map(candidate -> candidate.form)
                    .orElse(TextForm.TEXT);
            return new ColumnReading(source, name, best, given, true, false);
        }
        if (!any || candidates.isEmpty()) {
            return new ColumnReading(source, name, TextForm.TEXT, "VARCHAR", false, false);
        }
        Candidate best = candidates.getFirst();
        return new ColumnReading(source, name, best.form, best.type(), false, !padded && best.printsAlike());
    }

    /** A form and what was seen of it. */
    private static final class Candidate {

        private final TextForm form;
        private long misfits;
        private int whole;
        private int fraction;
        private int shortest = Integer.MAX_VALUE;

        Candidate(TextForm form) {
            this.form = form;
        }

        boolean add(String text) {
            if (!form.matches(text)) {
                misfits++;
                return false;
            }
            if (form.decimal()) {
                Digits digits = form.digits(text);
                whole = Math.max(whole, digits.whole());
                fraction = Math.max(fraction, digits.fraction());
                shortest = Math.min(shortest, digits.fraction());
            }
            return true;
        }

        String type() {
            if (!form.decimal()) {
                return form.type();
            }
            if (fraction > MAX_SCALE || whole + fraction > MAX_PRECISION) {
                return "DOUBLE";
            }
            return "DECIMAL(" + (whole + fraction <= SHORT_PRECISION ? SHORT_PRECISION : MAX_PRECISION) + "," + fraction
                    + ")";
        }

        /** Whether a plain cast there and back gives the same text again. */
        boolean printsAlike() {
            return switch (form) {
                case INTEGER, DATE_ISO -> true;
                case NUMBER -> !type().equals("DOUBLE") && shortest == fraction;
                default -> false;
            };
        }
    }
}
