package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a PostgreSQL database before it is used, and brings its schema up to date. */
final class PostgresSchema {

    private static final Logger log = LoggerFactory.getLogger(PostgresSchema.class);

    /** The first with {@code pg_current_xact_id}, which commits without an answer are looked up by. */
    private static final int OLDEST_VERSION = 130_000;

    /** Any number, the same in all of Estran: held while columns are changed. */
    private static final long LOCK = 0x657374_72616eL;

    /** Text columns that would sort by the rules of a language. */
    private static final String LANGUAGE_SORTED = """
            SELECT format('ALTER TABLE %I.%I ALTER COLUMN %I TYPE text COLLATE "C"', n.nspname, t.relname, c.attname)
            FROM pg_attribute c JOIN pg_class t ON t.oid = c.attrelid JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE n.nspname = current_schema() AND t.relkind = 'r' AND c.attnum > 0 AND NOT c.attisdropped
              AND c.atttypid = 'text'::regtype AND c.attcollation <> '"C"'::regcollation
            ORDER BY t.relname, c.attnum""";

    private PostgresSchema() {}

    static void prepare(PostgresDatabase database, PostgresErrors errors) {
        DataSource source = PostgresConnections.dataSource(database);
        try {
            try (Connection connection = source.getConnection()) {
                check(connection, database);
            }
            Migrations.run(database.toString(), source);
            try (Connection connection = source.getConnection()) {
                sortByCode(connection);
            }
        } catch (SQLException e) {
            throw errors.translate(e, e);
        } catch (FlywayException e) {
            SQLException sql = SqlCauses.find(e);
            throw sql != null
                    ? errors.translate(sql, e)
                    : new EstranException(
                            ErrorCode.INVALID_CONFIGURATION,
                            "The metastore " + database.url().place() + " cannot be migrated: its schema holds tables"
                                    + " that are not Estran's, or ones that were changed by hand. Give Estran a database"
                                    + " of its own, or a schema (currentSchema=estran in the URL).",
                            e);
        }
    }

    /** What the server says of itself. */
    static String version(PostgresDatabase database) {
        PostgresErrors errors = new PostgresErrors(database.url().place());
        try (Connection connection = PostgresConnections.dataSource(database).getConnection()) {
            check(connection, database);
            return setting(connection, "server_version");
        } catch (SQLException e) {
            throw errors.translate(e, e);
        }
    }

    private static void check(Connection connection, PostgresDatabase database) throws SQLException {
        String place = database.url().place();
        if (Integer.parseInt(setting(connection, "server_version_num")) < OLDEST_VERSION) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The metastore " + place + " is PostgreSQL " + setting(connection, "server_version")
                            + "; Estran needs " + OLDEST_VERSION / 10_000 + " or later.");
        }
        if (!setting(connection, "server_encoding").equals("UTF8")) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The metastore " + place + " is encoded in " + setting(connection, "server_encoding")
                            + ". Make the database with ENCODING 'UTF8' TEMPLATE template0.");
        }
        if (connection.getSchema() == null) {
            throw new SQLException("no current schema", "3F000");
        }
        if (setting(connection, "fsync").equals("off")) {
            log.warn("PostgreSQL at {} runs with fsync off: a power cut may lose or damage the metastore", place);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Names sort by code point, whatever the language of the database: as in SQLite, and the same on every server. */
    private static void sortByCode(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> changes = list(statement, LANGUAGE_SORTED);
            if (changes.isEmpty()) {
                return;
            }
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            for (String change : list(statement, LANGUAGE_SORTED)) {
                statement.execute(change);
            }
            connection.commit();
        }
    }

    private static List<String> list(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
