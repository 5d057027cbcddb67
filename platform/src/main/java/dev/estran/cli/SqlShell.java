package dev.estran.cli;

import dev.estran.EstranException;
import dev.estran.sql.SqlScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The interactive shell: history, statements over several lines until {@code ;}, Ctrl-C stops a statement. */
final class SqlShell {

    private static final String HELP = """
            Statements end with ; and may span lines. Ctrl-C stops a statement, Ctrl-D leaves.
              SHOW TABLES;  DESCRIBE t;  SHOW SCHEMAS;  USE lake.demo;
              EXPLAIN AI SELECT ...;          what the AI calls of a query would cost
              SELECT ... FROM t AT (VERSION => 1);
            """;

    private final Client client;
    private final StatementRunner runner;
    private final Path directory;

    SqlShell(Client client, StatementRunner runner, Path directory) {
        this.client = client;
        this.runner = runner;
        this.directory = directory;
    }

    int run() throws IOException, InterruptedException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
            DefaultParser words = new DefaultParser();
            words.setQuoteChars(new char[0]);
            words.setEscapeChars(new char[0]);
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(new StatementLines(words))
                    .variable(LineReader.HISTORY_FILE, directory.resolve("sql_history"))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   ... ")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            terminal.writer().println("Estran, " + client.description() + ". \\h for help, \\q to leave.");
            String session = client.openSession();
            while (true) {
                String text;
                try {
                    text = reader.readLine("estran> ");
                } catch (UserInterruptException e) {
                    continue;
                } catch (EndOfFileException e) {
                    return 0;
                }
                if (!take(session, text.strip(), terminal)) {
                    return 0;
                }
            }
        }
    }

    /** Runs what was typed; false to leave. */
    private boolean take(String session, String text, Terminal terminal) throws InterruptedException {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> {
                return true;
            }
            case "\\q", "quit", "exit", "quit;", "exit;" -> {
                return false;
            }
            case "\\h", "help", "help;" -> terminal.writer().print(HELP);
            default -> statements(session, text, terminal);
        }
        terminal.writer().flush();
        return true;
    }

    private void statements(String session, String text, Terminal terminal) throws InterruptedException {
        try {
            for (String statement : SqlScanner.split(text)) {
                runner.run(session, statement);
            }
        } catch (EstranException e) {
            terminal.writer().println(ErrorText.of(e, true));
        }
    }

    /** A line is complete when its last statement is. */
    private static final class StatementLines implements Parser {

        private final Parser words;

        StatementLines(Parser words) {
            this.words = words;
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !complete(line)) {
                throw new EOFError(-1, cursor, "the statement goes on");
            }
            return words.parse(line, cursor, context);
        }

        private static boolean complete(String line) {
            String text = line.strip();
            boolean command = text.isEmpty()
                    || text.startsWith("\\")
                    || List.of("quit", "exit", "help").contains(text.toLowerCase(Locale.ROOT));
            if (command) {
                return true;
            }
            try {
                var tokens = SqlScanner.tokens(text);
                return tokens.isEmpty() || tokens.getLast().is(";");
            } catch (EstranException e) {
                return false; // an open quote or comment
            }
        }
    }
}
