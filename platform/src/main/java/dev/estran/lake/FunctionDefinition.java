package dev.estran.lake;

import dev.estran.Column;
import dev.estran.TableName;
import java.util.List;

/**
 * A function that a user wrote in SQL.
 *
 * @param parameters names and types, in order
 * @param body an expression over the parameters, as it was written
 */
public record FunctionDefinition(TableName name, List<Column> parameters, String returnType, String body) {

    public FunctionDefinition {
        parameters = List.copyOf(parameters);
    }

    /** {@code lake.demo.mask(VARCHAR) -> VARCHAR}. */
    public String signature() {
        return name.sql()
                + parameters.stream()
                        .map(Column::type)
                        .toList()
                        .toString()
                        .replace('[', '(')
                        .replace(']', ')') + " -> " + returnType;
    }
}
