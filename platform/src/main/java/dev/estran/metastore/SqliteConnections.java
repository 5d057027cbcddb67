package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A bounded set of connections to one SQLite file, opened when first needed. SQLite has one writer at a time: a permit in
 * front of it makes writers queue here, in order, instead of polling the file's lock.
 */
final class SqliteConnections implements AutoCloseable {

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int WAIT_SECONDS = 60;

    private final SQLiteDataSource source;
    private final boolean writer;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    private SqliteConnections(SQLiteDataSource source, boolean writer, int most) {
        this.source = source;
        this.writer = writer;
        this.permits = new Semaphore(most, true);
    }

    static SqliteConnections writer(Path file) {
        return new SqliteConnections(dataSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), true, 1);
    }

    static SqliteConnections readers(Path file, int most) {
        return new SqliteConnections(dataSource(file, SQLiteConfig.TransactionMode.DEFERRED), false, most);
    }

    static SQLiteDataSource dataSource(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** A connection of the caller's own until it is given back. */
    Connection take() throws SQLException {
        try {
            if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new EstranException(
                        ErrorCode.TIMEOUT,
                        "No metastore connection was free within " + WAIT_SECONDS + " seconds. Try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstranException(ErrorCode.CANCELLED, "Interrupted while waiting for the metastore.", e);
        }
        Connection connection = idle.poll();
        if (connection != null) {
            return connection;
        }
        try {
            connection = source.getConnection();
            if (!writer) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA query_only = 1");
                }
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    void giveBack(Connection connection) throws SQLException {
        try {
            if (connection.getAutoCommit()) {
                idle.push(connection);
            } else {
                connection.close();
            }
        } finally {
            permits.release();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
