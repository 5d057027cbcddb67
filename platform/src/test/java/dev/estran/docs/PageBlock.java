package dev.estran.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of commands on a page, and what the page shows that it prints.
 *
 * @param exitCode of the last command; those before it end with 0
 * @param shown empty where the page shows nothing
 */
record PageBlock(String commands, int exitCode, String shown, int shownStart, int shownEnd) {

    private static final Pattern FENCE =
            Pattern.compile("(?ms)^```sh(?: exit=(\\d))?\\n(.*?)^```\\n(?:\\n```text\\n(.*?)^```$)?");

    /** A line that stands for any number of lines. */
    private static final String ELISION = "...";

    static List<PageBlock> of(String page) {
        List<PageBlock> blocks = new ArrayList<>();
        for (Matcher m = FENCE.matcher(page); m.find(); ) {
            int exitCode = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
            String shown = m.group(3) == null ? "" : m.group(3);
            blocks.add(new PageBlock(m.group(2), exitCode, shown, m.start(3), m.end(3)));
        }
        return blocks;
    }

    boolean elided() {
        return shown.lines().anyMatch(line -> line.strip().equals(ELISION));
    }

    /** Whether what was printed is what the page shows, but for times, amounts, spaces and elided lines. */
    boolean matches(String printed) {
        StringBuilder pattern = new StringBuilder();
        for (String line : normal(shown).lines().toList()) {
            pattern.append(line.strip().equals(ELISION) ? "(?:.*\\n)*?" : Pattern.quote(line) + "\\n");
        }
        return Pattern.matches(pattern.toString(), normal(printed));
    }

    static String normal(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                        .replaceAll("\\b\\d+(?:\\.\\d+)? (?:s|ms)\\b", "N s")
                        .replaceAll("(?:under )?\\b0\\.\\d{4,} EUR", "N EUR")
                        .replaceAll("(create(?: +\\d+){3}) +\\d+ +[\\d.]+", "$1 BYTES SECONDS") // the report of a load
                        .replaceAll("\\b\\d{16,}\\b", "ID")
                        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                        .replaceAll("─+", "─")
                        .replaceAll("[ \\t]+", " ")
                        .replaceAll("(?m) $", "")
                        .strip()
                + "\n";
    }
}
