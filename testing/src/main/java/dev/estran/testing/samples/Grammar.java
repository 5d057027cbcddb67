package dev.estran.testing.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws fragments and resolves their {@code {one|other}} alternatives, innermost first. Among four drawn at random the
 * least used fragment wins, so that none becomes a refrain.
 */
final class Grammar {
    private static final Pattern INNERMOST = Pattern.compile("\\{([^{}]*)}");

    private final Map<String, Fragments> files = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Dice dice;

    Grammar(Dice dice) {
        this.dice = dice;
    }

    Fragments file(String name) {
        return files.computeIfAbsent(name, n -> Fragments.load("tickets/" + n + ".txt"));
    }

    String draw(String file, String section) {
        return draw(file, section, ignored -> true);
    }

    String draw(String file, String section, Predicate<String> fits) {
        List<String> candidates =
                file(file).section(section).stream().filter(fits).toList();
        if (candidates.isEmpty()) {
            return "";
        }
        String best = dice.pick(candidates);
        for (int i = 0; i < 3; i++) {
            String other = dice.pick(candidates);
            if (uses.getOrDefault(other, 0) < uses.getOrDefault(best, 0)) {
                best = other;
            }
        }
        uses.merge(best, 1, Integer::sum);
        return best;
    }

    /** Sections of a file whose name mentions the word. */
    List<String> sections(String file, String word) {
        List<String> out = new ArrayList<>();
        for (String section : file(file).sections().keySet()) {
            if (List.of(section.split(" ")).contains(word)) {
                out.add(section);
            }
        }
        return out;
    }

    String resolve(String fragment) {
        String text = fragment;
        Matcher matcher = INNERMOST.matcher(text);
        while (matcher.find()) {
            String[] choices = matcher.group(1).split("\\|", -1);
            text = text.substring(0, matcher.start())
                    + choices[dice.below(choices.length)]
                    + text.substring(matcher.end());
            matcher = INNERMOST.matcher(text);
        }
        return tidy(text);
    }

    static String tidy(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll(" ([.,])", "$1")
                .replaceAll(",([.!?])", "$1")
                .replaceAll("\\(\\s+", "(")
                .strip();
    }
}
