package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.export.ExportFormat;
import dev.estran.sql.TypedValue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements for a person: progress on the error stream while they run, then rows and a line of facts. */
final class StatementRunner {

    private static final int PAGE_ROWS = 10_000;
    private static final long POLL_MILLIS = 250;
    /** What a terminal shows of a long result; files and pipes get all of it. */
    private static final int TERMINAL_ROWS = 100;

    private final Client client;
    private final PrintWriter out;
    private final PrintWriter err;
    private final ResultFormat format;
    private final boolean colours;
    private final boolean quiet;
    private volatile @Nullable String running;

    StatementRunner(
            Client client, PrintWriter out, PrintWriter err, ResultFormat format, boolean colours, boolean quiet) {
        this.client = client;
        this.out = out;
        this.err = err;
        this.format = format;
        this.colours = colours;
        this.quiet = quiet;
    }

    /**
     * Runs one statement to its end.
     *
     * @throws EstranException the statement's error
     */
    StatementView run(@Nullable String session, String statement) throws InterruptedException {
        return run(session, statement, Map.of());
    }

    StatementView run(@Nullable String session, String statement, Map<String, TypedValue> parameters)
            throws InterruptedException {
        StatementView ended = finish(client.submit(session, statement, parameters));
        print(ended);
        return ended;
    }

    /** Runs one query to its end and writes its rows to a file. */
    void export(String statement, Map<String, TypedValue> parameters, ExportFormat format, Path target)
            throws InterruptedException {
        StatementView ended = finish(client.submit(null, statement, parameters));
        client.export(ended.id(), format, target);
        if (ended.truncated()) {
            err.println("The result was cut at " + ended.total() + " rows (sql.row_limit).");
        }
        if (!quiet) {
            out.println(target + ": " + facts(ended));
        }
        out.flush();
    }

    /** Imports a file and prints its report. */
    StatementView load(Path file, Map<String, String> options) throws InterruptedException {
        StatementView ended = finish(client.load(file, options));
        print(ended);
        return ended;
    }

    /** Waits for a submitted statement or import, showing progress. */
    StatementView finish(String id) throws InterruptedException {
        running = id;
        Thread stop = new Thread(this::cancel);
        Runtime.getRuntime().addShutdownHook(stop);
        ProgressLine progress = new ProgressLine(err, Console.isTerminal() && !quiet);
        try {
            while (true) {
                StatementView view = client.await(id, POLL_MILLIS);
                if (view.ended()) {
                    progress.clear();
                    EstranException error = view.error();
                    if (error != null) {
                        throw error;
                    }
                    return view;
                }
                progress.show(view);
            }
        } finally {
            running = null;
            removeHook(stop);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down already
        }
    }

    /** Stops what runs now, if anything. */
    void cancel() {
        String id = running;
        if (id != null) {
            client.cancel(id);
        }
    }

    /** Prints the rows and facts of a statement that has ended. */
    void print(StatementView view) {
        if (!view.columns().isEmpty()) {
            rows(view);
        }
        if (!quiet && format == ResultFormat.TABLE) {
            String facts = facts(view);
            out.println(colours ? "\u001b[2m" + facts + "\u001b[0m" : facts);
        }
        out.flush();
    }

    private void rows(StatementView view) {
        boolean cut = format == ResultFormat.TABLE && colours && view.total() > TERMINAL_ROWS;
        long wanted = cut ? TERMINAL_ROWS : view.total();
        ResultPrinter printer = ResultPrinter.of(format, view.columns(), out, colours, Console.width());
        for (long offset = 0; offset < wanted; ) {
            int limit = (int) Math.min(PAGE_ROWS, wanted - offset);
            List<JsonNode> rows = client.rows(view.id(), offset, limit);
            printer.rows(rows);
            offset += rows.size();
            if (rows.isEmpty()) {
                break;
            }
        }
        printer.end();
        if (cut) {
            out.println("... " + (view.total() - TERMINAL_ROWS) + " more rows; --format csv prints all of them.");
        }
        if (view.truncated()) {
            err.println("The result was cut at " + view.total() + " rows (sql.row_limit).");
        }
    }

    /** {@code 5 rows · 0.40 s · 191 calls, 20 stored · 0.0124 EUR}. */
    private static String facts(StatementView view) {
        StringBuilder facts = new StringBuilder();
        String message = view.message();
        Long affected = view.affected();
        if (message != null) {
            facts.append(message.endsWith(".") ? message.substring(0, message.length() - 1) : message)
                    .append(" · ");
        } else if (affected != null) {
            facts.append(count(affected, "row")).append(" written · ");
        } else {
            facts.append(count(view.total(), "row")).append(" · ");
        }
        facts.append(String.format(Locale.ROOT, "%.2f s", view.wallMillis() / 1000.0));
        if (view.asked() > 0 || view.stored() > 0) {
            facts.append(" · ").append(count(view.asked(), "call"));
            if (view.stored() > 0) {
                facts.append(", ").append(view.stored()).append(" from the store");
            }
            if (view.failed() > 0) {
                facts.append(", ").append(view.failed()).append(" failed");
            }
        }
        Money cost = view.cost();
        if (cost != null && view.asked() > 0) {
            facts.append(" · ").append(cost.amount().signum() == 0 ? "no cost" : cost.rounded());
        }
        return facts.toString();
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
