package dev.estran.model.provider.local;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sentences of French and English texts. The JDK's rules, minus breaks after usual abbreviations; lines end sentences. */
final class Sentences {

    private static final Set<String> ABBREVIATIONS = Set.of(
            "m", "mm", "mr", "mrs", "ms", "mme", "mlle", "dr", "pr", "prof", "st", "ste", "sr", "jr", "art", "p", "pp",
            "cf", "ex", "etc", "env", "tel", "fig", "vol", "no", "n", "av", "bd", "ref", "max", "min", "approx", "vs",
            "inc", "ltd", "co", "e.g", "i.e", "c.-a-d", "jan", "janv", "fev", "feb", "avr", "apr", "juil", "jul", "aug",
            "sept", "sep", "oct", "nov", "dec");

    private Sentences() {}

    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        for (String line : text.split("\\R\\s*\\R|\\R(?=[-*•]|\\s*\\p{Lu})")) {
            addSentences(line.strip(), sentences);
        }
        return sentences;
    }

    private static void addSentences(String paragraph, List<String> sentences) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(paragraph);
        int start = 0;
        for (int end = breaks.first(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end > start && !endsWithAbbreviation(paragraph, start, end)) {
                add(paragraph.substring(start, end), sentences);
                start = end;
            }
        }
        add(paragraph.substring(start), sentences);
    }

    private static void add(String sentence, List<String> sentences) {
        String stripped = sentence.strip();
        if (!stripped.isEmpty()) {
            sentences.add(stripped);
        }
    }

    private static boolean endsWithAbbreviation(String text, int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        if (last <= start || text.charAt(last - 1) != '.' || end == text.length()) {
            return false;
        }
        int word = last - 1;
        while (word > start && !Character.isWhitespace(text.charAt(word - 1)) && last - word < 12) {
            word--;
        }
        String folded = Words.fold(text.substring(word, last - 1)).replaceFirst("^[(\"'«]", "");
        boolean initial = folded.length() == 1 && Character.isLetter(folded.charAt(0));
        return initial || ABBREVIATIONS.contains(folded);
    }
}
