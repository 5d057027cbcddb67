package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One SQLite file. A transaction that writes holds the write lock from its start. */
final class SqliteBackend implements Backend {

    private static final int READERS = 4;
    private static final int ATTEMPTS = 5;

    private final SqliteConnections readers;
    private final SqliteConnections writer;
    private final Jdbi reading;
    private final Jdbi writing;

    private SqliteBackend(SqliteConnections readers, SqliteConnections writer) {
        this.readers = readers;
        this.writer = writer;
        this.reading = Jdbi.create(factory(readers));
        this.writing = Jdbi.create(factory(writer));
    }

    static SqliteBackend open(Path file) {
        try {
            Migrations.run(file.toString(), SqliteConnections.dataSource(file, SQLiteConfig.TransactionMode.IMMEDIATE));
        } catch (SQLException e) {
            throw translate(e, e);
        } catch (RuntimeException e) {
            throw e instanceof EstranException ? e : failedToOpen(file, e);
        }
        return new SqliteBackend(SqliteConnections.readers(file, READERS), SqliteConnections.writer(file));
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        return run(reading, work);
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return run(writing, work);
            } catch (EstranException e) {
                if (attempt == ATTEMPTS || !isBusy(e)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void close() {
        try {
            readers.close();
            writer.close();
        } catch (SQLException e) {
            throw translate(e, e);
        }
    }

    private static <T extends @Nullable Object> T run(Jdbi jdbi, Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(handle -> work.apply(handle));
        } catch (JdbiException e) {
            SQLException sql = SqlCauses.find(e);
            throw sql == null ? e : translate(sql, e);
        }
    }

    private static ConnectionFactory factory(SqliteConnections connections) {
        return new ConnectionFactory() {
            @Override
            public Connection openConnection() throws SQLException {
                return connections.take();
            }

            @Override
            public void closeConnection(Connection connection) throws SQLException {
                connections.giveBack(connection);
            }
        };
    }

    private static EstranException failedToOpen(Path file, RuntimeException e) {
        SQLException sql = SqlCauses.find(e);
        return sql != null
                ? translate(sql, e)
                : new EstranException(
                        ErrorCode.STORAGE_FAILED,
                        "The metastore " + file + " cannot be opened or migrated. "
                                + (e instanceof FlywayException ? "Restore a backup of it." : "See the log."),
                        e);
    }

    private static EstranException translate(SQLException sql, Exception cause) {
        SQLiteErrorCode code = sql instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code) {
            case SQLITE_FULL ->
                new EstranException(
                        ErrorCode.STORAGE_FULL,
                        "The disk of the metastore is full; nothing was changed. Free some space and try again.",
                        cause);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_TIMEOUT ->
                new EstranException(ErrorCode.TIMEOUT, "The metastore is locked by another program.", cause);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new EstranException(
                        ErrorCode.STORAGE_FAILED, "The metastore file is damaged. Restore a backup of it.", cause);
            default -> {
                String name = code.name();
                yield name.startsWith("SQLITE_IOERR")
                                || name.startsWith("SQLITE_CANTOPEN")
                                || name.startsWith("SQLITE_READONLY")
                        ? new EstranException(
                                ErrorCode.STORAGE_FAILED,
                                "The metastore cannot be read or written (" + name + ").",
                                cause)
                        : new EstranException(ErrorCode.INTERNAL, "The metastore refused a statement: " + sql, cause);
            }
        };
    }

    private static boolean isBusy(EstranException e) {
        return e.code() == ErrorCode.TIMEOUT && SqlCauses.find(e) != null;
    }
}
