package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.Phrase;
import dev.estran.lake.FunctionDefinition;
import dev.estran.lake.Lake;
import dev.estran.lake.TableVersion;
import dev.estran.sql.StatementRun.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the queries of statements: gate, rights, pinned versions, a private engine instance, the AI stages, and what is
 * left for the engine alone.
 */
final class Queries {

    /** The table of the instance that holds a query's result. */
    private static final String RESULT = "__r";

    private static final int MAX_COLUMNS = 100_000;

    private final Lake lake;
    private final SystemTables systemTables;
    private final QueryParser parser;
    private final Gate gate;
    private final SqlEngine engine;
    private final AiCalls ai;
    private final MemoryPool memory;
    private final Runnable syncJournal;
    private final Function<String, Caller> owners;

    /**
     * @param owners the callers whose rights their views read with
     * @param syncJournal makes the audit records so far durable; called before anything is sent to a model
     */
    Queries(
            Lake lake,
            SystemTables systemTables,
            QueryParser parser,
            Gate gate,
            SqlEngine engine,
            AiCalls ai,
            MemoryPool memory,
            Function<String, Caller> owners,
            Runnable syncJournal) {
        this.owners = owners;
        this.lake = lake;
        this.systemTables = systemTables;
        this.parser = parser;
        this.gate = gate;
        this.engine = engine;
        this.ai = ai;
        this.memory = memory;
        this.syncJournal = syncJournal;
    }

    QueryParser parser() {
        return parser;
    }

    /** Opens a query: its AI calls are answered when this returns. */
    Open open(StatementContext context, String text, @Nullable TableVersion target) {
        Binder binder = new Binder(context, lake, systemTables, parser, gate, target, owners);
        ObjectNode bound = binder.bind(text);
        MemoryPool.Lease memory = this.memory.lease();
        EngineInstance instance = open(binder, memory);
        try {
            context.run().running(instance);
            binder.fill(instance);
            AiCalls.Answered answered = null;
            if (binder.usesAi()) {
                syncJournal.run();
                answered = ai.answer(aiStatement(context), instance, bound);
            }
            Trace trace = trace(binder, answered);
            context.traced(trace);
            String sql = parser.printQuery(answered == null ? bound : answered.query());
            return new Open(context, instance, memory, sql, trace);
        } catch (RuntimeException | Error e) {
            instance.close();
            memory.close();
            throw e;
        }
    }

