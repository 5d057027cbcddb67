package dev.estran.model.provider.local;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the words of one language look like: a list of frequent words, and the letter sequences in them as an interpolated
 * trigram model.
 */
final class LanguageProfile {

    private static final double WORD_SHARE = 0.5;
    private static final double TRIGRAM = 0.55;
    private static final double BIGRAM = 0.28;
    private static final double UNIGRAM = 0.15;
    private static final double ANY_LETTER = 0.02 / 60;

    private final String code;
    private final Set<String> words;
    private final Map<String, Integer> counts = new HashMap<>();
    private int letters;

    LanguageProfile(String code, List<String> words) {
        this.code = code;
        this.words = new HashSet<>(words);
        this.words.forEach(this::learn);
    }

    String code() {
        return code;
    }

    boolean knows(String word) {
        return words.contains(word);
    }

    /** Natural logarithm of the word's probability in this language. */
    double logLikelihood(String word) {
        double spelling = 1;
        String padded = "_" + word + "_";
        for (int i = 1; i < padded.length(); i++) {
            spelling *= letter(padded, i);
        }
        double listed = words.contains(word) ? 1.0 / words.size() : 0;
        return Math.log(WORD_SHARE * listed + (1 - WORD_SHARE) * spelling + 1e-300);
    }

    private double letter(String padded, int i) {
        String one = padded.substring(i, i + 1);
        String two = padded.substring(i - 1, i + 1);
        double unigram = counts.getOrDefault(one, 0) / (double) letters;
        double bigram = share(two, padded.substring(i - 1, i));
        double trigram = i < 2 ? bigram : share(padded.substring(i - 2, i + 1), padded.substring(i - 2, i));
        return TRIGRAM * trigram + BIGRAM * bigram + UNIGRAM * unigram + ANY_LETTER;
    }

    private double share(String sequence, String before) {
        int all = counts.getOrDefault(before + "*", 0);
        return all == 0 ? 0 : counts.getOrDefault(sequence, 0) / (double) all;
    }

    private void learn(String word) {
        String padded = "_" + word + "_";
        for (int i = 1; i < padded.length(); i++) {
            letters++;
            count(padded.substring(i, i + 1));
            count(padded.substring(i - 1, i + 1));
            count(padded.substring(i - 1, i) + "*");
            if (i >= 2) {
                count(padded.substring(i - 2, i + 1));
                count(padded.substring(i - 2, i) + "*");
            }
        }
    }

    private void count(String sequence) {
        counts.merge(sequence, 1, Integer::sum);
    }
}
