package dev.estran.sql;

import dev.estran.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about functions written in SQL and the tables they protect. Types and bodies are text still to be checked. */
public sealed interface ProtectionStatement {

    record CreateFunction(
            Statement.Name name,
            boolean orReplace,
            boolean ifNotExists,
            List<Column> parameters,
            String returnType,
            String body)
            implements ProtectionStatement {
        public CreateFunction {
            parameters = List.copyOf(parameters);
        }
    }

    record DropFunction(Statement.Name name, boolean ifExists) implements ProtectionStatement {}

    /** @param function null to take the filter away */
    record RowFilter(Statement.Name table, Statement.@Nullable Name function, List<String> columns)
            implements ProtectionStatement {}

    /** @param function null to take the mask away */
    record Mask(Statement.Name table, String column, Statement.@Nullable Name function, List<String> using)
            implements ProtectionStatement {}
}
