package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces personal data and identifiers by {@code [MASKED]}. Identifiers with check digits (IBAN, cards, SIREN, SIRET,
 * NIR) are only masked where these are right. Persons and addresses are found by titles, a short list of first names and
 * street words: a help, not a guarantee.
 */
public final class TextMasker {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/mask@1";

    private static final String MASK = "[MASKED]";

    private TextMasker() {}

    /**
     * Masks every piece of the given kinds; of overlapping ones the longest wins.
     *
     * @param kinds names in English or French, for example {@code phone}, {@code téléphone}, {@code iban}
     * @throws EstranException INVALID_ARGUMENT for an unknown kind, no kind, or a text that is too long
     */
    public static String mask(String text, List<String> kinds) {
        LocalInput.check(text);
        List<Span> spans = find(text, parse(kinds));
        StringBuilder masked = new StringBuilder(text.length());
        int position = 0;
        for (Span span : spans) {
            masked.append(text, position, span.start()).append(MASK);
            position = span.end();
        }
        return masked.append(text, position, text.length()).toString();
    }

    /** Fails as {@link #mask} would for these kinds, before any row is read. */
    public static void check(List<String> kinds) {
        parse(kinds);
    }

    static List<Span> find(String text, Set<MaskKind> kinds) {
        List<Span> spans = new ArrayList<>();
        kinds.forEach(kind -> spans.addAll(kind.recogniser().find(text)));
        return Spans.withoutOverlaps(spans);
    }

    private static Set<MaskKind> parse(List<String> kinds) {
        if (kinds.isEmpty()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "ai_mask needs at least one kind, for example ['phone', 'email'].");
        }
        Set<MaskKind> parsed = EnumSet.noneOf(MaskKind.class);
        kinds.forEach(kind -> parsed.add(MaskKind.parse(kind)));
        return parsed;
    }
}
