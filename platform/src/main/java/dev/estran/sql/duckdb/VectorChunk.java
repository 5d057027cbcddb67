package dev.estran.sql.duckdb;

import dev.estran.sql.Chunk;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** A chunk of the engine, read in place. */
final class VectorChunk implements Chunk {

    private final int rows;
    private final DuckDBReadableVector[] vectors;
    private final ColumnReader[] readers;

    VectorChunk(DuckDBDataChunkReader chunk, List<ColumnReader> readers) {
        this.rows = (int) chunk.rowCount();
        this.readers = readers.toArray(ColumnReader[]::new);
        this.vectors = new DuckDBReadableVector[this.readers.length];
        for (int column = 0; column < vectors.length; column++) {
            vectors[column] = chunk.vector(column);
        }
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public int columnCount() {
        return vectors.length;
    }

    @Override
    public @Nullable Object value(int row, int column) {
        DuckDBReadableVector vector = vectors[column];
        return vector.isNull(row) ? null : readers[column].value().read(vector, row);
    }
}
