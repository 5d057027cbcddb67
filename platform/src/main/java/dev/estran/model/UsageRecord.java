package dev.estran.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.journal.JournalType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One logical model call with its attempts, as the ledger keeps it: a row of {@code system.ai.usage}.
 *
 * @param traceId null where nobody traces
 * @param endpoint endpoint name, or the local method's
 * @param served exact model and version asked
 * @param identity call identity, or null for local batches
 * @param calls answers this row stands for: 1 for a supplier's call, the batch size for a local method
 * @param estimated whether any token count is ours, because an attempt ended without usage
 * @param held worst case reserved; null where the price is unknown
 * @param cost null where the price is unknown
 * @param error error code of the call's end, or null
 */
public record UsageRecord(
        String callId,
        String statementId,
        @Nullable String traceId,
        String caller,
        Instant at,
        String endpoint,
        String served,
        String function,
        @Nullable String identity,
        long calls,
        List<Attempt> attempts,
        long millis,
        long tokensIn,
        long tokensOut,
        boolean estimated,
        @Nullable BigDecimal held,
        @Nullable BigDecimal cost,
        String currency,
        boolean local,
        boolean simulated,
        @Nullable String error) {

    /** The log of these records. {@code attempts} is a JSON list of {@code {n, ms, status, error}}. */
    public static final JournalType JOURNAL = new JournalType(
            "usage",
            new TableName("system", "ai", "usage"),
            List.of(
                    new Column("call_id", "VARCHAR", false),
                    new Column("statement_id", "VARCHAR", false),
                    new Column("trace_id", "VARCHAR"),
                    new Column("caller", "VARCHAR", false),
                    new Column("at", "TIMESTAMP WITH TIME ZONE", false),
                    new Column("endpoint", "VARCHAR", false),
                    new Column("served", "VARCHAR", false),
                    new Column("function", "VARCHAR", false),
                    new Column("identity", "VARCHAR"),
                    new Column("calls", "BIGINT", false),
                    new Column("attempts", "VARCHAR", false),
                    new Column("ms", "BIGINT", false),
                    new Column("tokens_in", "BIGINT", false),
                    new Column("tokens_out", "BIGINT", false),
                    new Column("estimated", "BOOLEAN", false),
                    new Column("held", "DECIMAL(18,9)"),
                    new Column("cost", "DECIMAL(18,9)"),
                    new Column("currency", "VARCHAR", false),
                    new Column("local", "BOOLEAN", false),
                    new Column("simulated", "BOOLEAN", false),
                    new Column("error", "VARCHAR")),
            false);

    public UsageRecord {
        attempts = List.copyOf(attempts);
    }

    /**
     * @param n from 1; the request id sent is {@code <call>-<n>}
     * @param status HTTP status, or 0 where none came
     */
    public record Attempt(
            int n, long ms, int status, @Nullable String error) {}

    /** Keys as {@link #JOURNAL}'s columns; amounts as text so that no digit is lost. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("call_id", callId).put("statement_id", statementId).put("trace_id", traceId);
        json.put("caller", caller)
                .put("at", at.toString())
                .put("endpoint", endpoint)
                .put("served", served);
        json.put("function", function).put("identity", identity).put("calls", calls);
        json.put("attempts", attemptsJson()).put("ms", millis);
        json.put("tokens_in", tokensIn).put("tokens_out", tokensOut).put("estimated", estimated);
        json.put("held", held == null ? null : held.toPlainString());
        json.put("cost", cost == null ? null : cost.toPlainString());
        json.put("currency", currency)
                .put("local", local)
                .put("simulated", simulated)
                .put("error", error);
        return json;
    }

    private String attemptsJson() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (Attempt attempt : attempts) {
            ObjectNode item = list.addObject();
            item.put("n", attempt.n()).put("ms", attempt.ms()).put("status", attempt.status());
            if (attempt.error() != null) {
                item.put("error", attempt.error());
            }
        }
        return list.toString();
    }
}
