package dev.estran.load;

import dev.estran.Identifiers;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way in which text stands for values of a type. The forms are ordered from the narrowest type to the widest; a column
 * takes the first that all its values have. Nothing is taken for a number that would lose something by it: codes with
 * leading zeros and numbers with a plus sign stay text.
 */
enum TextForm {
    BOOLEAN("BOOLEAN", "([Tt]rue|TRUE|[Ff]alse|FALSE|[Vv]rai|VRAI|[Ff]aux|FAUX)", "true/false"),
    INTEGER("BIGINT", "-?(0|[1-9][0-9]*)", "whole numbers"),
    NUMBER("DECIMAL", "-?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)", "numbers with a decimal point"),
    FLOATING(
            "DOUBLE",
            "-?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?|[nN][aA][nN]|-?[iI]nf(inity)?",
            "floating-point numbers"),
    NUMBER_COMMA(
            "DECIMAL",
            "-?(0|[1-9][0-9]{0,2}([ \\x{A0}\\x{202F}.][0-9]{3})+|[1-9][0-9]*)(,[0-9]*)?",
            "numbers with a decimal comma"),
    NUMBER_GROUPED(
            "DECIMAL",
            "-?(0|[1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]*)(\\.[0-9]*)?",
            "numbers with commas between thousands"),
    DATE_ISO("DATE", "([0-9]{4})-([0-9]{2})-([0-9]{2})", "dates year-month-day"),
    DATE_DAY_SLASH("DATE", "([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", "dates day/month/year"),
    DATE_MONTH_SLASH("DATE", "([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", "dates month/day/year"),
    DATE_DAY_DOT("DATE", "([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})", "dates day.month.year"),
    DATE_DAY_DASH("DATE", "([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", "dates day-month-year"),
    DATE_YEAR_SLASH("DATE", "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})", "dates year/month/day"),
    TIMESTAMP_ISO(
            "TIMESTAMP", "([0-9]{4})-([0-9]{2})-([0-9]{2})([ T]" + Shapes.CLOCK + ")?", "timestamps year-month-day"),
    TIMESTAMP_DAY_SLASH(
            "TIMESTAMP",
            "([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})( " + Shapes.HOURS + ":[0-5][0-9](:[0-5][0-9])?)?",
            "timestamps day/month/year"),
    TIMESTAMP_ZONE(
            "TIMESTAMP WITH TIME ZONE",
            "([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]" + Shapes.CLOCK + " ?(Z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?)",
            "timestamps with zone"),
    TIME("TIME", Shapes.CLOCK, "times of day"),
    TEXT("VARCHAR", ".*", "text");

    /** Shared parts of the patterns. */
    private static final class Shapes {
        static final String HOURS = "([01]?[0-9]|2[0-3])";
        static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?";
    }

    private static final int SURE_LONG_DIGITS = 18;

    private final String type;
    private final String pattern;
    private final Pattern compiled;
    private final String description;

    TextForm(String type, String pattern, String description) {
        this.type = type;
        this.pattern = pattern;
        this.compiled = Pattern.compile(pattern);
        this.description = description;
    }

    /** The type the values have by themselves; {@code DECIMAL} without its digits. */
    String type() {
        return type;
    }

    /** For people. */
    String description() {
        return description;
    }

    boolean decimal() {
        return type.equals("DECIMAL");
    }

    /** Whether a trimmed, non-empty text is of this form and a value of its type. */
    boolean matches(String text) {
        if (this == INTEGER) {
            return wholeNumber(text);
        }
        Matcher matcher = compiled.matcher(text);
        return matcher.matches()
                && switch (this) {
                    case DATE_ISO, DATE_YEAR_SLASH, TIMESTAMP_ISO, TIMESTAMP_ZONE -> date(matcher, 1, 2, 3);
                    case DATE_DAY_SLASH, DATE_DAY_DOT, DATE_DAY_DASH, TIMESTAMP_DAY_SLASH -> date(matcher, 3, 2, 1);
                    case DATE_MONTH_SLASH -> date(matcher, 3, 1, 2);
                    default -> true;
                };
    }

