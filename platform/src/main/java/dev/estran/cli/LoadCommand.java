package dev.estran.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

/** {@code estran load}: files into a table. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Loads CSV, JSON, NDJSON, Parquet or xlsx files into a table. Rows that do not fit are counted,"
                + " reported with their line and kept in a rejects file.")
final class LoadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one shape.")
    private List<Path> files = List.of();

    @Option(
            names = "--into",
            required = true,
            paramLabel = "TABLE",
            description = "Target, for example lake.default.sales.")
    private String table = "";

    @Option(
            names = "--mode",
            description = "create (fails if the table is there), append or replace (default: ${DEFAULT-VALUE}).")
    private String mode = "create";

    @Option(names = "--dry-run", description = "Show the columns and types that would be made, and load nothing.")
    private boolean dryRun;

    @Option(names = "--file-format", description = "csv, json, ndjson, parquet or xlsx (default: told from the file).")
    private @Nullable String fileFormat;

    @Option(names = "--sheet", description = "Sheet of an xlsx file (default: the first).")
    private @Nullable String sheet;

    @Option(names = "--delimiter", paramLabel = "CHAR", description = "Of a CSV file: , ; | tab (default: found out).")
    private @Nullable String delimiter;

    @Option(names = "--encoding", description = "Of a CSV file, for example windows-1252 (default: found out).")
    private @Nullable String encoding;

    @Option(
            names = "--header",
            paramLabel = "ROW",
            description = "The row that names the columns, or none (default: found out).")
    private @Nullable String header;

    @Option(names = "--rename", paramLabel = "COLUMN=NAME", description = "Another name for a column of the file.")
    private Map<String, String> names = new HashMap<>();

    @Option(names = "--skip", paramLabel = "COLUMN", description = "A column to leave out; may be repeated.")
    private List<String> skipped = List.of();

    @Option(names = "--type", paramLabel = "COLUMN=TYPE", description = "A column's type instead of the inferred one.")
    private Map<String, String> types = new HashMap<>();

    @Option(
            names = "--max-rejects",
            paramLabel = "N",
            description = "Fail, and load nothing, if more rows are rejected.")
    private @Nullable Long maxRejects;

    @Option(names = "--format", description = "Of the report: table, csv, json or markdown.")
    private ResultFormat format = ResultFormat.TABLE;

    @Override
    public Integer call() throws InterruptedException {
        boolean colours = Console.colours(spec.commandLine());
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new EstranException(ErrorCode.FILE_NOT_FOUND, "There is no file " + file + ".");
            }
            if (Files.isDirectory(file)) {
                throw new EstranException(
                        ErrorCode.FILE_NOT_READABLE,
                        file + " is a directory. Give the files in it, for example " + file + "/*.csv.");
            }
        }
        try (Client client = connection.open()) {
            StatementRunner runner = new StatementRunner(
                    client, spec.commandLine().getOut(), spec.commandLine().getErr(), format, colours, false);
            boolean first = true;
            for (Path file : files) {
                // Of several files the first one makes the table, the others add to it.
                runner.load(file, options(first || mode.equals("append") ? mode : "append"));
                first = false;
            }
            return 0;
        }
    }

    private Map<String, String> options(String thisMode) {
        Map<String, String> options = new HashMap<>();
        options.put("table", table);
        options.put("mode", thisMode);
        options.put("dry_run", String.valueOf(dryRun));
        put(options, "format", fileFormat);
        put(options, "sheet", sheet);
        put(options, "max_rejects", maxRejects);
        put(options, "delimiter", delimiter);
        put(options, "encoding", encoding);
        put(options, "header", header);
        ObjectMapper json = new ObjectMapper();
        put(options, "types", types.isEmpty() ? null : json.valueToTree(types));
        put(options, "names", names.isEmpty() ? null : json.valueToTree(names));
        put(options, "skip", skipped.isEmpty() ? null : json.valueToTree(skipped));
        return options;
    }

    private static void put(Map<String, String> options, String key, @Nullable Object value) {
        if (value != null) {
            options.put(key, value.toString());
        }
    }
}
