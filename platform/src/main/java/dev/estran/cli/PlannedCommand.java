package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands of the product that are not built yet; each says so and exits with 1. */
abstract class PlannedCommand implements Callable<Integer> {

    private final String name;

    @Parameters(hidden = true, arity = "0..*")
    private List<String> ignored = List.of();

    PlannedCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new EstranException(
                ErrorCode.NOT_BUILT,
                "'estran " + name + (ignored.isEmpty() ? "" : " " + ignored.getFirst())
                        + "' is planned and not built yet.");
    }

    @Command(name = "agents", description = "Agents built from your data (planned).", mixinStandardHelpOptions = true)
    static final class Agents extends PlannedCommand {
        Agents() {
            super("agents");
        }
    }

    @Command(name = "eval", description = "Measure models on your own task (planned).", mixinStandardHelpOptions = true)
    static final class Eval extends PlannedCommand {
        Eval() {
            super("eval");
        }
    }

    @Command(name = "ask", description = "Ask your data a question (planned).", mixinStandardHelpOptions = true)
    static final class Ask extends PlannedCommand {
        Ask() {
            super("ask");
        }
    }

    @Command(name = "audit", description = "Who did what (planned).", mixinStandardHelpOptions = true)
    static final class Audit extends PlannedCommand {
        Audit() {
            super("audit");
        }
    }

    @Command(name = "lake", description = "Maintenance of tables (planned).", mixinStandardHelpOptions = true)
    static final class Lake extends PlannedCommand {
        Lake() {
            super("lake");
        }
    }
}
