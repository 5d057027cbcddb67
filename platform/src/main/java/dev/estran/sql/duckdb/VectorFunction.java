package dev.estran.sql.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.jspecify.annotations.Nullable;

/** Volatile scalar functions over VARCHAR, called with whole vectors. */
final class VectorFunction {

    private VectorFunction() {}

    static void register(
            DuckDBConnection connection,
            String name,
            int arity,
            Function<List<@Nullable String[]>, @Nullable String[]> body)
            throws SQLException {
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name);
            for (int i = 0; i < arity; i++) {
                builder.withParameter(DuckDBColumnType.VARCHAR);
            }
            builder.withReturnType(DuckDBColumnType.VARCHAR)
                    .withVolatile()
                    .withVectorizedFunction((in, out) -> {
                        @Nullable String[] answers = body.apply(arguments(in, arity));
                        out.setStrings(0, answers);
                    })
                    .register(connection);
        }
    }

    private static List<@Nullable String[]> arguments(DuckDBDataChunkReader in, int arity) {
        int rows = (int) in.rowCount();
        List<@Nullable String[]> arguments = new ArrayList<>(arity);
        for (int column = 0; column < arity; column++) {
            DuckDBReadableVector vector = in.vector(column);
            @Nullable String[] values = new @Nullable String[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = vector.isNull(row) ? null : vector.getString(row);
            }
            arguments.add(values);
        }
        return arguments;
    }
}
