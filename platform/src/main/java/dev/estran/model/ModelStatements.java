package dev.estran.model;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.SystemTable;
import java.util.List;

/** CREATE, ALTER, DROP and SHOW of connections and endpoints. */
public final class ModelStatements implements StatementHandler {

    private final Endpoints endpoints;
    private final SystemTable connectionTable;
    private final SystemTable endpointTable;

    public ModelStatements(Endpoints endpoints) {
        this.endpoints = endpoints;
        this.connectionTable = new ConnectionTable(endpoints);
        this.endpointTable = new EndpointTable(endpoints);
    }

    @Override
    public List<String> heads() {
        return List.of(
                "CREATE CONNECTION",
                "DROP CONNECTION",
                "CREATE ENDPOINT",
                "DROP ENDPOINT",
                "ALTER ENDPOINT",
                "SHOW CONNECTIONS",
                "SHOW ENDPOINTS");
    }

    @Override
    public Result run(Context context, OwnStatement statement) {
        Caller caller = context.caller();
        String name = statement.name();
        return switch (statement.head()) {
            case "CREATE CONNECTION" -> {
                Connection made = endpoints.createConnection(caller, name, statement.options(), statement.orReplace());
                yield Result.message("Created connection " + made.name() + ".");
            }
            case "DROP CONNECTION" ->
                dropped("connection", name, endpoints.dropConnection(caller, name, statement.ifExists()));
            case "CREATE ENDPOINT" -> {
                boolean first = endpoints.createEndpoint(caller, name, statement.options(), statement.orReplace());
                yield Result.message("Created endpoint " + name + "."
                        + (first ? " It is now the default for AI functions that need a model." : ""));
            }
            case "DROP ENDPOINT" ->
                dropped("endpoint", name, endpoints.dropEndpoint(caller, name, statement.ifExists()));
            case "ALTER ENDPOINT" -> {
                endpoints.setDefaultModel(caller, name);
                yield Result.message(name + " is now the default for AI functions that need a model.");
            }
            case "SHOW CONNECTIONS" -> show(connectionTable, caller);
            case "SHOW ENDPOINTS" -> show(endpointTable, caller);
            default -> throw new IllegalArgumentException("not a statement of models: " + statement.head());
        };
    }

    private static Result dropped(String kind, String name, boolean dropped) {
        return Result.message(
                dropped
                        ? "Dropped " + kind + " " + name + "."
                        : "There is no " + kind + " " + name + "; nothing to do.");
    }

    private static Result show(SystemTable table, Caller caller) {
        List<Column> columns = table.columns();
        return new Result(columns, table.rows(caller));
    }
}
