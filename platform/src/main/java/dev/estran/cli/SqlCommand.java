package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.export.ExportFormat;
import dev.estran.query.QueryDraft;
import dev.estran.sql.SqlScanner;
import dev.estran.sql.TypedValue;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code estran sql}: one statement, a file of statements, or the shell. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs SQL: a statement, a file of statements, or an interactive shell.")
final class SqlCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "One or more statements; '-' reads standard input.")
    private @Nullable String query;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A file of statements, separated by ';'.")
    private @Nullable Path file;

    @Option(names = "--saved", paramLabel = "NAME", description = "Runs the saved query of that name.")
    private @Nullable String saved;

    @Option(
            names = "--param",
            paramLabel = "NAME[:TYPE]=VALUE",
            description = "A value for $NAME in the text, may be repeated. TYPE is text, int, decimal, date, timestamp,"
                    + " bool or a SQL type; NAME:null gives NULL.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--format", description = "table, csv, json or markdown (default: ${DEFAULT-VALUE}).")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the statement's rows to a file: .csv, .xlsx or .parquet. Replaces a file of this name.")
    private @Nullable Path output;

    @Option(names = "--quiet", description = "Only rows: no counts, no costs.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (saved != null && (query != null || file != null)) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "Give --saved, a query or a file; one of them.");
        }
        if (output != null) {
            OutputFile.check(output);
        }
        boolean colours = output == null && Console.colours(spec.commandLine());
        try (Client client = connection.open()) {
            StatementRunner runner = new StatementRunner(
                    client, spec.commandLine().getOut(), spec.commandLine().getErr(), format, colours, quiet);
            QueryDraft kept = saved == null ? null : find(client, saved);
            String text = kept == null ? text() : kept.text();
            if (text == null && output == null) {
                return new SqlShell(client, runner, connection.dataDirectory()).run();
            }
            List<String> statements = text == null ? List.of() : SqlScanner.split(text);
            Map<String, TypedValue> values =
                    ParameterOption.values(parameters, kept == null ? Map.of() : kept.parameters());
            if (output != null) {
                export(runner, statements, values, output);
                return 0;
            }
            if (statements.isEmpty()) {
                throw new EstranException(ErrorCode.SYNTAX_ERROR, "There is no statement in the text.");
            }
            String session = statements.size() > 1 ? client.openSession() : null;
            for (String statement : statements) {
                runner.run(session, statement, values);
            }
            return 0;
        }
    }

    private static void export(
            StatementRunner runner, List<String> statements, Map<String, TypedValue> values, Path target)
            throws InterruptedException {
        if (statements.size() != 1) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--output takes one statement, not " + statements.size() + ". Give the query beside it.");
        }
        ExportFormat chosen = ExportFormat.ofFile(String.valueOf(target.getFileName()));
        runner.export(statements.getFirst(), values, chosen, target);
    }

    private static QueryDraft find(Client client, String name) {
        return client.findQuery(name)
                .orElseThrow(() -> new EstranException(
                        ErrorCode.QUERY_NOT_FOUND,
                        "There is no saved query called '" + name
                                + "'. SELECT name FROM system.query.saved lists yours."));
    }

    private @Nullable String text() throws IOException {
        Path from = file;
        if (from != null) {
            return read(from);
        }
        String given = query;
        boolean piped = given == null && !Console.isTerminal();
        if ("-".equals(given) || piped) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return given;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new EstranException(ErrorCode.FILE_NOT_FOUND, "There is no file " + file + ".", e);
        } catch (MalformedInputException e) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE, file + " is not UTF-8 text. Convert it, for example with iconv.", e);
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw new EstranException(ErrorCode.FILE_NOT_READABLE, file + " is a directory.", e);
            }
            throw e;
        }
    }
}
