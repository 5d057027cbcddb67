package dev.estran.model.provider.local;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Languages that their script gives away. */
final class Scripts {

    private Scripts() {}

    /** Null where most letters are Latin, or the script serves several languages. */
    static @Nullable String language(String text) {
        Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> counts.merge(UnicodeScript.of(letter), 1, Integer::sum));
        UnicodeScript most = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(UnicodeScript.UNKNOWN);
        boolean kana = counts.containsKey(UnicodeScript.HIRAGANA) || counts.containsKey(UnicodeScript.KATAKANA);
        return switch (most) {
            case GREEK -> "el";
            case HEBREW -> "he";
            case HANGUL -> "ko";
            case THAI -> "th";
            case HIRAGANA, KATAKANA -> "ja";
            case HAN -> kana ? "ja" : "zh";
            case ARABIC -> text.chars().anyMatch(c -> "پچژگ".indexOf(c) >= 0) ? null : "ar";
            case CYRILLIC -> cyrillic(text);
            default -> null;
        };
    }

    private static @Nullable String cyrillic(String text) {
        if (text.chars().anyMatch(c -> "іїєґІЇЄҐ".indexOf(c) >= 0)) {
            return "uk";
        }
        return text.chars().anyMatch(c -> "ыэёЫЭЁ".indexOf(c) >= 0) ? "ru" : null;
    }
}
