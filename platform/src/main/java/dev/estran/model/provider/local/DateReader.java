package dev.estran.model.provider.local;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as written in French and English. All digits with slashes means day first, unless that is no date. */
final class DateReader {

    /** A date and where it stands. */
    record Found(Span span, LocalDate date) {}

    private static final Map<String, Integer> MONTHS = months();
    private static final String MONTH_NAMES =
            "(janvier|janv|january|jan|f[ée]vrier|f[ée]vr|f[ée]v|february|feb|mars|march|mar|"
                    + "avril|avr|april|apr|mai|may|juin|june|jun|juillet|juil|july|jul|ao[ûu]t|august|aug|septembre|september|sept|sep|"
                    + "octobre|october|oct|novembre|november|nov|d[ée]cembre|d[ée]c|december|dec)\\.?";

    private static final Pattern ISO =
            Pattern.compile("(?<![\\d./-])(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:(?=T\\d{2}:)|(?![\\d/-]|\\.\\d))");
    private static final Pattern NUMERIC =
            Pattern.compile("(?<![\\d./-])(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?![\\d/-]|\\.\\d)");
    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?iu)(?<![\\p{L}\\d])(\\d{1,2})(?:er|st|nd|rd|th)?[ .-](?:of )?" + MONTH_NAMES + ",?[ -](\\d{4})(?!\\d)");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?iu)(?<![\\p{L}\\d])" + MONTH_NAMES + " (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)");

    static final Recogniser RECOGNISER =
            text -> find(text).stream().map(Found::span).toList();

    private DateReader() {}

    /** Every date, ordered by where it stands. */
    static List<Found> find(String text) {
        Map<Span, LocalDate> dates = new HashMap<>();
        for (Matcher m = ISO.matcher(text); m.find(); ) {
            put(dates, m, date(number(m, 1), number(m, 3), number(m, 4)));
        }
        for (Matcher m = NUMERIC.matcher(text); m.find(); ) {
            int year = number(m, 4) < 100 ? 2000 + number(m, 4) : number(m, 4);
            LocalDate dayFirst = date(year, number(m, 3), number(m, 1));
            put(dates, m, dayFirst != null ? dayFirst : date(year, number(m, 1), number(m, 3)));
        }
        for (Matcher m = DAY_FIRST.matcher(text); m.find(); ) {
            put(dates, m, date(number(m, 3), month(m, 2), number(m, 1)));
        }
        for (Matcher m = MONTH_FIRST.matcher(text); m.find(); ) {
            put(dates, m, date(number(m, 3), month(m, 1), number(m, 2)));
        }
        List<Found> found = new ArrayList<>();
        for (Span span : Spans.withoutOverlaps(List.copyOf(dates.keySet()))) {
            LocalDate date = dates.get(span);
            if (date != null) {
                found.add(new Found(span, date));
            }
        }
        return found;
    }

    private static void put(Map<Span, LocalDate> dates, Matcher matcher, @Nullable LocalDate date) {
        if (date != null) {
            dates.put(new Span(matcher.start(), matcher.end()), date);
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static int month(Matcher matcher, int group) {
        return MONTHS.getOrDefault(
                Words.fold(matcher.group(group)).substring(0, 3), monthByLongName(matcher.group(group)));
    }

    private static int monthByLongName(String name) {
        return Words.fold(name).startsWith("juil") ? 7 : 6;
    }

    private static @Nullable LocalDate date(int year, int month, int day) {
        if (year < 1000) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        List<String> names = List.of(
                "jan", "fev feb", "mar", "avr apr", "mai may", "jun", "jul", "aou aug", "sep", "oct", "nov", "dec");
        for (int month = 1; month <= 12; month++) {
            for (String name : names.get(month - 1).split(" ")) {
                months.put(name, month);
            }
        }
        return months;
    }
}
