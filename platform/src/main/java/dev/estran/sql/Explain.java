package dev.estran.sql;

import dev.estran.Column;
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

    private Outcome estimate(StatementContext context, String query) {
        AiCalls.Estimate estimate = queries.estimate(context, query);
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
                    Math.max(0, stage.distinct() - stage.stored()),
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
