package dev.estran.metastore;

import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import dev.estran.metastore.MetastoreAddress.SqliteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The databases a metastore may be in; suites that depend on it run on each. */
public enum Database {
    SQLITE,
    POSTGRES;

    /** Those to be had on this machine. */
    static List<Database> installed() {
        if (PostgresServer.installed()) {
            return List.of(SQLITE, POSTGRES);
        }
        System.err.println(PostgresServer.MISSING + ": on SQLite only");
        return List.of(SQLITE);
    }

    /** One that nobody has used yet. */
    public MetastoreAddress fresh(Path file) {
        return switch (this) {
            case SQLITE -> new SqliteFile(file);
            case POSTGRES -> PostgresServer.shared().newDatabase();
        };
    }

    /** Settings of a platform whose metastore is in one that nobody has used yet. */
    public Map<String, String> freshSettings() {
        return switch (this) {
            case SQLITE -> Map.of();
            case POSTGRES -> settings(PostgresServer.shared().newDatabase());
        };
    }

    /** Settings of a platform whose metastore is there. */
    public static Map<String, String> settings(PostgresDatabase database) {
        return Map.of(
                "metastore.url", database.url().jdbc(),
                "metastore.user", database.user(),
                "metastore.connections", String.valueOf(database.connections()));
    }
}
