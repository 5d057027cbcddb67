package dev.estran;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short sentence for people: in English, and as a key with values so that a client can say it in another language.
 *
 * @param key stable, lower case, for example {@code table_created}; empty where there is no translation
 * @param values what the sentence names, by key
 * @param text the sentence in English
 */
public record Phrase(String key, Map<String, Object> values, String text) {

    public static final Phrase NONE = new Phrase("", Map.of(), "");

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    public Phrase {
        values = Map.copyOf(values);
    }

    /** @param template English, with the values' keys in braces */
    public static Phrase of(String key, String template, Map<String, Object> values) {
        String text = PLACE.matcher(template)
                .replaceAll(place ->
                        Matcher.quoteReplacement(String.valueOf(values.getOrDefault(place.group(1), place.group()))));
        return new Phrase(key, values, text);
    }

    /** A sentence that is only there in English. */
    public static Phrase plain(String text) {
        return new Phrase("", Map.of(), text);
    }
}
