package dev.estran.metastore;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A database under the metastore's contract; see {@link Metastore} for what the methods promise. */
sealed interface Backend extends AutoCloseable permits SqliteBackend, PostgresBackend {

    <T extends @Nullable Object> T read(Function<Handle, T> work);

    <T extends @Nullable Object> T transact(Function<Handle, T> work);

    /** Whether other processes may write to it. */
    boolean shared();

    @Override
    void close();
}
