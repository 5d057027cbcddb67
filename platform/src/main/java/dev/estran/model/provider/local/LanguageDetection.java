package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The language a text is written in. Twelve European languages by their frequent words and the letter sequences in them;
 * some others by their script. A far larger library with letter statistics alone (80 MB, a second to load) found fewer of
 * the short texts that tables hold.
 */
public final class LanguageDetection {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/detect_language@1";

    /** One sentence for the reference page. */
    static final String METHOD =
            "Frequent words and letter trigrams of twelve European languages (cs, da, de, en, es, fr, it, nl, pl, pt, ro, sv),"
                    + " others by script (ar, el, he, ja, ko, ru, th, uk, zh); null where the answer is not clear.";

    private static final int READ_CHARS = 2_000;
    private static final int LEAST_LETTERS = 3;
    /** Letters a text needs where none of its words is a listed one. */
    private static final int LEAST_LETTERS_UNKNOWN = 7;

    private static final double LEAST_PROBABILITY = 0.6;

    private LanguageDetection() {}

    /** ISO 639-1 code, for example {@code fr}; null where the text is too short or the answer is not clear. */
    public static @Nullable String detect(String text) {
        LocalInput.check(text);
        String read = text.length() > READ_CHARS ? text.substring(0, READ_CHARS) : text;
        String byScript = Scripts.language(read);
        if (byScript != null) {
            return byScript;
        }
        List<String> words = words(read);
        int letters = words.stream().mapToInt(String::length).sum();
        List<LanguageProfile> profiles = Loaded.PROFILES;
        boolean known = words.stream().anyMatch(word -> profiles.stream().anyMatch(profile -> profile.knows(word)));
        if (letters < (known ? LEAST_LETTERS : LEAST_LETTERS_UNKNOWN)) {
            return null;
        }
        double[] scores = profiles.stream()
                .mapToDouble(profile ->
                        words.stream().mapToDouble(profile::logLikelihood).sum())
                .toArray();
        return clearest(profiles, scores);
    }

    private static @Nullable String clearest(List<LanguageProfile> profiles, double[] scores) {
        double greatest = Arrays.stream(scores).max().orElse(0);
        double sum =
                Arrays.stream(scores).map(score -> Math.exp(score - greatest)).sum();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == greatest) {
                return 1 / sum >= LEAST_PROBABILITY ? profiles.get(i).code() : null;
            }
        }
        return null;
    }

    /** Latin words with their accents and apostrophes, lower case; those with digits are left out. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
        for (String token : lower.split("[^\\p{IsLatin}\\p{M}\\d']{1,1000}")) {
            boolean word = !token.isEmpty() && token.chars().noneMatch(Character::isDigit);
            if (word) {
                words.addAll(parts(token));
            }
        }
        return words;
    }

    /** {@code d'eau} is two words unless the list has it as one. */
    private static List<String> parts(String token) {
        boolean listed = Loaded.PROFILES.stream().anyMatch(profile -> profile.knows(token));
        return listed
                ? List.of(token)
                : Arrays.stream(token.split("'"))
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    private static final class Loaded {
        static final List<LanguageProfile> PROFILES = load();
    }

    private static List<LanguageProfile> load() {
        try (InputStream stream = LanguageDetection.class.getResourceAsStream("languages.txt")) {
            String file = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return file.lines()
                    .map(line -> List.of(line.split(" ")))
                    .map(line -> new LanguageProfile(line.getFirst(), line.subList(1, line.size())))
                    .toList();
        } catch (IOException e) {
            throw new EstranException(ErrorCode.INTERNAL, "The word lists of the language detector cannot be read", e);
        }
    }
}
