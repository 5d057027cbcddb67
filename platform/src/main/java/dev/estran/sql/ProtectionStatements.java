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
import java.util.Map;
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
                yield dropped
                        ? Outcome.message("dropped", "{name} is dropped.", Map.of("name", name))
                        : Outcome.message("no_function", "There was no function {name}.", Map.of("name", name));
            }
            case ProtectionStatement.RowFilter filter -> rowFilter(context, filter);
            case ProtectionStatement.Mask mask -> mask(context, mask);
        };
    }

    private Outcome rowFilter(StatementContext context, ProtectionStatement.RowFilter filter) {
        TableName table = names.table(context, filter.table());
        Statement.Name function = filter.function();
        if (function == null) {
            return lake.protections().remove(context.caller(), table, null)
                    ? Outcome.message("filter_removed", "{table} has no row filter any more.", Map.of("table", table))
                    : Outcome.message("no_filter", "{table} had no row filter.", Map.of("table", table));
        }
        TableName name = Names.created(context, function);
        lake.protections().setRowFilter(context.caller(), table, name, filter.columns());
        return Outcome.message(
                "filter_set",
                "Rows of {table} are seen where {function} says yes. This holds for everyone, you included.",
                Map.of("table", table, "function", name));
    }

    private Outcome mask(StatementContext context, ProtectionStatement.Mask mask) {
        TableName table = names.table(context, mask.table());
        Map<String, Object> values = Map.of("table", table, "column", mask.column());
        Statement.Name function = mask.function();
        if (function == null) {
            return lake.protections().remove(context.caller(), table, mask.column())
                    ? Outcome.message("mask_removed", "{table}.{column} is not masked any more.", values)
                    : Outcome.message("no_mask", "{table}.{column} had no mask.", values);
        }
        TableName name = Names.created(context, function);
        lake.protections().setMask(context.caller(), table, mask.column(), name, mask.using());
        return Outcome.message(
                "mask_set",
                "{table}.{column} is shown as {function} gives it. This holds for everyone, you included.",
                Map.of("table", table, "column", mask.column(), "function", name));
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
        return created
                ? Outcome.message(
                        "function_created", "Function {function} is created.", Map.of("function", function.signature()))
                : Outcome.message("left", "{name} exists already; it was left as it is.", Map.of("name", name));
    }
}
