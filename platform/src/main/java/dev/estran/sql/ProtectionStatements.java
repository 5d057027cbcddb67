package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.lake.CreateMode;
import dev.estran.lake.FunctionDefinition;
import dev.estran.lake.Lake;
import dev.estran.sql.StatementRun.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Carries out the statements about functions written in SQL and what they protect. */
final class ProtectionStatements {

    private final Lake lake;
    private final Queries queries;
    private final Names names;

    ProtectionStatements(Lake lake, Queries queries, Names names) {
        this.lake = lake;
        this.queries = queries;
        this.names = names;
    }

    Outcome run(StatementContext context, ProtectionStatement statement) {
        Caller caller = context.caller();
        return switch (statement) {
            case ProtectionStatement.CreateFunction create -> createFunction(context, create);
            case ProtectionStatement.DropFunction drop -> {
                TableName name = Names.created(context, drop.name());
                boolean dropped = lake.functions().drop(caller, name, drop.ifExists());
                yield Outcome.message(
                        dropped ? "Function " + name + " is dropped." : "There was no function " + name + ".");
            }
            case ProtectionStatement.RowFilter filter -> {
                TableName table = names.table(context, filter.table());
                Statement.Name function = filter.function();
                if (function == null) {
                    boolean removed = lake.protections().remove(caller, table, null);
                    yield Outcome.message(table + (removed ? " has no row filter any more." : " had no row filter."));
                }
                TableName name = Names.created(context, function);
                lake.protections().setRowFilter(caller, table, name, filter.columns());
                yield Outcome.message("Rows of " + table + " are seen where " + name
                        + " says yes. This holds for everyone, you included.");
            }
            case ProtectionStatement.Mask mask -> {
                TableName table = names.table(context, mask.table());
                Statement.Name function = mask.function();
                if (function == null) {
                    boolean removed = lake.protections().remove(caller, table, mask.column());
                    yield Outcome.message(
                            table + "." + mask.column() + (removed ? " is not masked any more." : " had no mask."));
                }
                TableName name = Names.created(context, function);
                lake.protections().setMask(caller, table, mask.column(), name, mask.using());
                yield Outcome.message(table + "." + mask.column() + " is shown as " + name
                        + " gives it. This holds for everyone, you included.");
            }
        };
    }

    private Outcome createFunction(StatementContext context, ProtectionStatement.CreateFunction create) {
        TableName name = Names.created(context, create.name());
        List<Column> parameters = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Column parameter : create.parameters()) {
            if (!seen.add(parameter.name().toLowerCase(Locale.ROOT))) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "Two parameters are named '" + parameter.name() + "'.");
            }
            parameters.add(new Column(parameter.name(), queries.parser().canonicalType(parameter.type())));
        }
        FunctionDefinition function = new FunctionDefinition(
                name, parameters, queries.parser().canonicalType(create.returnType()), create.body());
        queries.checkFunction(context, function);
        CreateMode mode = create.orReplace()
                ? CreateMode.OR_REPLACE
                : create.ifNotExists() ? CreateMode.IF_NOT_EXISTS : CreateMode.CREATE;
        boolean created = lake.functions().create(context.caller(), function, mode);
        return Outcome.message(
                created
                        ? "Function " + function.signature() + " is created."
                        : name + " exists already; it was left as it is.");
    }
}
