package dev.estran.model.provider.local;

import dev.estran.model.provider.local.FieldExtractor.Candidate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All values of one kind in a text, normalised, in reading order. */
final class CandidateReader {

    private static final Pattern PERCENTAGE = Pattern.compile(
            "(?<![\\p{L}\\d.,])(-?\\d{1,6}(?:[.,]\\d{1,4})?)[ \\u00a0\\u202f]?(?:%|(?:pour ?cent|percent)(?!\\p{L}))");
    private static final Pattern POSTCODE = Pattern.compile(
            "(?<![\\p{L}\\d.,/-])(?:F-)?(\\d{5})(?=[ \\u00a0]\\p{Lu}\\p{L})|(?<![\\p{L}\\d])([A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})(?![\\p{L}\\d])"
                    + "|(?<=[A-Z]{2} )(\\d{5}(?:-\\d{4})?)(?!\\d)|(?<=(?:code postal|postcode|zip code|zip|CP)[ :]{1,3})(\\d{5})(?!\\d)");
    private static final Pattern QUANTITY = Pattern.compile(
            "(?iu)(?<![\\p{L}\\d.,/-])(\\d{1,7})[ \\u00a0]?(?:x(?=[ ])|×|"
                    + "(?:pi[èe]ces?|pcs?|pieces?|unit[ée]s?|units?|articles?|items?|exemplaires?|copies|bo[îi]tes?|boxes|box|cartons?|"
                    + "produits?|products?|lots?|colis|paires?|pairs?|places?|tickets?|bouteilles?|bottles?|chaises?|chairs?)(?!\\p{L}))"
                    + "|(?:quantit[ée]|quantity|qt[ée]|qty|nombre)[ \\p{L}]{0,20}[ :=]{1,3}(\\d{1,7})(?![\\d/]|[.,]\\d)|(?<![\\p{L}\\d])[x×] ?(\\d{1,7})(?!\\d)");

    private CandidateReader() {}

    static List<Candidate> find(String text, FieldKind kind) {
        return switch (kind) {
            case EMAIL -> spans(text, Recognisers.EMAIL, piece -> piece.toLowerCase(Locale.ROOT));
            case PHONE -> spans(text, Recognisers.PHONE, CandidateReader::phone);
            case IBAN -> spans(text, Recognisers.IBAN, CandidateReader::compact);
            case SIRET -> spans(text, Recognisers.SIRET, Recognisers::digits);
            case SIREN -> spans(text, Recognisers.SIREN, Recognisers::digits);
            case NIR -> spans(text, Recognisers.NIR, CandidateReader::compact);
            case CARD -> spans(text, Recognisers.CREDIT_CARD, Recognisers::digits);
            case IP -> spans(text, Recognisers.IP, piece -> piece);
            case URL -> spans(text, Recognisers.URL, piece -> piece);
            case ADDRESS -> spans(text, Recognisers.ADDRESS, piece -> piece.replaceAll("\\s+", " "));
            case PERSON -> spans(text, PersonRecogniser.INSTANCE, piece -> piece);
            case DATE ->
                DateReader.find(text).stream()
                        .map(found -> new Candidate(found.span(), found.date().toString()))
                        .toList();
            case CURRENCY -> currencies(text);
            case AMOUNT -> amounts(text);
            case PERCENTAGE -> groups(text, PERCENTAGE, true);
            case POSTCODE -> groups(text, POSTCODE, false);
            case QUANTITY -> groups(text, QUANTITY, true);
            case NUMBER -> List.of();
        };
    }

    static String plain(BigDecimal number) {
        return number.toPlainString();
    }

    private static List<Candidate> spans(String text, Recogniser recogniser, UnaryOperator<String> normal) {
        return recogniser.find(text).stream()
                .map(span -> new Candidate(span, normal.apply(span.of(text))))
                .toList();
    }

    private static List<Candidate> currencies(String text) {
        List<Candidate> candidates = new ArrayList<>();
        for (AmountReader.Found found : AmountReader.amounts(text)) {
            String currency = found.currency();
            if (currency != null) {
                candidates.add(new Candidate(found.span(), currency));
            }
        }
        return candidates;
    }

    /** Numbers with a currency; where there are none, numbers with two decimals. */
    private static List<Candidate> amounts(String text) {
        List<AmountReader.Found> found = AmountReader.amounts(text);
        if (found.isEmpty()) {
            found = AmountReader.numbers(text).stream()
                    .filter(one -> one.value().scale() == 2)
                    .toList();
        }
        return found.stream()
                .map(one -> new Candidate(one.span(), plain(one.value())))
                .toList();
    }

    private static List<Candidate> groups(String text, Pattern pattern, boolean number) {
        List<Candidate> candidates = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String value = matcher.group(group);
                if (value != null) {
                    String normal = number ? plain(AmountReader.number(value)) : value;
                    candidates.add(new Candidate(new Span(matcher.start(), matcher.end()), normal));
                    break;
                }
            }
        }
        return candidates;
    }

    /** Digits, with a plus where the number is international. */
    private static String phone(String piece) {
        String digits = Recognisers.digits(piece.replace("(0)", ""));
        if (piece.startsWith("+")) {
            return "+" + digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        return digits;
    }

    private static String compact(String piece) {
        return piece.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }
}