    private static boolean wholeNumber(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int digits = text.length() - start;
        if (digits == 0 || (digits > 1 && text.charAt(start) == '0')) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        if (digits <= SURE_LONG_DIGITS) {
            return true;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean date(Matcher matcher, int year, int month, int day) {
        int y = Integer.parseInt(matcher.group(year));
        int m = Integer.parseInt(matcher.group(month));
        int d = Integer.parseInt(matcher.group(day));
        if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31) {
            return false;
        }
        try {
            return d <= 28 || LocalDate.of(y, m, d).getDayOfMonth() == d;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The digits of a matching number before and after its decimal sign, without leading zeros. */
    Digits digits(String text) {
        char sign = this == NUMBER_COMMA ? ',' : '.';
        int at = text.indexOf(sign);
        String before = at < 0 ? text : text.substring(0, at);
        int whole = 0;
        for (int i = 0; i < before.length(); i++) {
            char c = before.charAt(i);
            if ((c > '0' && c <= '9') || (c == '0' && whole > 0)) {
                whole++;
            }
        }
        return new Digits(whole, at < 0 ? 0 : text.length() - at - 1);
    }

    record Digits(int whole, int fraction) {}

    /** Whether values of this form may become values of a type that a user or a table asks for. */
    boolean suits(String wanted) {
        String base = wanted.replaceAll("\\(.*", "");
        return switch (base) {
            case "BOOLEAN" -> this == BOOLEAN;
            case "INTEGER", "BIGINT", "DECIMAL" -> this == INTEGER || decimal();
            case "FLOAT", "DOUBLE" -> this == INTEGER || this == FLOATING || decimal();
            case "DATE" -> type.equals("DATE");
            case "TIMESTAMP" -> type.equals("DATE") || type.equals("TIMESTAMP");
            case "TIMESTAMP WITH TIME ZONE" -> type.startsWith("TIMESTAMP") || type.equals("DATE");
            case "TIME" -> this == TIME;
            default -> this == TEXT;
        };
    }

    /** SQL: whether a trimmed, non-empty text has this form and fits the type. */
    String check(String text, String target) {
        String fits = "TRY_CAST(" + normal(text) + " AS " + target + ") IS NOT NULL";
        if (this == TEXT) {
            return target.equals("VARCHAR") ? "true" : fits;
        }
        return "(regexp_full_match(" + text + ", " + Identifiers.literal(pattern) + ") AND " + fits
                + scaleCheck(text, target) + ")";
    }

    /** A value with more decimals than the type has would be rounded in silence. */
    private String scaleCheck(String text, String target) {
        boolean whole = target.equals("INTEGER") || target.equals("BIGINT");
        int comma = target.indexOf(',');
        if (!decimal() || (!whole && (!target.startsWith("DECIMAL(") || comma < 0))) {
            return "";
        }
        String scale =
                whole ? "0" : target.substring(comma + 1, target.length() - 1).strip();
        return " AND length(rtrim(split_part(" + normal(text) + ", '.', 2), '0')) <= " + scale;
    }

    /** SQL: the text in a form that the engine's CAST reads. */
    String normal(String text) {
        return switch (this) {
            case BOOLEAN -> "replace(replace(lower(" + text + "), 'vrai', 'true'), 'faux', 'false')";
            case NUMBER_COMMA -> "replace(translate(" + text + ", ' .\u00a0\u202f', ''), ',', '.')";
            case NUMBER_GROUPED -> "replace(" + text + ", ',', '')";
            case DATE_DAY_SLASH -> strptime(text, "%d/%m/%Y");
            case DATE_MONTH_SLASH -> strptime(text, "%m/%d/%Y");
            case DATE_DAY_DOT -> strptime(text, "%d.%m.%Y");
            case DATE_DAY_DASH -> strptime(text, "%d-%m-%Y");
            case DATE_YEAR_SLASH -> strptime(text, "%Y/%m/%d");
            case TIMESTAMP_DAY_SLASH -> strptime(text, "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y");
            default -> text;
        };
    }

    private static String strptime(String text, String... formats) {
        return "try_strptime(" + text + ", ["
                + String.join(
                        ", ",
                        List.of(formats).stream().map(Identifiers::literal).toList()) + "])";
    }
}
