package dev.estran.sql;

import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.Lake;
import java.util.List;

/** Full names for the names that statements write. */
final class Names {

    private final Lake lake;

    Names(Lake lake) {
        this.lake = lake;
    }

    /** An object that should exist: the first schema of the search path that has it, else the current schema. */
    TableName table(StatementContext context, Statement.Name name) {
        List<SchemaName> path = context.state().searchPath();
        List<String> parts = name.parts();
        if (parts.size() == 1) {
            return path.stream()
                    .map(schema -> schema.table(parts.getFirst()))
                    .filter(candidate ->
                            lake.catalogs().kind(context.caller(), candidate).isPresent())
                    .findFirst()
                    .orElseGet(() -> created(context, name));
        }
        return created(context, name);
    }

    /** An object to create: in the current schema where none is written. */
    static TableName created(StatementContext context, Statement.Name name) {
        SchemaName current = context.state().searchPath().getFirst();
        List<String> parts = name.parts();
        return switch (parts.size()) {
            case 1 -> current.table(parts.get(0));
            case 2 -> new TableName(current.catalog(), parts.get(0), parts.get(1));
            default -> new TableName(parts.get(0), parts.get(1), parts.get(2));
        };
    }

    static SchemaName schema(StatementContext context, Statement.Name name) {
        List<String> parts = name.parts();
        if (parts.size() > 2) {
            throw new dev.estran.EstranException(
                    dev.estran.ErrorCode.SYNTAX_ERROR, "A schema's name has one or two parts, not '" + name + "'.");
        }
        String catalog = context.state().searchPath().getFirst().catalog();
        return parts.size() == 1 ? new SchemaName(catalog, parts.get(0)) : new SchemaName(parts.get(0), parts.get(1));
    }
}
