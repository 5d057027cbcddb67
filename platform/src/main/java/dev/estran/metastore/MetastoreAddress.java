package dev.estran.metastore;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.config.DatabaseUrl;
import dev.estran.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which database holds the metastore. */
public sealed interface MetastoreAddress {

    /** One file, of one process. */
    record SqliteFile(Path file) implements MetastoreAddress {
        @Override
        public String toString() {
            return "SQLite, " + file;
        }
    }

    /**
     * A PostgreSQL database, which several processes may share.
     *
     * @param password empty where the server asks for none
     * @param connections at most, at least 2
     * @param timeout for a connection, and for each answer
     */
    record PostgresDatabase(DatabaseUrl url, String user, String password, int connections, Duration timeout)
            implements MetastoreAddress {
        @Override
        public String toString() {
            return "PostgreSQL, " + (user.isEmpty() ? "" : user + "@") + url.place();
        }
    }

    /**
     * What the configuration says.
     *
     * @param file the SQLite file where it names no other database
     * @param environment value of an environment variable, or null
     * @throws EstranException INVALID_CONFIGURATION
     */
    static MetastoreAddress of(Config config, Path file, Function<String, @Nullable String> environment) {
        String text = config.get(Settings.METASTORE_URL);
        if (text.isEmpty()) {
            return new SqliteFile(file);
        }
        DatabaseUrl url = DatabaseUrl.parse(text);
        String user = config.get(Settings.METASTORE_USER);
        return new PostgresDatabase(
                url,
                user.isEmpty() ? url.user() : user,
                password(config.get(Settings.METASTORE_PASSWORD), environment),
                config.get(Settings.METASTORE_CONNECTIONS),
                Duration.ofMillis(config.get(Settings.METASTORE_TIMEOUT)));
    }

    private static String password(String reference, Function<String, @Nullable String> environment) {
        if (reference.isEmpty()) {
            return "";
        }
        String name = reference.substring(reference.indexOf(':') + 1);
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The environment variable " + name + ", which metastore.password names, is not set.");
        }
        return value;
    }
}
