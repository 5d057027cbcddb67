package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Phrase;
import dev.estran.lake.Lake;
import dev.estran.sql.StatementHandler.OwnStatement;
import dev.estran.sql.StatementRun.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out one statement by its kind. */
public final class Statements {

    private final Queries queries;
    private final RowChanges rowChanges;
    private final Definitions definitions;
    private final Listings listings;
    private final Recoveries recoveries;
    private final Explain explain;
    private final RightsStatements rights;
    private final ProtectionStatements protections;
    private final Map<String, StatementHandler> handlers = new HashMap<>();

    public Statements(
            Lake lake,
            SystemTables systemTables,
            QueryParser parser,
            Gate gate,
            SqlEngine engine,
            AiCalls ai,
            List<StatementHandler> handlers,
            RightsStatements.Services rights,
            SqlLimits limits,
            Runnable syncJournal) {
        Names names = new Names(lake);
        this.queries = new Queries(
                lake,
                systemTables,
                parser,
                gate,
                engine,
                ai,
                new MemoryPool(limits.engineMemoryBytes()),
                rights.directory()::owning,
                syncJournal);
        this.rowChanges = new RowChanges(lake, queries, names);
        this.definitions = new Definitions(lake, queries, names);
        this.recoveries = new Recoveries(lake, names);
        this.listings = new Listings(lake, systemTables, ai.names(), queries, names, recoveries);
        this.explain = new Explain(queries);
        this.rights = new RightsStatements(rights, lake, names);
        this.protections = new ProtectionStatements(lake, queries, names);
        handlers.forEach(handler -> handler.heads().forEach(head -> this.handlers.put(head, handler)));
    }

    Outcome execute(StatementContext context) {
        return switch (StatementParser.parse(context.text())) {
            case Statement.Query query -> queries.spool(context, query.text());
            case Statement.Explain explained -> explain.run(context, explained);
            case Statement.CreateTable create -> definitions.createTable(context, create);
            case Statement.CreateView create -> definitions.createView(context, create);
            case Statement.CreateSchema create -> definitions.createSchema(context, create);
            case Statement.CreateCatalog create -> definitions.createCatalog(context, create);
            case Statement.Drop drop -> definitions.drop(context, drop);
            case Statement.AlterTable alter -> definitions.alter(context, alter);
            case Statement.RenameTable rename -> definitions.rename(context, rename);
            case Statement.Comment comment -> definitions.comment(context, comment);
            case Statement.Undrop undrop -> recoveries.undrop(context, undrop);
            case Statement.Restore restore -> recoveries.restore(context, restore);
            case Statement.ShowCreate show -> recoveries.showCreate(context, show);
            case Statement.Insert insert -> rowChanges.insert(context, insert);
            case Statement.Update update -> rowChanges.update(context, update);
            case Statement.Delete delete -> rowChanges.delete(context, delete);
            case Statement.Truncate truncate -> rowChanges.truncate(context, truncate);
            case Statement.Use use -> definitions.use(context, use.name());
            case Statement.Set set -> definitions.set(context, set);
            case Statement.Show show -> listings.show(context, show);
            case Statement.Describe describe -> listings.describe(context, describe.name());
            case Statement.DescribeQuery describe -> listings.describeQuery(context, describe.query());
            case Statement.DescribeHistory describe -> listings.history(context, describe.name());
            case Statement.Own own -> own(context, own);
            case Statement.Protecting protecting -> protections.run(context, protecting.statement());
            case Statement.Rights about -> rights.run(context, about.statement());
        };
    }

    /** What the AI calls of the statement's query would be and cost; none is made. */
    AiCalls.Estimate estimate(StatementContext context, String text) {
        return explain.aiCalls(context, text);
    }

    private Outcome own(StatementContext context, Statement.Own own) {
        OwnStatement given = own.statement();
        StatementHandler handler = handlers.get(given.head());
        if (handler == null) {
            throw StatementParser.notBuilt(given.head());
        }
        String name = own.schemaObject()
                ? Names.created(context, new Statement.Name(List.of(given.name().split("\\.", -1))))
                        .toString()
                : given.name();
        OwnStatement named = new OwnStatement(
                given.head(),
                name,
                given.orReplace(),
                given.ifExists(),
                given.options(),
                given.query(),
                given.predicting());
        StatementHandler.Result result = handler.run(new HandlerContext(context), named);
        return rows(context, result.columns(), result.rows());
    }

    Outcome run(StatementContext context, StatementHandler.Job job) {
        StatementHandler.Result result = job.run(new HandlerContext(context));
        return rows(context, result.columns(), result.rows());
    }

    /** Rows that Estran itself made, as a result. */
    static Outcome rows(
            StatementContext context, List<Column> columns, List<? extends List<? extends @Nullable Object>> rows) {
        ResultSpool spool = new ResultSpool(
                context.spoolFile(),
                columns,
                context.rowLimit(),
                context.limits().resultBytes());
        try {
            rows.forEach(spool::write);
            spool.finish();
        } catch (RuntimeException | Error e) {
            spool.close();
            throw e;
        }
        return Outcome.of(spool);
    }

    private final class HandlerContext implements StatementHandler.Context {

        private final StatementContext context;

        HandlerContext(StatementContext context) {
            this.context = context;
        }

        @Override
        public Caller caller() {
            return context.caller();
        }

        @Override
        public String statementId() {
            return context.statementId();
        }

        @Override
        public List<Column> query(String sql, long rowLimit, Consumer<Chunk> sink) {
            try (Queries.Open query = queries.open(context, sql, null)) {
                List<Column> columns = query.columns();
                query.instance().execute("CREATE TABLE __r AS " + query.sql());
                long rows = query.instance().number("SELECT count(*) FROM __r");
                if (rows > rowLimit) {
                    throw new EstranException(
                                    ErrorCode.RESULT_TOO_LARGE,
                                    "The query gives " + rows + " rows; at most " + rowLimit + " can be used here.")
                            .with("key", "rows")
                            .with("rows", rows)
                            .with("limit", rowLimit);
                }
                query.instance().read("__r", sink);
                return columns;
            }
        }

        @Override
        public void progress(String text, double fraction) {
            progress(Phrase.plain(text), fraction);
        }

        @Override
        public void progress(Phrase what, double fraction) {
            context.run().progress(what, fraction, null);
        }

        @Override
        public boolean cancelled() {
            return context.run().stopped();
        }

        @Override
        public void running(@Nullable EngineInstance instance) {
            context.run().running(instance);
        }
    }
}
