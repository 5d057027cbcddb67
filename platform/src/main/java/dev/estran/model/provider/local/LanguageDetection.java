package dev.estran.model.provider.local;

import com.github.pemistahl.lingua.api.Language;
import com.github.pemistahl.lingua.api.LanguageDetector;
import com.github.pemistahl.lingua.api.LanguageDetectorBuilder;
import org.jspecify.annotations.Nullable;

/** The language a text is written in, by character n-grams (lingua, low-accuracy mode: it needs a tenth of the memory). */
public final class LanguageDetection {

    /** Names this method in call identities. Goes up with every change of any answer. */
    public static final String VERSION = "local/detect_language@1";

    private static final int READ_CHARS = 2_000;
    private static final int LEAST_LETTERS = 3;
    private static final double LEAST_DISTANCE = 0.05;

    private LanguageDetection() {}

    /** ISO 639-1 code, for example {@code fr}; null where the text is too short or the answer is not clear. */
    public static @Nullable String detect(String text) {
        LocalInput.check(text);
        String read = text.length() > READ_CHARS ? text.substring(0, READ_CHARS) : text;
        if (read.codePoints().filter(Character::isLetter).count() < LEAST_LETTERS) {
            return null;
        }
        Language language = Loaded.DETECTOR.detectLanguageOf(read);
        return language == Language.UNKNOWN ? null : language.getIsoCode639_1().toString();
    }

    /** Loaded on first use: the models take a second or two. */
    private static final class Loaded {
        static final LanguageDetector DETECTOR = LanguageDetectorBuilder.fromLanguages(
                        Language.FRENCH,
                        Language.ENGLISH,
                        Language.GERMAN,
                        Language.SPANISH,
                        Language.ITALIAN,
                        Language.PORTUGUESE,
                        Language.DUTCH,
                        Language.POLISH,
                        Language.SWEDISH,
                        Language.DANISH,
                        Language.CZECH,
                        Language.ROMANIAN)
                .withMinimumRelativeDistance(LEAST_DISTANCE)
                .withLowAccuracyMode()
                .build();
    }
}
