package dev.estran.sql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.TableName;
import dev.estran.journal.Journal;
import dev.estran.journal.JournalType;
import dev.estran.sql.StatementRun.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.query.history}: a record when a statement starts and one when it ends; the table shows the last. */
public final class HistoryLog implements SqlService.History {

    public static final JournalType TYPE = new JournalType(
            "history",
            new TableName("system", "query", "history"),
            List.of(
                    new Column("statement_id", "VARCHAR"),
                    new Column("session_id", "VARCHAR"),
                    new Column("caller", "VARCHAR"),
                    new Column("state", "VARCHAR"),
                    new Column("statement", "VARCHAR"),
                    new Column("started_at", "TIMESTAMP WITH TIME ZONE"),
                    new Column("ended_at", "TIMESTAMP WITH TIME ZONE"),
                    new Column("wall_ms", "BIGINT"),
                    new Column("rows", "BIGINT"),
                    new Column("tables", "VARCHAR[]"),
                    new Column("ai_asked", "BIGINT"),
                    new Column("ai_stored", "BIGINT"),
                    new Column("ai_failed", "BIGINT"),
                    new Column("cost", "DECIMAL(18,9)"),
                    new Column("currency", "VARCHAR"),
                    new Column("error_code", "VARCHAR"),
                    new Column("error", "VARCHAR")),
            false);

    private static final int MAX_TEXT = 100_000;

    private final Journal journal;
    private final Clock clock;

    public HistoryLog(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void started(StatementContext context) {
        journal.append(TYPE, record(context, "RUNNING"));
    }

    @Override
    public void ended(StatementContext context, @Nullable Outcome outcome, @Nullable EstranException error) {
        Instant now = clock.instant();
        String state =
                error == null ? "FINISHED" : error.code() == dev.estran.ErrorCode.CANCELLED ? "CANCELLED" : "FAILED";
        ObjectNode record = record(context, state);
        record.put("ended_at", now.toString());
        record.put("wall_ms", Duration.between(context.run().submitted(), now).toMillis());
        Queries.Trace trace = context.trace();
        ArrayNode tables = record.putArray("tables");
        if (trace != null) {
            trace.tables().forEach(tables::add);
            ai(record, trace);
        }
        if (outcome != null) {
            ResultSpool spool = outcome.spool();
            Long affected = outcome.affected();
            record.put("rows", affected != null ? affected : spool != null ? spool.rows() : 0L);
        }
        if (error != null) {
            record.put("error_code", error.code().name());
            // What a parser could not read, it quotes.
            boolean quoted =
                    error.code() == dev.estran.ErrorCode.SYNTAX_ERROR && Redaction.mayHoldSecret(context.text());
            record.put("error", quoted ? "The statement was not understood." : cut(error.text()));
        }
        journal.append(TYPE, record);
        journal.sync();
    }

    private static void ai(ObjectNode record, Queries.Trace trace) {
        record.put(
                "ai_asked",
                trace.aiStages().stream().mapToLong(AiCalls.Stage::asked).sum());
        record.put(
                "ai_stored",
                trace.aiStages().stream().mapToLong(AiCalls.Stage::stored).sum());
        record.put(
                "ai_failed",
                trace.aiStages().stream().mapToLong(AiCalls.Stage::failed).sum());
        Money cost = trace.cost();
        if (cost != null) {
            record.put("cost", cost.amount().toPlainString());
            record.put("currency", cost.currency());
        }
    }

    private static ObjectNode record(StatementContext context, String state) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        String text = Redaction.of(context.text());
        record.put("statement_id", context.statementId());
        record.put("session_id", context.session().id());
        record.put("caller", context.caller().id());
        record.put("state", state);
        record.put("statement", cut(text));
        record.put("started_at", context.run().submitted().toString());
        return record;
    }

    /** Escaped as JSON this stays far below what a record may have. */
    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
