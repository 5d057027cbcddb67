package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.load.DemoCompany;
import dev.estran.query.QueryDraft;
import dev.estran.sql.SqlScanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code estran demo}: a small company's data loaded, a ticket router trained, eight questions answered. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Loads a small company's data, trains a model on it and runs eight queries. Again: reuses what is there.")
final class DemoCommand implements Callable<Integer> {

    private static final String SCHEMA = "lake.demo";
    private static final String ROUTER = SCHEMA + ".ticket_router";

    private static final Pattern TITLE = Pattern.compile("(?m)^--\\s*title:\\s*(.+)$");
    private static final Pattern WHY = Pattern.compile("(?m)^--\\s*why:\\s*(.+)$");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path samples = samples();
        long start = System.nanoTime();
        try (Client client = connection.open()) {
            StatementRunner runner = new StatementRunner(
                    client,
                    out(),
                    spec.commandLine().getErr(),
                    ResultFormat.TABLE,
                    Console.colours(spec.commandLine()),
                    false);
            Demo demo = new Demo(client, runner);
            demo.load(samples);
            demo.train();
            demo.saveQueries();
            demo.queries(Files.readString(samples.resolve("demo.sql")));
            heading(demo.end(System.nanoTime() - start) + ". Try next");
        }
        out().println("""
                  ./estran sql                                            the SQL shell
                  ./estran sql "SHOW TABLES IN lake.demo"
                  ./estran load FILE --into lake.default.mine             your own CSV, JSON, Parquet or xlsx
                  ./estran models add NAME --url URL --key-env VAR        any OpenAI-compatible model
                  ./estran up                                             the server
                """);
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void heading(String text) {
        boolean colours = Console.colours(spec.commandLine());
        out().println();
        out().println(colours ? "\u001b[1;36m" + text + "\u001b[0m" : text);
    }

    private static Path samples() {
        Path samples = DemoCompany.directory();
        if (!Files.isDirectory(samples)) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_FOUND,
                    "The demo's files are not at " + samples + ". Start it with ./estran demo.");
        }
        return samples;
    }

    /** The steps, in order. Each looks at what an earlier run left. */
    private final class Demo {

        private final Client client;
        private final StatementRunner runner;
        private final boolean colours = Console.colours(spec.commandLine());
        private @Nullable Money spent;

        Demo(Client client, StatementRunner runner) {
            this.client = client;
            this.runner = runner;
        }

        void load(Path samples) throws InterruptedException {
            heading("The data of a chain of outdoor shops by the sea, into the " + client.description());
            run("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            List<String> present = firstColumn("SHOW TABLES IN " + SCHEMA);
            for (DemoCompany.Sample sample : DemoCompany.SAMPLES) {
                if (present.contains(sample.table())) {
                    out().printf("  %-18s is there already%n", sample.table());
                    continue;
                }
                StatementView loaded = runner.finish(client.load(
                        samples.resolve(sample.file()),
                        Map.of("table", SCHEMA + "." + sample.table(), "mode", "create")));
                out().printf(
                                Locale.ROOT,
                                "  %-12s %,7d rows from %-18s %.1f s%n",
                                sample.table(),
                                rowsWritten(loaded),
                                sample.file(),
                                loaded.wallMillis() / 1000.0);
            }
        }

        private long rowsWritten(StatementView loaded) {
            int column = loaded.columns().stream().map(Column::name).toList().indexOf("rows");
            return client.rows(loaded.id(), 0, 1).getFirst().path(column).asLong();
        }

        void train() throws InterruptedException {
            heading("A model of your own: which team should read a ticket");
            if (firstColumn("SHOW MODELS").stream().anyMatch(name -> name.endsWith("ticket_router"))) {
                out().println("  " + ROUTER + " is there already.");
                return;
            }
            String train = "CREATE MODEL " + ROUTER
                    + " PREDICTING topic FROM (SELECT concat_ws('. ', subject, body) AS text, topic FROM " + SCHEMA
                    + ".tickets)";
            out().println(train.replace(" PREDICTING", "\n  PREDICTING").replace(" FROM (", "\n  FROM (") + ";\n");
            runner.run(null, train);
        }

        void saveQueries() {
            heading("Two saved queries: in the workspace under Saved, here with ./estran sql --saved NAME");
            for (QueryDraft query : DemoQueries.all()) {
                boolean present = client.findQuery(query.name()).isPresent();
                if (!present) {
                    client.saveQuery(query);
                }
                out().println("  " + query.name() + (present ? " is there already" : ""));
            }
        }

        void queries(String file) throws InterruptedException {
            heading("Eight questions");
            String session = client.openSession();
            runner.finish(client.submit(session, "USE " + SCHEMA));
            int number = 1;
            int from = 0;
            for (String statement : SqlScanner.split(file)) {
                int at = file.indexOf(statement, from);
                String comments = file.substring(from, at);
                from = at + statement.length();
                String title = find(TITLE, comments);
                if (title != null) {
                    heading(number++ + ". " + title);
                }
                explain(find(WHY, comments), statement);
                Money cost = runner.run(session, statement).cost();
                spent = cost == null ? spent : cost.plus(spent == null ? Money.zero(cost.currency()) : spent);
            }
        }

        /** {@code Done in 26 s, for under 0.0001 EUR}. */
        String end(long nanos) {
            String time = "Done in " + nanos / 1_000_000_000 + " s";
            return spent == null ? time : time + ", for " + spent.rounded();
        }

        private void explain(@Nullable String why, String statement) {
            out().println();
            if (why != null) {
                out().println(colours ? "\u001b[3m" + why + "\u001b[0m" : why);
                out().println();
            }
            out().println(statement.strip().indent(2));
        }

        private @Nullable String find(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            String last = null;
            while (matcher.find()) {
                last = matcher.group(1).strip();
            }
            return last;
        }

        private void run(String statement) throws InterruptedException {
            runner.finish(client.submit(null, statement));
        }

        private List<String> firstColumn(String statement) throws InterruptedException {
            StatementView view = runner.finish(client.submit(null, statement));
            List<String> values = new ArrayList<>();
            for (JsonNode row : client.rows(view.id(), 0, 10_000)) {
                values.add(row.get(0).asText());
            }
            return values;
        }
    }
}
