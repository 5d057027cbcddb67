package dev.estran.model.training;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Text to terms: words, pairs of words, and sequences of letters inside words. The same settings must be used for training
 * and for answering; they are stored with the model.
 *
 * @param readChars characters of a text that are read
 * @param wordGrams longest sequence of words
 * @param letterGramsFrom shortest sequence of letters
 * @param letterGramsTo longest sequence of letters
 */
record TextTokenizer(int readChars, int wordGrams, int letterGramsFrom, int letterGramsTo) {

    static final TextTokenizer DEFAULT = new TextTokenizer(4_000, 2, 3, 5);

    /** Lower case, accents folded, words separated by single spaces; texts equal after this count as duplicates. */
    String normalise(String text) {
        String read = text.length() > readChars ? text.substring(0, readChars) : text;
        String decomposed = Normalizer.normalize(read, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder normal = new StringBuilder(decomposed.length());
        boolean gap = false;
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                continue;
            }
            boolean kept = Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL;
            if (kept) {
                if (gap && !normal.isEmpty()) {
                    normal.append(' ');
                }
                normal.appendCodePoint(Character.isDigit(c) ? '0' : c);
            }
            gap = !kept;
        }
        return normal.toString();
    }

    /** Distinct terms of a normalised text, sorted. */
    Set<String> terms(String normalised) {
        Set<String> terms = new TreeSet<>();
        if (normalised.isEmpty()) {
            return terms;
        }
        List<String> words = new ArrayList<>();
        for (String word : normalised.split(" ")) {
            words.add(word);
            addLetterGrams(word, terms);
        }
        for (int i = 0; i < words.size(); i++) {
            StringBuilder gram = new StringBuilder("w:");
            for (int length = 1; length <= wordGrams && i + length <= words.size(); length++) {
                gram.append(length == 1 ? "" : " ").append(words.get(i + length - 1));
                if (gram.length() <= 64) {
                    terms.add(gram.toString());
                }
            }
        }
        return terms;
    }

    private void addLetterGrams(String word, Set<String> terms) {
        String padded = "_" + word + "_";
        for (int length = letterGramsFrom; length <= letterGramsTo; length++) {
            for (int start = 0; start + length <= padded.length(); start++) {
                terms.add("c:" + padded.substring(start, start + length));
            }
        }
    }
}
