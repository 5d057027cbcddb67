package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The front page says the same in both languages: the same commands, links, states and figures. */
final class FrontPagesTest {

    private static final String ENGLISH = "README.md";
    private static final String FRENCH = "README.fr.md";
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ .+$|`\\./estran[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^|]+)` \\| ([^|]+) \\|(.*)$");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Map<String, String> STATES =
            Map.of("works", "marche", "by extract", "par citation", "needs a model", "demande un modèle");

    private static NavigableSet<String> found(String page, Pattern pattern) throws IOException {
        NavigableSet<String> found = new TreeSet<>();
        pattern.matcher(DocsFile.read(page)).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    @Test
    void theSameCommands() throws IOException {
        assertThat(found(FRENCH, COMMAND)).isNotEmpty().isEqualTo(found(ENGLISH, COMMAND));
    }

    @Test
    void theSameLinksAndEachOther() throws IOException {
        NavigableSet<String> english = found(ENGLISH, LINK);
        NavigableSet<String> french = found(FRENCH, LINK);
        assertThat(english.remove("](" + FRENCH)).isTrue();
        assertThat(french.remove("](" + ENGLISH)).isTrue();
        NavigableSet<String> translated = new TreeSet<>();
        english.forEach(link -> translated.add(link.replace("-en-", "-fr-")));
        assertThat(french).isEqualTo(translated);
    }

    /** By capability its state and every number of its row; French writes a comma where English writes a point. */
    private static Map<String, List<String>> states(String page, boolean french) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(DocsFile.read(page)).results().toList()) {
            String facts = french ? row.group(3).replaceAll("(?<=\\d),(?=\\d)", ".") : row.group(3);
            String state = french ? row.group(2) : STATES.get(row.group(2));
            List<String> numbers =
                    NUMBER.matcher(facts).results().map(MatchResult::group).toList();
            rows.put(row.group(1) + ": " + state, numbers);
        }
        return rows;
    }

    @Test
    void theSameStatesAndFigures() throws IOException {
        assertThat(states(FRENCH, true)).hasSizeGreaterThan(8).isEqualTo(states(ENGLISH, false));
    }

    @Test
    void whatIsPlannedIsNamedInBoth() throws IOException {
        Pattern name = Pattern.compile("`(?:ai_|vector_)[a-z_]+`");
        assertThat(found(FRENCH, name)).isEqualTo(found(ENGLISH, name));
    }

    @Test
    void frenchHasItsNoBreakSpaces() throws IOException {
        String text = DocsFile.read(FRENCH).replaceAll("(?s)```.*?```", "");
        assertThat(Pattern.compile("[^|\\s-] [:;?!»](?=\\s)|« ")
                        .matcher(text)
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }
}
