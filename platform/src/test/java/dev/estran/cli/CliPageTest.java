package dev.estran.cli;

import dev.estran.docs.DocsFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/reference/cli.md: every command with its usage, from the commands themselves. */
final class CliPageTest {

    @Test
    void thePageShowsEveryCommand() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Command line

                `./estran COMMAND`. Exit codes: 0 done, 1 failed, 2 wrong usage. Where commands find their data: `--server URL`, else the
                server that runs on the data directory, else the data directory itself (`--data`, `$ESTRAN_DATA`, `./estran-data`).
                The launcher has two commands of its own: `./estran test` runs all checks and tests, `./estran bench NAME` prints figures.
                This page is generated; the build fails when it is stale.

                """);
        append(page, Main.commandLine(), "estran");
        DocsFile.check("docs/reference/cli.md", page.toString().stripTrailing() + "\n");
    }

    private static void append(StringBuilder page, CommandLine command, String name) {
        if (command.getCommand() instanceof PlannedCommand) {
            return;
        }
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .reduce("", (a, b) -> a + b + "\n");
        page.append("## ").append(name).append("\n\n```\n").append(usage).append("```\n\n");
        command.getSubcommands().forEach((sub, line) -> append(page, line, name + " " + sub));
    }
}
