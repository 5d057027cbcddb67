package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL's errors as Estran's, by SQLSTATE (appendix A of its documentation), never by message text. */
final class PostgresErrors {

    private static final Set<String> SERIALIZATION = Set.of("40001", "40P01");
    private static final Set<String> CONSTRAINT = Set.of("23505", "23503", "23P01");

    /** The server ended the connection, or takes none at the moment. */
    private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

    private final String place;

    /** @param place how messages call the database */
    PostgresErrors(String place) {
        this.place = place;
    }

    static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }

    /** Others wrote at the same time: the same work may succeed when it runs again. */
    static boolean isSerialization(SQLException error) {
        return SERIALIZATION.contains(state(error));
    }

    /** A row that others wrote at the same time may be behind it; the work that runs again sees that row. */
    static boolean isConstraint(SQLException error) {
        return CONSTRAINT.contains(state(error));
    }

    /** The connection is gone, and with it the transaction, unless that was about to commit. */
    static boolean isLost(SQLException error) {
        return state(error).startsWith("08") || ENDED.contains(state(error));
    }

    EstranException translate(SQLException error, Exception cause) {
        String state = state(error);
        if (isSerialization(error)) {
            return new EstranException(
                    ErrorCode.COMMIT_CONFLICT,
                    "Others changed the metastore at the same time, again and again; nothing of this change was"
                            + " committed. Run it again.",
                    cause);
        }
        if (isLost(error)) {
            return failed(
                    "does not answer (" + state + "). Check that it runs and can be reached, then try again.", cause);
        }
        return switch (state) {
            case "53100" ->
                new EstranException(
                        ErrorCode.STORAGE_FULL,
                        "The disk of " + place + " is full; nothing was changed. Free some space and try again.",
                        cause);
            case "53300" ->
                failed("takes no more connections. Lower metastore.connections or raise its max_connections.", cause);
            case "25006" ->
                failed(
                        "takes no changes: it is a standby, or set to read only. Let metastore.url name the primary"
                                + " (several hosts with targetServerType=primary).",
                        cause);
            case "57014", "55P03" ->
                new EstranException(
                        ErrorCode.TIMEOUT,
                        place + " did not answer within metastore.timeout_ms; nothing was changed. Try again.",
                        cause);
            case "28000", "28P01" ->
                configuration("refuses the user or the password. See metastore.user and metastore.password.", cause);
            case "3D000" -> configuration("is no database that the server has. CREATE DATABASE makes it.", cause);
            case "3F000" ->
                configuration("has no schema to work in. CREATE SCHEMA makes the one that the URL names.", cause);
            case "42501" ->
                configuration("does not let the user do what is needed. Let it own its database or schema.", cause);
            case "22021", "22P05" ->
                new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A text holds a character that the metastore cannot keep, such as one of code 0. Leave it out.",
                        cause);
            case "XX001", "XX002" -> failed("is damaged (" + state + "). Restore a backup.", cause);
            case "" ->
                new EstranException(
                        ErrorCode.TIMEOUT,
                        "No connection to " + place + " was free within metastore.timeout_ms. Try again, or raise"
                                + " metastore.connections.",
                        cause);
            default ->
                state.startsWith("53") || state.startsWith("58")
                        ? failed("cannot work at the moment (" + state + "). See its log, then try again.", cause)
                        : new EstranException(
                                ErrorCode.INTERNAL, "The metastore refused a statement (" + state + ")", cause);
        };
    }

    private EstranException failed(String what, Exception cause) {
        return new EstranException(ErrorCode.STORAGE_FAILED, "The metastore " + place + " " + what, cause);
    }

    private EstranException configuration(String what, Exception cause) {
        return new EstranException(ErrorCode.INVALID_CONFIGURATION, "The metastore " + place + " " + what, cause);
    }
}
