package dev.estran.model.provider.local;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words of a text, made comparable. */
final class Words {

    /** Longer texts are read up to here; what they are about shows earlier. */
    static final int READ_CHARS = 200_000;

    private static final List<String> SUFFIXES = List.of(
            "issements",
            "issement",
            "ations",
            "ements",
            "ation",
            "ement",
            "ments",
            "ment",
            "ables",
            "able",
            "ings",
            "ing",
            "ions",
            "ion",
            "euses",
            "euse",
            "eurs",
            "eur",
            "ives",
            "ive",
            "ees",
            "ee",
            "ies",
            "ers",
            "er",
            "ed",
            "es",
            "ez",
            "ent",
            "ait",
            "ais",
            "ant",
            "ir",
            "if",
            "al",
            "ly",
            "s",
            "e",
            "x");

    private Words() {}

    /** Lower case, without accents; ligatures spelt out. */
    static String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss");
        String decomposed = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                folded.append(c);
            }
        }
        return folded.toString();
    }

    /** Runs of letters and digits of the folded text. */
    static List<String> of(String text) {
        String folded = fold(text.length() > READ_CHARS ? text.substring(0, READ_CHARS) : text);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= folded.length(); i++) {
            boolean inside = i < folded.length() && Character.isLetterOrDigit(folded.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(folded.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    /** A light stem: common French and English endings cut, at least four letters kept. Not a dictionary. */
    static String stem(String folded) {
        String stem = folded;
        boolean cut = true;
        for (int round = 0; cut && round < 2; round++) {
            cut = false;
            for (String suffix : SUFFIXES) {
                if (stem.endsWith(suffix) && stem.length() - suffix.length() >= 4) {
                    stem = stem.substring(0, stem.length() - suffix.length());
                    cut = true;
                    break;
                }
            }
        }
        return stem;
    }
}
