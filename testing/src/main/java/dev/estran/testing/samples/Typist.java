package dev.estran.testing.samples;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Types a text as one person would: abbreviations, slips, missing accents. Slots are left whole, they are filled later. */
final class Typist {
    private static final Map<String, Map<String, String>> WORDS = words();

    private final Dice dice;
    private final Persona persona;
    private final double typos;
    private final boolean accents;
    private final boolean capitals;

    Typist(Persona persona, Dice dice) {
        this.dice = dice;
        this.persona = persona;
        this.typos = persona.typos() * 2 * dice.fraction();
        this.accents = !dice.chance(persona.noAccents());
        this.capitals = persona != Persona.SMS && !dice.chance(0.05);
    }

    private static Map<String, Map<String, String>> words() {
        Map<String, Map<String, String>> out = new HashMap<>();
        Fragments.load("style.txt").sections().forEach((section, lines) -> {
            Map<String, String> map = new HashMap<>();
            for (String line : lines) {
                map.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
            out.put(section, map);
        });
        return out;
    }

    String type(String text, boolean french) {
        String language = french ? "fr" : "en";
        StringBuilder out = new StringBuilder();
        for (String word : text.split(" ")) {
            out.append(out.isEmpty() ? "" : " ").append(word.contains("<") ? word : typed(word, language));
        }
        return out.toString();
    }

    private String typed(String word, String language) {
        String body = word.replaceAll("[.,!?;:]+$", "");
        String tail = word.substring(body.length());
        String lower = body.toLowerCase(Locale.ROOT);
        if (persona == Persona.SMS && !body.isEmpty()) {
            body = lower;
            String shortened = lookup("sms." + language, body);
            if (shortened != null && dice.chance(0.4)) {
                body = shortened;
            }
            tail = dice.chance(0.3) && !tail.isEmpty() ? (tail.contains("?") ? "?" : "") : tail;
        }
        String slip = lookup("slips." + language, lower);
        if (slip != null && dice.chance(typos * 4)) {
            body = slip;
        } else if (dice.chance(typos) && body.length() > 4 && body.chars().allMatch(Character::isLetter)) {
            body = fumble(body);
        }
        return (accents ? body : bare(body)) + tail;
    }

    private @org.jspecify.annotations.Nullable String lookup(String section, String word) {
        Map<String, String> map = WORDS.get(section);
        return map == null ? null : map.get(word);
    }

    private String fumble(String word) {
        int at = dice.between(1, word.length() - 3);
        char c = word.charAt(at);
        char next = word.charAt(at + 1);
        return switch (dice.below(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + c + c + word.substring(at + 1);
            default -> word.substring(0, at) + next + c + word.substring(at + 2);
        };
    }

    private static String bare(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    /** After the slots are filled: capitals at sentence starts, for those who care. */
    String finish(String text) {
        if (!capitals) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        boolean start = true;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (start && Character.isLetterOrDigit(c)) {
                out.setCharAt(i, Character.toUpperCase(c));
                start = false;
            } else if ((c == '.' || c == '?' || c == '!' || c == '…')
                    && i + 1 < out.length()
                    && out.charAt(i + 1) == ' ') {
                start = true;
            }
        }
        return out.toString();
    }
}
