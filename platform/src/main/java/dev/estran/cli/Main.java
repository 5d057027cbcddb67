package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;

/** Entry point of {@code ./estran}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "estran",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "A self-hosted data and AI platform: open tables, SQL with AI functions, any model.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SqlCommand.class,
            LoadCommand.class,
            ModelsCommand.class,
            SecretCommand.class,
            DoctorCommand.class,
            PlannedCommand.Agents.class,
            PlannedCommand.Eval.class,
            PlannedCommand.Ask.class,
            RightsCommand.Users.class,
            RightsCommand.Groups.class,
            TokenCommand.class,
            RightsCommand.Rights.class,
            PlannedCommand.Audit.class,
            PlannedCommand.Lake.class
        },
        footer = {
            "",
            "Also: test (all checks and tests), bench NAME (figures), package (an archive; planned).",
            "Each command has --help. Start with: ./estran demo"
        })
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int USAGE_WIDTH = 100;

    Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new java.io.OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs a command; returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = commandLine();
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(errors());
        if (args.length == 0) {
            line.usage(out);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** Every command with its options; the reference page is made from it. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(USAGE_WIDTH);
        return line;
    }

    private static IExecutionExceptionHandler errors() {
        return (failure, line, parsed) -> {
            if (failure instanceof EstranException e) {
                line.getErr().println(ErrorText.of(e, Console.colours(line)));
                return e.code() == ErrorCode.INVALID_CONFIGURATION
                        ? CommandLine.ExitCode.USAGE
                        : CommandLine.ExitCode.SOFTWARE;
            }
            LOG.error("{} failed", line.getCommandName(), failure);
            line.getErr()
                    .println("INTERNAL: Estran failed (" + failure.getClass().getSimpleName()
                            + "); logs/estran.log in the data directory has the details.");
            return CommandLine.ExitCode.SOFTWARE;
        };
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"estran " + (version == null ? "development" : version)};
        }
    }
}
