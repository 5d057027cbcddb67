package dev.estran.metastore;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Finds what the driver said below what libraries made of it. */
final class SqlCauses {

    private SqlCauses() {}

    /** The first error of the driver that carries an SQLSTATE; else the first one; null where there is none. */
    static @Nullable SQLException find(Throwable error) {
        SQLException first = null;
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                if (sql.getSQLState() != null) {
                    return sql;
                }
                first = first == null ? sql : first;
            }
        }
        return first;
    }
}
