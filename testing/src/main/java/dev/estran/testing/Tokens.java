package dev.estran.testing;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts o200k tokens. A text is cut where the encoding's own splitting always cuts (before a single space or after a
 * line end, when a letter follows), and the counts of the pieces are remembered: prompts repeat their words. Not
 * thread-safe.
 */
final class Tokens {

    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final int LIMIT_CACHED = 200_000;
    private static final int LIMIT_PIECE_CHARS = 4_096;

    private final Map<String, Integer> counts = new HashMap<>();

    int count(String text) {
        int total = 0;
        int from = 0;
        for (int i = 1; i < text.length(); i++) {
            if (cutsAt(text, i) || i - from >= LIMIT_PIECE_CHARS) {
                total += piece(text.substring(from, i));
                from = i;
            }
        }
        return from < text.length() ? total + piece(text.substring(from)) : total;
    }

    /** The first tokens of a text, as text. */
    static String first(String text, int tokens) {
        IntArrayList encoded = ENCODING.encodeOrdinary(text, tokens).getTokens();
        return ENCODING.decode(encoded);
    }

    private static boolean cutsAt(String text, int at) {
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        if (here == ' ') {
            return !Character.isWhitespace(before) && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
        }
        return before == '\n' && Character.isLetter(here);
    }

    private int piece(String piece) {
        Integer known = counts.get(piece);
        if (known != null) {
            return known;
        }
        int count = ENCODING.countTokensOrdinary(piece);
        if (piece.length() <= 64) {
            if (counts.size() >= LIMIT_CACHED) {
                counts.clear();
            }
            counts.put(piece, count);
        }
        return count;
    }
}
