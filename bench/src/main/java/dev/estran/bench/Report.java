package dev.estran.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** docs/benchmarks.md, from measured values only: a part for each benchmark, each written by its own run. */
final class Report {

    private static final String HEAD = """
            # Benchmarks

            Each part is written by `./estran bench NAME --record`, from what it measured. A figure that misses its bar says so.
            """;

    private Report() {}

    /** Puts a benchmark's part in place of the one that was there, or at the end; the others stay as they are. */
    static void write(Path page, String bench, String part) throws IOException {
        Files.writeString(page, placed(Files.exists(page) ? Files.readString(page) : HEAD, bench, part));
    }

    static String placed(String page, String bench, String part) {
        String begin = "<!-- bench: " + bench + " -->\n";
        String end = "<!-- end of " + bench + " -->\n";
        String text = begin + part + end;
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            return page.stripTrailing() + "\n\n" + text;
        }
        return page.substring(0, from) + text + page.substring(to + end.length());
    }

    /** @param method what the figures mean and how they are measured, in Markdown */
    static String part(String bench, String method, Figures figures, Machine before, Machine after) {
        StringBuilder text = new StringBuilder();
        text.append("## ")
                .append(bench)
                .append("\n\nMeasured ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(" by `./estran bench ")
                .append(bench)
                .append(" --record`.\n\n- Machine: ")
                .append(before)
                .append("\n- Load average at the end: ")
                .append(Figures.digits(after.load()))
                .append("\n\n| figure | measured | bar | |\n|---|---|---|---|\n");
        for (Figures.Figure figure : figures.figures()) {
            text.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(Figures.digits(figure.value()))
                    .append(" | ")
                    .append(figure.bar())
                    .append(" | ")
                    .append(figure.passed() ? "pass" : "**fail**")
                    .append(" |\n");
        }
        text.append("\n### How ").append(bench).append(" is measured\n\n").append(method);
        text.append("\n### What was seen in ").append(bench).append("\n\n```\n");
        figures.notes().forEach(note -> text.append(note).append('\n'));
        return text.append("```\n").toString();
    }
}
