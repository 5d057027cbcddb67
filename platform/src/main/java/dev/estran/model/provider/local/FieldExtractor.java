package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields out of a text by what their names mean, in French and English: dates, amounts, currencies, e-mail
 * addresses, IBANs, phone numbers, order and invoice numbers, postcodes, links, percentages, quantities, persons. A field
 * whose name it does not understand, or that the text does not hold, is null; nothing is guessed.
 */
public final class FieldExtractor {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/extract@1";

    /** Most fields of one call. */
    public static final int MAX_FIELDS = 100;

    private FieldExtractor() {}

    /**
     * Values by field name, in the order given. Dates are ISO (2025-03-14), numbers have a decimal point and no grouping
     * (1234.50), currencies are ISO 4217 codes, percentages are numbers without their sign.
     *
     * @throws EstranException INVALID_ARGUMENT for no field, too many, or a text that is too long
     */
    public static Map<String, @Nullable String> extract(String text, List<String> fieldNames) {
        LocalInput.check(text);
        if (fieldNames.isEmpty() || fieldNames.size() > MAX_FIELDS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "ai_extract takes 1 to " + MAX_FIELDS + " field names, not " + fieldNames.size() + ".");
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (String name : fieldNames) {
            values.put(name, value(text, words(name)));
        }
        return Collections.unmodifiableMap(values);
    }

    /** Whether the name of a field means something to {@link #extract}. */
    public static boolean understands(String fieldName) {
        return FieldKind.of(words(fieldName)) != null;
    }

    private static @Nullable String value(String text, List<String> name) {
        FieldKind kind = FieldKind.of(name);
        if (kind == null) {
            return null;
        }
        List<Candidate> candidates =
                kind == FieldKind.NUMBER ? ReferenceReader.find(text, name) : CandidateReader.find(text, kind);
        return CueChoice.choose(text, name, kind, candidates);
    }

    /** {@code orderDate}, {@code order_date} and {@code Date de commande} as words. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String part : name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").split("_")) {
            words.addAll(Words.of(part));
        }
        return words;
    }

    /** A value that may be the field's, normalised. */
    record Candidate(Span span, String value) {}
}
