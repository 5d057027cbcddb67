package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** Turns what Iceberg throws out of a commit into Estran's errors. */
final class CommitErrors {

    private CommitErrors() {}

    static EstranException translate(RuntimeException error, TableName name, Path location) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            switch (t) {
                case EstranException known -> {
                    return known;
                }
                case CommitStateUnknownException unknown -> {
                    return new EstranException(
                            ErrorCode.COMMIT_UNKNOWN,
                            "It is not known whether the change of " + name.sql()
                                    + " was committed. Look at its history before trying again.",
                            unknown);
                }
                case ValidationException conflict -> {
                    return conflict(name, conflict);
                }
                case CommitFailedException conflict -> {
                    return conflict(name, conflict);
                }
                case IOException io -> {
                    return dev.estran.storage.StorageErrors.translate(io, location);
                }
                default -> {
                    // Looks further down the causes.
                }
            }
        }
        return new EstranException(ErrorCode.INTERNAL, "Committing " + name.sql() + " failed: " + error, error);
    }

    /** Whether it is certain that nothing was committed. */
    static boolean certain(RuntimeException error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CommitStateUnknownException
                    || (t instanceof EstranException known && known.code() == ErrorCode.COMMIT_UNKNOWN)) {
                return false;
            }
        }
        return true;
    }

    private static EstranException conflict(TableName name, RuntimeException cause) {
        return new EstranException(
                ErrorCode.COMMIT_CONFLICT,
                "Somebody else changed " + name.sql() + " at the same time; nothing of this change was committed. Run"
                        + " the statement again.",
                Map.of("name", name.sql()),
                cause);
    }
}
