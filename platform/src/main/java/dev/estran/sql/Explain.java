package dev.estran.sql;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.sql.StatementRun.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN, EXPLAIN ANALYZE, EXPLAIN AI and EXPLAIN ANALYZE AI. */
final class Explain {

    private static final String UNKNOWN = "unknown";

    private final Queries queries;

    Explain(Queries queries) {
        this.queries = queries;
    }

    Outcome run(StatementContext context, Statement.Explain explain) {
        if (!explain.ai()) {
            return plan(context, explain);
        }
        return explain.analyze() ? actual(context, explain.query()) : estimate(context, explain.query());
    }

    private Outcome plan(StatementContext context, Statement.Explain explain) {
        try (Queries.Open query = queries.open(context, explain.query(), null)) {
            String plan = query.instance().explain(query.sql(), explain.analyze());
            List<List<String>> lines = plan.lines().map(List::of).toList();
            return Statements.rows(context, List.of(new Column("plan", "VARCHAR")), lines);
        }
    }

    /**
     * What the AI calls of a statement would be and cost; none is made.
     *
     * @param text a query, or a statement that holds one
     */
    AiCalls.Estimate aiCalls(StatementContext context, String text) {
        return queries.estimate(context, queryOf(text));
    }

    /** Calls are made by the query of a statement, whatever happens to its rows. */
    private static String queryOf(String text) {
        return switch (StatementParser.parse(text)) {
            case Statement.Query query -> query.text();
            case Statement.Insert insert -> insert.query();
            case Statement.CreateTable create when create.query() != null -> create.query();
            default ->
                throw new EstranException(
                        ErrorCode.STATEMENT_NOT_SUPPORTED, "EXPLAIN AI takes a query, INSERT or CREATE TABLE ... AS.");
        };
    }

    private Outcome estimate(StatementContext context, String query) {
        AiCalls.Estimate estimate = aiCalls(context, query);
        List<Column> columns = List.of(
                new Column("stage", "VARCHAR"),
                new Column("model", "VARCHAR"),
                new Column("rows", "BIGINT"),
                new Column("calls", "BIGINT"),
                new Column("counted", "VARCHAR"),
                new Column("stored", "BIGINT"),
                new Column("tokens_in", "BIGINT"),
                new Column("cost", "VARCHAR"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (AiCalls.EstimatedStage stage : estimate.stages()) {
            rows.add(Arrays.asList(
                    stage.function() + (estimate.uncut().contains(stage.function()) ? " (row by row)" : ""),
                    stage.model(),
                    stage.rows(),
                    stage.calls(),
                    stage.method(),
                    stage.stored(),
                    stage.tokensIn(),
                    text(stage.cost())));
        }
        rows.add(Arrays.asList("total", null, null, null, null, null, null, text(estimate.cost())));
        rows.add(Arrays.asList("at worst", null, null, null, null, null, null, text(estimate.worst())));
        return Statements.rows(context, columns, rows);
    }

    private static String text(@Nullable Money money) {
        return money == null ? UNKNOWN : money.toString();
    }

    private Outcome actual(StatementContext context, String text) {
        try (Queries.Open query = queries.open(context, text, null)) {
            query.instance().execute("CREATE TABLE __r AS " + query.sql());
            List<Column> columns = List.of(
                    new Column("stage", "VARCHAR"),
                    new Column("model", "VARCHAR"),
                    new Column("distinct", "BIGINT"),
                    new Column("asked", "BIGINT"),
                    new Column("stored", "BIGINT"),
                    new Column("failed", "BIGINT"),
                    new Column("cost", "VARCHAR"));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (AiCalls.Stage stage : query.trace().aiStages()) {
                rows.add(Arrays.asList(
                        stage.function(),
                        stage.model(),
                        stage.distinct(),
                        stage.asked(),
                        stage.stored(),
                        stage.failed(),
                        text(stage.cost())));
            }
            long produced = query.instance().number("SELECT count(*) FROM __r");
            rows.add(Arrays.asList(
                    "result rows",
                    null,
                    produced,
                    null,
                    null,
                    null,
                    text(query.trace().cost())));
            return Statements.rows(context, columns, rows);
        }
    }
}
