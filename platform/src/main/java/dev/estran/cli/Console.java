package dev.estran.cli;

import picocli.CommandLine;

/** What is known of where output goes. */
final class Console {

    private static final int DEFAULT_WIDTH = 120;

    private Console() {}

    /** Whether a person looks at it; also asks NO_COLOR and a terminal that cannot. */
    static boolean colours(CommandLine line) {
        return isTerminal() && line.getColorScheme().ansi() != CommandLine.Help.Ansi.OFF && colourful();
    }

    @SuppressWarnings("SystemConsoleNull") // it is null where neither end is a terminal, on this JDK too
    static boolean isTerminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static boolean colourful() {
        String term = System.getenv("TERM");
        return System.getenv("NO_COLOR") == null && term != null && !term.equals("dumb");
    }

    /** Columns of the terminal, from the shell's COLUMNS where it is exported. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("\\d{2,4}")) {
            return Integer.parseInt(columns);
        }
        return DEFAULT_WIDTH;
    }
}
