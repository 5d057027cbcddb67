package dev.estran.cli;

import dev.estran.Caller.Scope;
import dev.estran.Identifiers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code estran token}: what programs sign in with. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Access tokens, which programs sign in with.",
        subcommands = {TokenCommand.Create.class, TokenCommand.ListAll.class, TokenCommand.Revoke.class})
final class TokenCommand extends RightsCommand.Group {

    /** Makes a token; not by SQL, whose text and results are kept. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and prints it, once: only a hash of it is kept.")
    static final class Create implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(names = "--for", paramLabel = "USER", description = "Whose it is (default: yours).")
        private @Nullable String principal;

        @Option(names = "--scope", description = "all, read or models (default: ${DEFAULT-VALUE}).")
        private Scope scope = Scope.ALL;

        @Option(names = "--days", description = "How long it works (default: ${DEFAULT-VALUE}); 0 for ever.")
        private int days = 90;

        @Override
        public Integer call() {
            try (Client client = connection.open()) {
                spec.commandLine().getOut().println(client.createToken(principal, name, scope, days));
                spec.commandLine()
                        .getErr()
                        .println("Keep it now: it is not shown again. ./estran token list shows what there is.");
            }
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Tokens, without their secrets.")
    static final class ListAll extends RightsCommand.Listing {

        @Option(names = "--for", paramLabel = "USER", description = "Whose (default: yours).")
        private @Nullable String principal;

        @Override
        String statement() {
            return "SHOW TOKENS" + (principal == null ? "" : " FOR " + Identifiers.literal(principal));
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a token at once.")
    static final class Revoke extends RightsCommand {

        @Parameters(paramLabel = "ID", description = "As estran token list shows it.")
        private String id = "";

        @Override
        String statement() {
            return "DROP TOKEN " + Identifiers.literal(id);
        }
    }
}
