package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the metastore's schema up to date. The migration library is loaded only where there is something to do. */
final class Migrations {

    /** Version of the newest file in {@code dev/estran/metastore}; a test holds the two together. */
    static final int CURRENT = 5;

    private static final String TABLE = "schema_history";

    private Migrations() {}

    /** @throws EstranException INVALID_CONFIGURATION where a newer Estran wrote the metastore */
    static void run(String place, DataSource source) throws SQLException {
        int found = version(source);
        if (found > CURRENT) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The metastore (" + place + ") has schema version " + found + ", this Estran knows " + CURRENT
                            + ". Start the newer Estran that wrote it, or restore a backup.");
        }
        if (found < CURRENT) {
            migrate(source);
        }
    }

    private static int version(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), TABLE, null)) {
                if (!tables.next()) {
                    return 0;
                }
            }
            try (PreparedStatement statement = connection.prepareStatement("SELECT version, success FROM " + TABLE);
                    ResultSet rows = statement.executeQuery()) {
                int newest = 0;
                while (rows.next()) {
                    if (rows.getBoolean(2) && rows.getString(1) != null) {
                        newest = Math.max(newest, Integer.parseInt(rows.getString(1)));
                    }
                }
                return newest;
            }
        }
    }

    private static void migrate(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .table(TABLE)
                .locations("classpath:dev/estran/metastore")
                .load()
                .migrate();
    }
}
