package dev.estran.metastore;

import com.zaxxer.hikari.HikariDataSource;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database. Readers see one snapshot (REPEATABLE READ); writers run SERIALIZABLE and start anew when the
 * database says that others were faster, or when the connection breaks before the commit. A commit without an answer is
 * looked up, so that a change is neither lost nor made twice.
 */
final class PostgresBackend implements Backend {

    private static final Logger log = LoggerFactory.getLogger(PostgresBackend.class);

    private static final int ATTEMPTS_AFTER_CONFLICT = 12;
    private static final int ATTEMPTS_AFTER_LOSS = 3;
    private static final int ATTEMPTS_AFTER_CONSTRAINT = 2;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private final PostgresDatabase database;
    private final PostgresErrors errors;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Jdbi reading;
    private final Jdbi writing;

    private PostgresBackend(PostgresDatabase database, PostgresErrors errors) {
        this.database = database;
        this.errors = errors;
        this.readers = PostgresConnections.readers(database);
        this.writers = PostgresConnections.writers(database);
        this.reading = jdbi(readers);
        this.writing = jdbi(writers);
    }

    static PostgresBackend open(PostgresDatabase database) {
        PostgresErrors errors = new PostgresErrors(database.url().place());
        PostgresSchema.prepare(database, errors);
        return new PostgresBackend(database, errors);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = open(reading)) {
                try {
                    T result = work.apply(handle);
                    handle.getConnection().commit();
                    return result;
                } catch (JdbiException | SQLException e) {
                    SQLException sql = SqlCauses.find(e);
                    if (sql == null || !PostgresErrors.isLost(sql) || attempt == ATTEMPTS_AFTER_LOSS) {
                        throw translated(e);
                    }
                    noteLoss(sql);
                }
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T transact(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            Attempt<T> attempted = attempt(work);
            switch (attempted) {
                case Committed<T> done -> {
                    return done.result();
                }
                case RolledBack<T> failed -> {
                    if (attempt >= attemptsAfter(failed.error())) {
                        throw translated(failed.error());
                    }
                    SQLException sql = SqlCauses.find(failed.error());
                    if (sql != null && PostgresErrors.isLost(sql)) {
                        noteLoss(sql);
                    }
                    pause(attempt);
                }
            }
        }
    }

    private sealed interface Attempt<T extends @Nullable Object> {}

    private record Committed<T extends @Nullable Object>(T result) implements Attempt<T> {}

    /** Certain to have left nothing behind. */
    private record RolledBack<T extends @Nullable Object>(Exception error) implements Attempt<T> {}

    private <T extends @Nullable Object> Attempt<T> attempt(Function<Handle, T> work) {
        try (Handle handle = open(writing)) {
            Connection connection = handle.getConnection();
            T result;
            DoubtfulCommit ifUnanswered;
            try {
                result = work.apply(handle);
                ifUnanswered = DoubtfulCommit.of(connection);
            } catch (JdbiException | SQLException e) {
                rollBack(connection);
                return new RolledBack<>(e);
            } catch (RuntimeException | Error e) {
                rollBack(connection);
                throw e;
            }
            try {
                connection.commit();
                return new Committed<>(result);
            } catch (SQLException e) {
                return afterFailedCommit(e, ifUnanswered, result);
            }
        }
    }

    private <T extends @Nullable Object> Attempt<T> afterFailedCommit(
            SQLException error, @Nullable DoubtfulCommit commit, T result) {
        if (!PostgresErrors.isLost(error)) {
            return new RolledBack<>(error);
        }
        if (commit == null) {
            return new Committed<>(result); // it had written nothing
        }
        return switch (commit.resolve(readers, database.timeout())) {
            case COMMITTED -> new Committed<>(result);
            case ROLLED_BACK -> new RolledBack<>(error);
            case UNKNOWN ->
                throw new EstranException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "The connection to the metastore broke during a commit, and it does not answer since: the change"
                                + " may be made or not. Look before you make it again.",
                        error);
        };
    }

    private void noteLoss(SQLException error) {
        log.warn(
                "A connection to the metastore {} broke ({}); what ran on it is run again",
                database.url().place(),
                PostgresErrors.state(error));
    }

    private static int attemptsAfter(Exception error) {
        SQLException sql = SqlCauses.find(error);
        if (sql == null) {
            return 1;
        }
        if (PostgresErrors.isSerialization(sql)) {
            return ATTEMPTS_AFTER_CONFLICT;
        }
        if (PostgresErrors.isLost(sql)) {
            return ATTEMPTS_AFTER_LOSS;
        }
        return PostgresErrors.isConstraint(sql) ? ATTEMPTS_AFTER_CONSTRAINT : 1;
    }

    /** Of random length, so that two writers do not meet again. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE_MILLIS, 4L << attempt)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstranException(ErrorCode.CANCELLED, "Interrupted while waiting for the metastore.", e);
        }
    }

    private Handle open(Jdbi jdbi) {
        try {
            return jdbi.open();
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    private RuntimeException translated(Exception error) {
        SQLException sql = SqlCauses.find(error);
        if (sql != null) {
            return errors.translate(sql, error);
        }
        return error instanceof RuntimeException e ? e : new IllegalStateException(error);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The server rolls back what has no connection; the error that brought us here is the one to report.
        }
    }

    /** The transaction is this class's own; error texts name the statement, not its values. */
    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
