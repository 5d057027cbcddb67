package dev.estran.metastore;

import dev.estran.EstranException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The relational store of everything that is not table data: names, pointers, views, settings; in an SQLite file or in
 * PostgreSQL. Thread-safe. A commit is on disk when {@link #transact} returns.
 */
public final class Metastore implements AutoCloseable {

    private final MetastoreAddress address;
    private final Backend backend;

    private Metastore(MetastoreAddress address, Backend backend) {
        this.address = address;
        this.backend = backend;
    }

    /** Opens the SQLite file, creating or migrating it where needed. */
    public static Metastore open(Path file) {
        return open(new MetastoreAddress.SqliteFile(file));
    }

    /**
     * Opens the database, creating or migrating what is in it where needed.
     *
     * @throws EstranException INVALID_CONFIGURATION (no such database, wrong password, written by a newer Estran),
     *     STORAGE_FAILED (it does not answer)
     */
    public static Metastore open(MetastoreAddress address) {
        return new Metastore(
                address,
                switch (address) {
                    case MetastoreAddress.SqliteFile sqlite -> SqliteBackend.open(sqlite.file());
                    case MetastoreAddress.PostgresDatabase postgres -> PostgresBackend.open(postgres);
                });
    }

    /**
     * Asks the database for a sign of life, and changes nothing.
     *
     * @return what it says of itself, to stand after the address
     * @throws EstranException as {@link #open(MetastoreAddress)}
     */
    public static String probe(MetastoreAddress address) {
        return switch (address) {
            case MetastoreAddress.SqliteFile sqlite -> Files.exists(sqlite.file()) ? "" : " (made at first use)";
            case MetastoreAddress.PostgresDatabase postgres ->
                ", answers (version " + PostgresSchema.version(postgres) + ")";
        };
    }

    /** Runs queries that see one consistent state. The work must not write, and may run again. */
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        return backend.read(work);
    }

    /**
     * Runs the work in one transaction, as if no other ran at the same time; it commits when the work returns and rolls
     * back when it throws. The work may run again where others were faster or the connection broke, so it must only touch
     * the handle. Not to be nested.
     *
     * @throws EstranException COMMIT_UNKNOWN where it may be committed or not; after any other error it is not
     */
    public <T extends @Nullable Object> T transact(Function<Handle, T> work) {
        return backend.transact(work);
    }

    /** Whether other processes may write to it at the same time. */
    public boolean shared() {
        return backend.shared();
    }

    public MetastoreAddress address() {
        return address;
    }

    @Override
    public void close() {
        backend.close();
    }
}
