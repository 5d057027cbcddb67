package dev.estran.platform;

import dev.estran.Caller;
import dev.estran.access.Access;
import dev.estran.access.AuditLog;
import dev.estran.ai.AiFunctions;
import dev.estran.ai.LocalMethodTable;
import dev.estran.config.Config;
import dev.estran.config.Logging;
import dev.estran.config.Settings;
import dev.estran.export.ExportService;
import dev.estran.http.Services;
import dev.estran.journal.Journal;
import dev.estran.lake.Lake;
import dev.estran.load.LoadService;
import dev.estran.metastore.DataDirectory;
import dev.estran.metastore.Metastore;
import dev.estran.metastore.MetastoreAddress;
import dev.estran.model.ConnectionTable;
import dev.estran.model.EndpointTable;
import dev.estran.model.ModelStatements;
import dev.estran.model.TrialCalls;
import dev.estran.model.UsageRecord;
import dev.estran.model.training.ModelTrainingStatements;
import dev.estran.model.training.TrainedModelTable;
import dev.estran.query.SavedQueries;
import dev.estran.query.SavedQueryTable;
import dev.estran.secret.StoredSecrets;
import dev.estran.sql.CatalogTables;
import dev.estran.sql.Gate;
import dev.estran.sql.HistoryLog;
import dev.estran.sql.JournalTables;
import dev.estran.sql.SqlLimits;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.Statements;
import dev.estran.sql.SystemTable;
import dev.estran.sql.SystemTables;
import dev.estran.sql.duckdb.DuckDbEngine;
import dev.estran.sql.duckdb.DuckDbParser;
import dev.estran.sql.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The whole product, wired: every service is made here, each by one constructor call. Owns the data directory. */
public final class Platform implements AutoCloseable {

    private final Config config;
    private final DataDirectory directory;
    private final Metastore metastore;
    private final Journal journal;
    private final DuckDbParser parser;
    private final DuckDbEngine engine;
    private final Lake lake;
    private final Identities identities;
    private final StoredSecrets secrets;
    private final AiParts ai;
    private final JournalTables journalTables;
    private final SqlService sql;
    private final LoadService load;
    private final ExportService export;
    private final SavedQueries savedQueries;
    private @Nullable Server server;
    private @Nullable Housekeeping housekeeping;

    private Platform(Config config, DataDirectory directory, Clock clock, UnaryOperator<Access.DecisionLog> decisions) {
        this.config = config;
        this.directory = directory;
        Supplier<String> ids = new Ids();
        metastore = Metastore.open(MetastoreAddress.of(config, directory.metastore(), System::getenv));
        journal = new Journal(directory.journal(), List.of(HistoryLog.TYPE, UsageRecord.JOURNAL, AuditLog.TYPE));
        Access access = new Access(metastore, decisions.apply(new AuditLog(journal, clock)));
        identities = new Identities(access, metastore, clock);
        Path warehouse = WarehouseFolder.open(config, directory, metastore);
        lake = new Lake(metastore, warehouse, access, clock);

        parser = new DuckDbParser();
        engine = new DuckDbEngine(engineSettings(config, directory));
        secrets = new StoredSecrets(access, metastore, directory.secretsKey(), System::getenv, clock);
        secrets.finishRotation();
        ai = new AiParts(
                config,
                directory,
                WarehouseFolder.models(config, directory),
                metastore,
                access,
                journal,
                secrets,
                parser,
                clock);

        journalTables = new JournalTables(journal, lake, engine, access, directory.node());
        List<SystemTable> tables = new ArrayList<>(new CatalogTables(lake).tables());
        tables.add(new ConnectionTable(ai.endpoints()));
        tables.add(new EndpointTable(ai.endpoints()));
        tables.add(new LocalMethodTable(access));
        savedQueries = new SavedQueries(access, metastore, config.get(Settings.SQL_STATEMENT_LIMIT), clock, ids);
        tables.add(new SavedQueryTable(savedQueries));
        tables.add(new TrainedModelTable(ai.trainedModels()));
        SystemTables systemTables = new SystemTables(tables, journalTables);

        List<StatementHandler> handlers =
                List.of(new ModelStatements(ai.endpoints()), new ModelTrainingStatements(ai.trainedModels()));
        Gate gate = new Gate(parser, AiFunctions::owns);
        SqlLimits limits = SqlLimits.of(config);
        Statements statements = new Statements(
                lake,
                systemTables,
                parser,
                gate,
                engine,
                ai.calls(),
                handlers,
                identities.services(),
                limits,
                journal::sync);
        Leftovers.remove(directory.tmp());
        sql = new SqlService(access, limits, statements, new HistoryLog(journal, clock), clock, ids);
        load = new LoadService(sql, lake, engine, directory.rejects());
        export = new ExportService(sql, engine, directory.tmp().resolve("exports"));
    }

    private static DuckDbSettings engineSettings(Config config, DataDirectory directory) {
        DuckDbSettings defaults = DuckDbSettings.defaults(directory.tmp().resolve("engine"));
        int threads = config.get(Settings.SQL_THREADS);
        return new DuckDbSettings(
                defaults.directory(),
                threads == 0 ? defaults.threads() : threads,
                defaults.maxTempBytes(),
                defaults.spare());
    }

    /** Opens the data directory and everything on it; nothing listens yet. */
    public static Platform start(Config config) {
        return start(config, log -> log);
    }

    /** @param decisions wraps the log of rights decisions, for tests that look at them */
    static Platform start(Config config, UnaryOperator<Access.DecisionLog> decisions) {
        DataDirectory directory = DataDirectory.open(config.dataDirectory());
        try {
            Logging.configure(
                    config.dataDirectory().resolve("logs").resolve("estran.log"),
                    java.util.logging.Level.parse(config.get(Settings.LOG_LEVEL)));
            return new Platform(config, directory, Clock.systemUTC(), decisions);
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** Listens on HTTP, and starts what a long-lived process does in the background. */
    public ServerAddress serve() {
        Server http = new Server(this, directory.serverFile());
        server = http;
        lake.purgeDropped(Caller.SYSTEM);
        if (!metastore.shared()) { // others may be training
            ai.trainedModels().removeUnnamed();
        }
        housekeeping = new Housekeeping(journalTables, lake);
        return http.start();
    }

    public Config config() {
        return config;
    }

    public SqlService sql() {
        return sql;
    }

    public LoadService load() {
        return load;
    }

    public ExportService export() {
        return export;
    }

    public SavedQueries savedQueries() {
        return savedQueries;
    }

    public Lake lake() {
        return lake;
    }

    /** Who there is and what they may do. */
    public Identities identities() {
        return identities;
    }

    /** What the HTTP routes call. */
    public Services services() {
        return new Services(sql, load, export, lake, savedQueries, secrets, ai.trials());
    }

    public StoredSecrets secrets() {
        return secrets;
    }

    /** Test calls to endpoints. */
    public TrialCalls trials() {
        return ai.trials();
    }

    /** The journal's tables, to flush them at will. */
    public JournalTables journalTables() {
        return journalTables;
    }

    /** In the reverse order of their making. */
    @Override
    public void close() {
        Closing closing = new Closing();
        if (server != null) {
            closing.close("server", server);
        }
        if (housekeeping != null) {
            closing.close("housekeeping", housekeeping);
        }
        closing.close("statements", sql);
        closing.close("AI", ai);
        closing.close("engine", engine);
        closing.close("parser", parser);
        closing.close("journal", journal);
        closing.close("metastore", metastore);
        closing.close("data directory", directory);
        closing.rethrow();
    }
}
