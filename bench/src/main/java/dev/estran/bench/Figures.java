package dev.estran.bench;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Prints figures as they are measured, and keeps them with the notes behind them. One thread. */
final class Figures {

    /** @param name as in the issue that asks for it */
    record Figure(String name, double value, String bar, boolean passed) {

        String line() {
            return name + " " + digits(value) + " " + bar + " " + (passed ? "pass" : "fail");
        }
    }

    private final PrintStream out;
    private final boolean official;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param official whether the figures count; else they are marked, so that nobody takes them for such */
    Figures(PrintStream out, boolean official) {
        this.out = out;
        this.official = official;
    }

    void atMost(String name, double value, double bar) {
        add(new Figure(name, value, "<=" + digits(bar), value <= bar));
    }

    void atLeast(String name, double value, double bar) {
        add(new Figure(name, value, ">=" + digits(bar), value >= bar));
    }

    private void add(Figure figure) {
        figures.add(figure);
        out.println((official ? "figure " : "quick ") + figure.line());
    }

    /** What stands behind the figures; goes to stderr and into the record. */
    void note(String text) {
        notes.add(text);
        progress(text);
    }

    /** For people who wait. */
    void progress(String text) {
        System.err.println("bench: " + text);
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean passed() {
        return figures.stream().allMatch(Figure::passed);
    }

    static String digits(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        int places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
