package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code estran secret}: keys of suppliers, kept encrypted. A value is never an argument, where others could read it. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Keeps keys of suppliers encrypted; a connection names one as secret:NAME.",
        subcommands = {
            SecretCommand.Set.class,
            SecretCommand.ListAll.class,
            SecretCommand.Remove.class,
            SecretCommand.Rotate.class
        })
final class SecretCommand implements Callable<Integer> {

    /** More than a secret may have, so that the service says what is too long. */
    private static final int MOST_BYTES = 128 << 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    /** Stores a secret. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Stores a secret, or replaces it. Asks for the value, or reads it from standard input.")
    static final class Set implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME", description = "What connections call it.")
        private String name = "";

        @Override
        @SuppressWarnings("SystemConsoleNull") // it is null where neither end is a terminal, on this JDK too
        public Integer call() throws IOException {
            java.io.Console console = System.console();
            String value = console != null && console.isTerminal() ? prompted(console) : piped();
            try (Client client = connection.open()) {
                client.putSecret(name, value);
            }
            spec.commandLine().getErr().println("Stored. A connection uses it with secret => 'secret:" + name + "'.");
            return 0;
        }

        private String prompted(java.io.Console console) {
            char[] typed = console.readPassword("Value of %s (not shown): ", name);
            return typed == null ? "" : new String(typed);
        }

        private static String piped() throws IOException {
            byte[] read = System.in.readNBytes(MOST_BYTES + 1);
            if (read.length > MOST_BYTES) {
                throw new EstranException(ErrorCode.INVALID_ARGUMENT, "Standard input is longer than a secret can be.");
            }
            return new String(read, StandardCharsets.UTF_8);
        }
    }

    /** Names and dates. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Names and dates; values are never shown.")
    static final class ListAll implements Callable<Integer> {

        private static final List<Column> COLUMNS = List.of(
                new Column("name", "VARCHAR"),
                new Column("updated_at", "VARCHAR"),
                new Column("updated_by", "VARCHAR"),
                new Column("created_at", "VARCHAR"));

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Option(names = "--format", description = "table, csv, json or markdown.")
        private ResultFormat format = ResultFormat.TABLE;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            List<JsonNode> rows;
            try (Client client = connection.open()) {
                rows = client.secrets();
            }
            if (rows.isEmpty() && format == ResultFormat.TABLE) {
                out.println("none yet; store one: ./estran secret set NAME");
                return 0;
            }
            ResultPrinter printer =
                    ResultPrinter.of(format, COLUMNS, out, Console.colours(spec.commandLine()), Console.width());
            printer.rows(rows);
            printer.end();
            return 0;
        }
    }

    /** Removes a secret. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a secret; connections that use it fail from then on.")
    static final class Remove implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            try (Client client = connection.open()) {
                client.removeSecret(name);
            }
            spec.commandLine().getErr().println("Removed.");
            return 0;
        }
    }

    /** A new key for all. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Makes a new key and encrypts every secret under it; the old key opens nothing afterwards.")
    static final class Rotate implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Override
        public Integer call() {
            int count;
            try (Client client = connection.open()) {
                count = client.rotateSecrets();
            }
            spec.commandLine()
                    .getErr()
                    .println(count + (count == 1 ? " secret is" : " secrets are") + " under a new key."
                            + " Copy secrets.key to where you keep its copy.");
            return 0;
        }
    }
}
