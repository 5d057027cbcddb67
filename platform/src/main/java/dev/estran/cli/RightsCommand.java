package dev.estran.cli;

import dev.estran.Identifiers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code estran user}, {@code group} and {@code grant}. Each act is a statement anyone can write. */
abstract class RightsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private Connection connection = new Connection();

    /** What the command stands for in SQL. */
    abstract String statement();

    ResultFormat format() {
        return ResultFormat.TABLE;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Client client = connection.open()) {
            new StatementRunner(
                            client,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            format(),
                            Console.colours(spec.commandLine()),
                            false)
                    .run(null, statement());
        }
        return 0;
    }

    private static String names(List<String> names) {
        return names.stream().map(Identifiers::literal).collect(Collectors.joining(", "));
    }

    /** A command that only has others. */
    abstract static class Group implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return 2;
        }
    }

    /** Lists something. */
    abstract static class Listing extends RightsCommand {

        @Option(names = "--format", description = "table, csv, json or markdown.")
        private ResultFormat format = ResultFormat.TABLE;

        @Override
        ResultFormat format() {
            return format;
        }
    }

    /** Users and service principals. */
    @Command(
            name = "user",
            mixinStandardHelpOptions = true,
            description = "People, and programs that act on their own account.",
            subcommands = {
                Users.Add.class,
                Users.ListAll.class,
                Users.Disable.class,
                Users.Enable.class,
                Users.Remove.class
            })
    static final class Users extends Group {

        @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a user.")
        static final class Add extends RightsCommand {

            @Parameters(paramLabel = "NAME")
            private String name = "";

            @Option(names = "--name", paramLabel = "TEXT", description = "What people call them.")
            private @Nullable String displayName;

            @Option(names = "--email")
            private @Nullable String email;

            @Option(names = "--service", description = "A program instead of a person.")
            private boolean service;

            @Override
            String statement() {
                return "CREATE " + (service ? "SERVICE PRINCIPAL " : "USER ") + Identifiers.literal(name)
                        + " WITH (name => " + text(displayName) + ", email => " + text(email) + ")";
            }

            private static String text(@Nullable String value) {
                return value == null ? "NULL" : Identifiers.literal(value);
            }
        }

        @Command(name = "list", mixinStandardHelpOptions = true, description = "Users.")
        static final class ListAll extends Listing {

            @Option(names = "--service", description = "Service principals instead.")
            private boolean service;

            @Override
            String statement() {
                return service ? "SHOW SERVICE PRINCIPALS" : "SHOW USERS";
            }
        }

        @Command(
                name = "disable",
                mixinStandardHelpOptions = true,
                description = "Lets a user no longer in; sessions and tokens end at once.")
        static final class Disable extends RightsCommand {

            @Parameters(paramLabel = "NAME")
            private String name = "";

            @Override
            String statement() {
                return "ALTER USER " + Identifiers.literal(name) + " DISABLE";
            }
        }

        @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets a user in again.")
        static final class Enable extends RightsCommand {

            @Parameters(paramLabel = "NAME")
            private String name = "";

            @Override
            String statement() {
                return "ALTER USER " + Identifiers.literal(name) + " ENABLE";
            }
        }

        @Command(
                name = "remove",
                mixinStandardHelpOptions = true,
                description = "Removes a user with their tokens and grants.")
        static final class Remove extends RightsCommand {

            @Parameters(paramLabel = "NAME")
            private String name = "";

            @Option(names = "--service", description = "A service principal.")
            private boolean service;

            @Override
            String statement() {
                return "DROP " + (service ? "SERVICE PRINCIPAL " : "USER ") + Identifiers.literal(name);
            }
        }
    }

    /** Groups and who is in them. */
    @Command(
            name = "group",
            mixinStandardHelpOptions = true,
            description = "Groups of people, which may hold groups.",
            subcommands = {
                Groups.Create.class,
                Groups.Add.class,
                Groups.Remove.class,
                Groups.Members.class,
                Groups.ListAll.class,
                Groups.Drop.class
            })
    static final class Groups extends Group {

        @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a group.")
        static final class Create extends RightsCommand {

            @Parameters(paramLabel = "GROUP")
            private String group = "";

            @Override
            String statement() {
                return "CREATE GROUP " + Identifiers.literal(group);
            }
        }

        @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds users or groups to a group.")
        static final class Add extends RightsCommand {

            @Parameters(paramLabel = "GROUP")
            private String group = "";

            @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME")
            private List<String> members = List.of();

            @Override
            String statement() {
                return "ALTER GROUP " + Identifiers.literal(group) + " ADD MEMBERS " + names(members);
            }
        }

        @Command(
                name = "remove",
                mixinStandardHelpOptions = true,
                description = "Takes users or groups out of a group.")
        static final class Remove extends RightsCommand {

            @Parameters(paramLabel = "GROUP")
            private String group = "";

            @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME")
            private List<String> members = List.of();

            @Override
            String statement() {
                return "ALTER GROUP " + Identifiers.literal(group) + " DROP MEMBERS " + names(members);
            }
        }

        @Command(name = "members", mixinStandardHelpOptions = true, description = "Who is in a group.")
        static final class Members extends Listing {

            @Parameters(paramLabel = "GROUP")
            private String group = "";

            @Override
            String statement() {
                return "SHOW MEMBERS IN " + Identifiers.literal(group);
            }
        }

        @Command(name = "list", mixinStandardHelpOptions = true, description = "Groups.")
        static final class ListAll extends Listing {
            @Override
            String statement() {
                return "SHOW GROUPS";
            }
        }

        @Command(name = "drop", mixinStandardHelpOptions = true, description = "Removes a group; its members stay.")
        static final class Drop extends RightsCommand {

            @Parameters(paramLabel = "GROUP")
            private String group = "";

            @Override
            String statement() {
                return "DROP GROUP " + Identifiers.literal(group);
            }
        }
    }

    /** Rights. */
    @Command(
            name = "grant",
            mixinStandardHelpOptions = true,
            description = "Rights: who may do what with what.",
            subcommands = {Rights.Add.class, Rights.Revoke.class, Rights.ListAll.class})
    static final class Rights extends Group {

        @Command(
                name = "add",
                mixinStandardHelpOptions = true,
                description = "Gives rights: grant add \"SELECT, MODIFY\" --on \"TABLE lake.demo.orders\" --to ana")
        static final class Add extends RightsCommand {

            @Parameters(paramLabel = "PRIVILEGES", description = "For example SELECT, or \"ALL PRIVILEGES\".")
            private String privileges = "";

            @Option(
                    names = "--on",
                    required = true,
                    paramLabel = "THING",
                    description = "For example \"SCHEMA lake.demo\".")
            private String on = "";

            @Option(names = "--to", required = true, split = ",", paramLabel = "NAME")
            private List<String> to = List.of();

            @Override
            String statement() {
                return "GRANT " + privileges + " ON " + on + " TO " + names(to);
            }
        }

        @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Takes rights back.")
        static final class Revoke extends RightsCommand {

            @Parameters(paramLabel = "PRIVILEGES", description = "For example SELECT, or \"ALL PRIVILEGES\".")
            private String privileges = "";

            @Option(
                    names = "--on",
                    required = true,
                    paramLabel = "THING",
                    description = "For example \"SCHEMA lake.demo\".")
            private String on = "";

            @Option(names = "--from", required = true, split = ",", paramLabel = "NAME")
            private List<String> from = List.of();

            @Override
            String statement() {
                return "REVOKE " + privileges + " ON " + on + " FROM " + names(from);
            }
        }

        @Command(name = "list", mixinStandardHelpOptions = true, description = "Rights on a thing, or of somebody.")
        static final class ListAll extends Listing {

            @Option(names = "--on", paramLabel = "THING", description = "For example \"TABLE lake.demo.orders\".")
            private @Nullable String on;

            @Option(names = "--to", paramLabel = "NAME", description = "A user or group (default: you).")
            private @Nullable String to;

            @Override
            String statement() {
                return "SHOW GRANTS" + (to == null ? "" : (on == null ? " TO " : " ") + Identifiers.literal(to))
                        + (on == null ? "" : " ON " + on);
            }
        }
    }
}
