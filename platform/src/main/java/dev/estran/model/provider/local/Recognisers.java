package dev.estran.model.provider.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognisers of identifiers and addresses. All repetitions are bounded. */
final class Recognisers {

    static final Recogniser EMAIL = Recogniser.ofPattern("(?<![\\w.+%-])[\\p{L}\\d][\\p{L}\\d._%+'-]{0,63}+@"
            + "(?:[\\p{L}\\d](?:[\\p{L}\\d-]{0,62})\\.){1,6}\\p{L}{2,24}(?![\\p{L}\\d])");

    static final Recogniser PHONE = Recogniser.anyOf(List.of(
            // France: 06 12 34 56 78, 0612345678, 06.12.34.56.78, +33 (0)6 12 34 56 78, 0033 6...
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d+])(?:(?:\\+|00)33[ .\\u00a0\\u202f-]?(?:\\(0\\)[ \\u00a0]?)?|\\(?0)[1-9]\\)?"
                            + "(?:[ ./\\u00a0\\u202f-]{0,2}\\d{2}){4}(?![\\p{L}\\d])"),
            // Any country code: +44 20 7946 0958, 00 49 30 901820, +1 (555) 123-4567
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d])(?:\\+|\\b00[ ]?)[1-9]\\d{0,2}(?:[ ./()\\u00a0\\u202f-]{0,2}\\d){6,13}(?![\\p{L}\\d])",
                    piece -> digits(piece).length() <= 17),
            // North America: (555) 123-4567, 555-123-4567, 555.123.4567
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d.+-])(?:1[ -])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[-.])\\d{3}[-. ]\\d{4}(?![\\p{L}\\d-])"),
            // Great Britain, Belgium, Spain and others: a leading zero and groups: 020 7946 0958, 07700 900123
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d.,+-]|\\d[ -])(?!\\d{3}-\\d{2}-\\d{4})\\(?0[1-9]\\d{1,3}\\)?(?:[ /-]\\d{2,4}){2,4}(?![\\p{L}\\d])",
                    piece -> digits(piece).length() >= 9 && digits(piece).length() <= 12),
            Recogniser.ofPattern("(?<![\\p{L}\\d.,+-])0[1-9]\\d{3}[ ]\\d{6}(?![\\p{L}\\d])")));

    static final Recogniser CREDIT_CARD = digitRuns(13, 19, "[ \\u00a0\\u202f-]?", Checksums::card);

    private static final String GROUP = "[ .\\u00a0\\u202f]?";
    private static final String COMPANY =
            "(?<![\\p{L}\\d]|\\d[ .,+\\u00a0-])\\d{3}" + GROUP + "\\d{3}" + GROUP + "\\d{3}";

    static final Recogniser SIREN = Recogniser.ofPattern(
            COMPANY + "(?![\\p{L}\\d]|[ .\\u00a0]\\d)", piece -> Checksums.sirenOrSiret(digits(piece)));

    static final Recogniser SIRET = Recogniser.ofPattern(
            COMPANY + GROUP + "\\d{5}(?![\\p{L}\\d])", piece -> Checksums.sirenOrSiret(digits(piece)));

    static final Recogniser NIR = Recogniser.ofPattern(
            "(?<![\\p{L}\\d])[1-478][ .\\u00a0]?\\d{2}[ .\\u00a0]?\\d{2}[ .\\u00a0]?(?:\\d{2}|2[ABab])[ .\\u00a0]?\\d{3}"
                    + "[ .\\u00a0]?\\d{3}[ .\\u00a0/-]{0,3}\\d{2}(?![\\p{L}\\d])",
            piece -> Checksums.nir(compact(piece)));

    static final Recogniser SSN = Recogniser.ofPattern(
            "(?<![\\p{L}\\d-])(?!000|666|9)\\d{3}([- ])(?!00)\\d{2}\\1(?!0000)\\d{4}(?![\\p{L}\\d-])");

    static final Recogniser IP = Recogniser.anyOf(List.of(
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)"
                            + "(?![\\p{L}\\d]|\\.\\d)"),
            Recogniser.ofPattern(
                    "(?<![\\p{L}\\d:.])(?=[\\p{XDigit}:.]{2,45})(?:[\\p{XDigit}]{0,4}:){2,7}[\\p{XDigit}]{0,4}"
                            + "(?![\\p{L}\\d:])",
                    Recognisers::ipv6)));

    static final Recogniser URL = Recogniser.ofPattern("(?i)(?<![\\p{L}\\d@.])(?:(?:https?|ftp)://|www\\.)"
            + "[^\\s<>\"'{}|\\\\^`\\[\\]]{2,2000}(?<![.,;:!?)»…])");

    static final Recogniser IBAN = Recognisers::ibans;

    private static final String STREET_FR =
            "(?:rue|avenue|av\\.?|boulevard|bd\\.?|blvd\\.?|place|pl\\.?|chemin|impasse|"
                    + "all[ée]es?|quai|cours|route|square|passage|ruelle|faubourg|sentier|esplanade|promenade|villa|lotissement|"
                    + "rond-point|mont[ée]e|cit[ée]|r[ée]sidence|hameau|venelle|traverse)";
    private static final String NAME = "(?:(?:des?|du|la|le|les|et|à|aux|sur|sous|en|saint|sainte|\\d{1,2})[ ]|"
            + "(?:[dl]['’])?\\p{Lu}[\\p{L}'’.-]{0,30}[ ]?|[dl]['’])";
    private static final String TOWN =
            "(?:,?[ \\n]{1,2}(?:F-)?\\d{5}(?: \\p{Lu}[\\p{L}'’-]{1,30}){0,4}(?: Cedex(?: \\d{1,2})?)?)";

    private static final String HOUSE =
            "(?<![\\p{L}\\d])\\d{1,4}(?: ?(?:bis|ter|quater|[a-dA-D]))?,? (?iu:" + STREET_FR + ") ";

    static final Recogniser ADDRESS = Recogniser.anyOf(
            List.of(
                    Recogniser.ofPattern(HOUSE + NAME + "{1,7}(?<![ .,])" + TOWN + "?"),
                    Recogniser.ofPattern(HOUSE + "(?:\\p{L}[\\p{L}'’-]{0,25} ){1,6}?(?<! )" + TOWN),
                    Recogniser.ofPattern(
                            "(?<![\\p{L}\\d])\\d{1,5}[A-Za-z]?(?: \\p{Lu}[\\p{L}'’.-]{1,25}){1,3} "
                                    + "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Terrace|Close|Crescent|Way)"
                                    + "(?![\\p{L}])\\.?(?:,? (?:Apt|Suite|Flat|Unit)\\.? \\w{1,6})?"
                                    + "(?:, \\p{Lu}[\\p{L} .'-]{1,30}?,? (?:[A-Z]{2} \\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}))?")));

    private static final Pattern IBAN_HEAD =
            Pattern.compile("(?<![\\p{L}\\d])[A-Za-z]{2}\\d{2}(?=[ \\u00a0\\u202f.-]?[A-Za-z\\d])");

    private Recognisers() {}

    /** Runs of a number of digits with single separators, not touching another digit or letter, that pass a check. */
    private static Recogniser digitRuns(int least, int most, String separator, Predicate<String> valid) {
        Pattern head = Pattern.compile("(?<![\\p{L}\\d]|\\d[.,+])\\d");
        Pattern next = Pattern.compile(separator + "(\\d)");
        return text -> {
            List<Span> spans = new ArrayList<>();
            Matcher heads = head.matcher(text);
            Matcher following = next.matcher(text);
            int position = 0;
            while (position <= text.length() && heads.find(position)) {
                int end = longestRun(text, heads.start(), following, least, most, valid);
                if (end > 0) {
                    spans.add(new Span(heads.start(), end));
                }
                position = Math.max(end, heads.end());
            }
            return spans;
        };
    }

    private static int longestRun(
            String text, int start, Matcher following, int least, int most, Predicate<String> valid) {
        StringBuilder digits = new StringBuilder().append(text.charAt(start));
        int end = start + 1;
        int best = -1;
        following.region(end, text.length());
        while (digits.length() < most && following.lookingAt()) {
            digits.append(following.group(1));
            end = following.end();
            boolean closed = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (digits.length() >= least && closed && valid.test(digits.toString())) {
                best = end;
            }
            following.region(end, text.length());
        }
        return best;
    }

    /** The country's length says where an IBAN ends, so words that follow are not taken for a part of it. */
    private static List<Span> ibans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher heads = IBAN_HEAD.matcher(text);
        while (heads.find()) {
            int length = Checksums.ibanLength(
                    text.substring(heads.start(), heads.start() + 2).toUpperCase(Locale.ROOT));
            StringBuilder compact = new StringBuilder();
            int end = heads.start();
            boolean separated = false;
            while (compact.length() < length && end < text.length()) {
                char c = text.charAt(end);
                boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
                if (!letterOrDigit && (separated || " \u00a0\u202f.-".indexOf(c) < 0)) {
                    break;
                }
                if (letterOrDigit) {
                    compact.append(Character.toUpperCase(c));
                }
                separated = !letterOrDigit;
                end++;
            }
            boolean closed = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (length > 0 && compact.length() == length && closed && Checksums.iban(compact.toString())) {
                spans.add(new Span(heads.start(), end));
            }
        }
        return spans;
    }

    private static boolean ipv6(String piece) {
        int colons = (int) piece.chars().filter(c -> c == ':').count();
        int gap = piece.indexOf("::");
        if (gap >= 0) {
            return piece.indexOf("::", gap + 1) < 0
                    && piece.length() > 2
                    && digits(piece).length() > 0;
        }
        return colons == 7 && !piece.startsWith(":") && !piece.endsWith(":");
    }

    static String digits(String piece) {
        StringBuilder digits = new StringBuilder();
        piece.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    private static String compact(String piece) {
        StringBuilder compact = new StringBuilder();
        piece.chars().filter(Character::isLetterOrDigit).forEach(c -> compact.append(Character.toUpperCase((char) c)));
        return compact.toString();
    }
}
