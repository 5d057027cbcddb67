package dev.estran.metastore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Data sources and pools of one PostgreSQL database. What the URL's options say wins over what is set here. */
final class PostgresConnections {

    private static final long IDLE_MINUTES = 5;
    private static final long LIFE_MINUTES = 30;

    /**
     * A commit must be on disk whatever the database's default is; and a transaction whose process vanished must not hold
     * its locks for the two hours TCP may take to notice.
     */
    private static final String SESSION = """
            SELECT set_config('synchronous_commit', 'on', false)
              WHERE current_setting('synchronous_commit') = 'off';
            SET idle_in_transaction_session_timeout = '60s';
            SET statement_timeout TO\s""";

    private PostgresConnections() {}

    /** Connections without a pool. */
    static DataSource dataSource(PostgresDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url().jdbc());
        if (!database.user().isEmpty()) {
            source.setUser(database.user());
        }
        if (!database.password().isEmpty()) {
            source.setPassword(database.password());
        }
        int seconds = (int) Math.max(1, database.timeout().toSeconds());
        if (!database.url().jdbc().contains("connectTimeout=")) {
            source.setConnectTimeout(seconds);
        }
        if (!database.url().jdbc().contains("socketTimeout=")) {
            // The server's own time limit comes first and says more; this one is for a network that swallows answers.
            source.setSocketTimeout(seconds + 5);
        }
        source.setTcpKeepAlive(true);
        source.setApplicationName("estran");
        // Values of rows stay out of error texts.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** Transactions that see one state and cannot write. */
    static HikariDataSource readers(PostgresDatabase database) {
        HikariConfig config = pool(database, "metastore-read", Math.max(1, database.connections() - writing(database)));
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new HikariDataSource(config);
    }

    /** Transactions as if no other ran at the same time. */
    static HikariDataSource writers(PostgresDatabase database) {
        HikariConfig config = pool(database, "metastore-write", writing(database));
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        return new HikariDataSource(config);
    }

    /** Few: writers of one process would mostly get in each other's way. */
    private static int writing(PostgresDatabase database) {
        return Math.max(1, database.connections() / 3);
    }

    private static HikariConfig pool(PostgresDatabase database, String name, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(dataSource(database));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setAutoCommit(false);
        config.setConnectionTimeout(database.timeout().toMillis());
        config.setValidationTimeout(Math.min(5_000, database.timeout().toMillis()));
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(IDLE_MINUTES));
        config.setMaxLifetime(TimeUnit.MINUTES.toMillis(LIFE_MINUTES));
        config.setConnectionInitSql(SESSION + database.timeout().toMillis());
        // The first connection is made when the schema is checked, which explains errors; the pool need not try.
        config.setInitializationFailTimeout(-1);
        return config;
    }
}
