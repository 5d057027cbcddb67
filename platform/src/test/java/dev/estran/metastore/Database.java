package dev.estran.metastore;

import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import dev.estran.metastore.MetastoreAddress.SqliteFile;
import java.nio.file.Path;
import java.util.Map;

/** The databases a metastore may be in; suites that depend on it run on each. */
public enum Database {
    SQLITE,
    POSTGRES;

    /** One that nobody has used yet. The test is skipped where the database is not installed. */
    public MetastoreAddress fresh(Path file) {
        return switch (this) {
            case SQLITE -> new SqliteFile(file);
            case POSTGRES -> PostgresServer.shared().newDatabase();
        };
    }

    /** Settings of a platform that is to use such a metastore. */
    public static Map<String, String> settings(MetastoreAddress address) {
        return switch (address) {
            case SqliteFile file -> Map.of();
            case PostgresDatabase postgres ->
                Map.of(
                        "metastore.url", postgres.url().jdbc(),
                        "metastore.user", postgres.user());
        };
    }
}
