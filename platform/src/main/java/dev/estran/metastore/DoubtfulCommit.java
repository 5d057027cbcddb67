package dev.estran.metastore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A transaction whose COMMIT got no answer. PostgreSQL remembers what became of each transaction id, so it is asked again
 * once it can be reached; while the transaction is still open its session is ended, which decides it.
 *
 * @param transactionId 64 bits, as text
 * @param processId the server process that ran it
 */
record DoubtfulCommit(String transactionId, int processId) {

    enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        UNKNOWN
    }

    private static final long FIRST_WAIT_MILLIS = 20;
    private static final long LONGEST_WAIT_MILLIS = 500;

    /** The transaction open on a connection; null where it has written nothing. */
    static @Nullable DoubtfulCommit of(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_current_xact_id_if_assigned()::text, pg_backend_pid()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            String id = row.getString(1);
            return id == null ? null : new DoubtfulCommit(id, row.getInt(2));
        }
    }

    /** Asks until it is certain, or the time is over. An interrupt is kept for later: what is asked matters too much. */
    Outcome resolve(DataSource source, Duration patience) {
        boolean interrupted = Thread.interrupted();
        try {
            long end = System.nanoTime() + patience.toNanos();
            for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
                Outcome outcome = ask(source);
                if (outcome != Outcome.UNKNOWN || System.nanoTime() > end) {
                    return outcome;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome ask(DataSource source) {
        try (Connection connection = source.getConnection()) {
            String status = status(connection);
            if ("in progress".equals(status)) {
                endSession(connection);
            }
            connection.rollback();
            return switch (status) {
                case "committed" -> Outcome.COMMITTED;
                case "aborted" -> Outcome.ROLLED_BACK;
                case null, default -> Outcome.UNKNOWN;
            };
        } catch (SQLException e) {
            return Outcome.UNKNOWN; // not up again yet, or another server that never saw the transaction
        }
    }

    private @Nullable String status(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_xact_status(?::xid8)")) {
            statement.setString(1, transactionId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void endSession(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND backend_xid = ?::xid8::xid")) {
            statement.setInt(1, processId);
            statement.setString(2, transactionId);
            statement.executeQuery().close();
        }
    }
}
