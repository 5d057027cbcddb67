package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code estran models}: endpoints that SQL and programs can call. Each act is a statement anyone can write. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Connects models and lists what can be called.",
        subcommands = {
            ModelsCommand.Add.class,
            ModelsCommand.ListAll.class,
            ModelsCommand.Remove.class,
            ModelsCommand.Test.class
        })
final class ModelsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    /** Connects an OpenAI-compatible endpoint. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Connects an OpenAI-compatible endpoint: makes a connection and an endpoint of that name.")
    static final class Add implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME", description = "What statements call it.")
        private String name = "";

        @Option(names = "--url", required = true, description = "Base URL, for example https://api.example.com/v1")
        private String url = "";

        @Option(names = "--key-env", paramLabel = "VAR", description = "Environment variable that holds the key.")
        private @Nullable String keyVariable;

        @Option(names = "--key-secret", paramLabel = "SECRET", description = "Stored secret that holds the key.")
        private @Nullable String keySecret;

        @Option(names = "--model", paramLabel = "M", description = "The supplier's model name (default: NAME).")
        private @Nullable String model;

        @Option(
                names = "--price",
                paramLabel = "IN/OUT/CURRENCY",
                description = "Per million tokens, for example 0.40/1.60/EUR. Without it costs are shown as unknown.")
        private @Nullable String price;

        @Override
        public Integer call() throws InterruptedException {
            String quoted = Identifiers.quote(name);
            String reference =
                    keySecret != null ? "secret:" + keySecret : keyVariable != null ? "env:" + keyVariable : null;
            String secret = reference == null ? "" : ", secret => " + Identifiers.literal(reference);
            String served = "{'connection': " + Identifiers.literal(name) + ", 'model': "
                    + Identifiers.literal(model == null ? name : model) + ", 'weight': 1" + price() + "}";
            try (Client client = connection.open()) {
                StatementRunner runner = runner(client, spec);
                runner.finish(client.submit(
                        null,
                        "CREATE OR REPLACE CONNECTION " + quoted + " WITH (provider => 'openai_compatible', url => "
                                + Identifiers.literal(url) + secret + ")"));
                runner.run(null, "CREATE OR REPLACE ENDPOINT " + quoted + " WITH (served => [" + served + "])");
            }
            return 0;
        }

        private String price() {
            if (price == null) {
                return "";
            }
            String[] parts = price.split("/", -1);
            try {
                return ", 'price': {'input': " + new BigDecimal(parts[0]).toPlainString() + ", 'output': "
                        + new BigDecimal(parts[1]).toPlainString() + ", 'currency': "
                        + Identifiers.literal(parts[2].toUpperCase(Locale.ROOT)) + "}";
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "--price expects IN/OUT/CURRENCY per million tokens, for example 0.40/1.60/EUR, not '" + price
                                + "'.",
                        e);
            }
        }
    }

    private static StatementRunner runner(Client client, CommandSpec spec) {
        return new StatementRunner(
                client,
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                ResultFormat.TABLE,
                Console.colours(spec.commandLine()),
                false);
    }

    /** Endpoints, own models and local methods. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Endpoints, own models and local methods.")
    static final class ListAll implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Option(names = "--format", description = "table, csv, json or markdown.")
        private ResultFormat format = ResultFormat.TABLE;

        @Override
        public Integer call() throws InterruptedException {
            try (Client client = connection.open()) {
                StatementRunner runner = new StatementRunner(
                        client,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        format,
                        Console.colours(spec.commandLine()),
                        true);
                section(
                        client,
                        runner,
                        "Endpoints",
                        "SHOW ENDPOINTS",
                        "connect one: ./estran models add NAME --url URL --key-env VAR");
                section(
                        client,
                        runner,
                        "Own models",
                        "SHOW MODELS",
                        "train one: CREATE MODEL name PREDICTING label FROM (SELECT text, label ...)");
                section(
                        client,
                        runner,
                        "In this process",
                        "SELECT name, state, method FROM system.ai.local_methods WHERE state <> 'planned'",
                        "");
            }
            return 0;
        }

        /** With a heading, and a next step instead of an empty table; other formats get the rows alone. */
        private void section(Client client, StatementRunner runner, String title, String statement, String otherwise)
                throws InterruptedException {
            if (format != ResultFormat.TABLE) {
                runner.run(null, statement);
                return;
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("\n" + title);
            StatementView found = runner.finish(client.submit(null, statement));
            if (found.total() == 0) {
                out.println("none yet; " + otherwise);
            } else {
                runner.print(found);
            }
        }
    }

    /** Removes an endpoint and its connection. */
    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes an endpoint and its connection.")
    static final class Remove implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() throws InterruptedException {
            try (Client client = connection.open()) {
                StatementRunner runner = runner(client, spec);
                runner.run(null, "DROP ENDPOINT " + Identifiers.quote(name));
                runner.finish(client.submit(null, "DROP CONNECTION IF EXISTS " + Identifiers.quote(name)));
            }
            return 0;
        }
    }

    /** One call through an endpoint. */
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Asks an endpoint one question and shows the answer.")
    static final class Test implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        /** The time makes it a question that no stored answer fits. */
        @Override
        public Integer call() throws InterruptedException {
            try (Client client = connection.open()) {
                runner(client, spec)
                        .run(
                                null,
                                "SELECT ai_query(" + Identifiers.literal(name)
                                        + ", 'Answer with the single word: ready (" + Instant.now()
                                        + ")') AS answer");
            }
            return 0;
        }
    }
}