    private EngineInstance open(Binder binder, MemoryPool.Lease lease) {
        try {
            return engine.open(binder.binding(lease.bytes()));
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** Opens a query to say what its AI calls would cost; none is made. */
    AiCalls.Estimate estimate(StatementContext context, String text) {
        Binder binder = new Binder(context, lake, systemTables, parser, gate, null, owners);
        ObjectNode bound = binder.bind(text);
        try (MemoryPool.Lease lease = memory.lease();
                EngineInstance instance = engine.open(binder.binding(lease.bytes()))) {
            context.run().running(instance);
            binder.fill(instance);
            context.traced(trace(binder, null));
            return ai.estimate(aiStatement(context), instance, bound);
        } finally {
            context.run().running(null);
        }
    }

    /** The columns a query would give; nothing is asked and nothing is read. */
    List<Column> describe(StatementContext context, String text) {
        Binder binder = new Binder(context, lake, systemTables, parser, gate, null, owners);
        ObjectNode bound = binder.bind(text);
        try (MemoryPool.Lease lease = memory.lease();
                EngineInstance instance = engine.open(binder.binding(lease.bytes()))) {
            context.run().running(instance);
            return binder.usesAi() ? ai.describe(instance, bound) : instance.describe(parser.printQuery(bound));
        } finally {
            context.run().running(null);
        }
    }

    /**
     * An expression that needs no row and no model, checked and as the engine prints it.
     *
     * @throws dev.estran.EstranException if it reads a column or a table, or calls what the gate refuses
     */
    String constantExpression(String sql) {
        JsonNode expression = parser.parseExpression(sql);
        GatedQuery gated =
                gate.checkExpression(expression, Binder.names(Caller.OWNER, List.of(Session.DEFAULT_SCHEMA)));
        if (!gated.tables().isEmpty() || gated.holdsAi()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A default must be a constant expression, without a query or an AI function: " + sql);
        }
        String printed = parser.printExpression(expression);
        SqlEngine.Binding empty = new SqlEngine.Binding(List.of(), List.of(), "UTC", 10_000, 64L << 20, Map.of());
        try (EngineInstance instance = engine.open(empty)) {
            instance.describe("SELECT " + printed);
        }
        return printed;
    }

    /** Checks that a function's body can be computed and gives the declared type. */
    void checkFunction(StatementContext context, FunctionDefinition function) {
        UserFunctions functions = new UserFunctions(lake.functions(), parser, gate);
        SessionNames names = Binder.names(context.caller(), context.state().searchPath());
        functions.requireCallable(context.caller(), function, names);
        List<JsonNode> none = function.parameters().stream()
                .map(parameter -> parser.parseExpression("NULL"))
                .toList();
        String printed = parser.printExpression(functions.call(function, none, names));
        SqlEngine.Binding empty = new SqlEngine.Binding(List.of(), List.of(), "UTC", 10_000, 64L << 20, Map.of());
        try (EngineInstance instance = engine.open(empty)) {
            instance.describe("SELECT " + printed);
        }
    }

    private static Trace trace(Binder binder, AiCalls.@Nullable Answered answered) {
        Map<String, String> pinned = new LinkedHashMap<>(binder.pinned());
        if (answered == null) {
            return new Trace(binder.tablesRead(), Map.of(), List.of(), null, pinned);
        }
        pinned.putAll(answered.pinned());
        return new Trace(binder.tablesRead(), answered.columns(), answered.stages(), answered.cost(), pinned);
    }

    private static AiCalls.Statement aiStatement(StatementContext context) {
        StatementRun run = context.run();
        return new AiCalls.Statement(
                context.statementId(),
                context.caller(),
                context.state().aiModel(),
                context.aiBudget(),
                "none",
                progress -> run.progress(
                        Phrase.of(
                                "calling",
                                "{function} {done}/{total}",
                                Map.of(
                                        "function",
                                        progress.function(),
                                        "done",
                                        progress.done(),
                                        "total",
                                        progress.total())),
                        progress.total() == 0 ? -1 : (double) progress.done() / progress.total(),
                        progress.spent()),
                run::stopped);
    }

    /** Runs a query and keeps its rows for paging. */
    Outcome spool(StatementContext context, String text) {
        try (Open query = open(context, text, null)) {
            return query.spool();
        }
    }

    /** What a query read and asked, for the history and the result's provenance. */
    public record Trace(
            List<String> tables,
            Map<Integer, String> generated,
            List<AiCalls.Stage> aiStages,
            @Nullable Money cost,
            Map<String, String> pinned) {}

    /** A query whose AI calls are answered, in its instance. */
    static final class Open implements AutoCloseable {

        private final StatementContext context;
        private final EngineInstance instance;
        private final MemoryPool.Lease memory;
        private final String sql;
        private final Trace trace;

        Open(StatementContext context, EngineInstance instance, MemoryPool.Lease memory, String sql, Trace trace) {
            this.context = context;
            this.instance = instance;
            this.memory = memory;
            this.sql = sql;
            this.trace = trace;
        }

        EngineInstance instance() {
            return instance;
        }

        /** The query's text with private names; runs in {@link #instance} only. */
        String sql() {
            return sql;
        }

        Trace trace() {
            return trace;
        }

        List<Column> columns() {
            return instance.describe(sql);
        }

        /** Names as the query gives them; {@link #columns} numbers those that come twice. */
        List<String> names() {
            return instance.rows("SELECT column_name FROM (DESCRIBE (" + sql + "\n))", MAX_COLUMNS).stream()
                    .map(row -> String.valueOf(row.getFirst()))
                    .toList();
        }

        /** Makes the result a table of the instance first, so that every error comes before the first row is read. */
        Outcome spool() {
            context.run().progress(Phrase.of("running", "running", Map.of()), -1, trace.cost());
            instance.execute(
                    "CREATE TABLE " + RESULT + " AS SELECT * FROM (" + sql + ") LIMIT " + (context.rowLimit() + 1));
            List<Column> columns = instance.describe("SELECT * FROM " + RESULT);
            ResultSpool spool = new ResultSpool(
                    context.spoolFile(),
                    columns,
                    context.rowLimit(),
                    context.limits().resultBytes());
            try {
                instance.read(RESULT, chunk -> {
                    context.run().check();
                    spool.write(chunk);
                });
                spool.finish();
            } catch (RuntimeException | Error e) {
                spool.close();
                throw e;
            }
            return new Outcome(spool, null, null, trace.generated(), trace.aiStages(), trace.cost(), trace.pinned());
        }

        @Override
        public void close() {
            try {
                instance.close();
            } finally {
                memory.close();
                context.run().ended(instance);
            }
        }
    }
}
