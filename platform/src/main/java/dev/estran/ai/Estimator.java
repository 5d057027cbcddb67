package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.Money;
import dev.estran.sql.AiCalls;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link Answers}: counts or samples the arguments of each call instead of asking about them. A predicate
 * with a call is taken to let half of the rows pass.
 */
final class Estimator implements Asker {

    private static final double PASS_RATE = 0.5;

    private final AiExecutor executor;
    private final AiCalls.Statement statement;
    private final Stages stages;
    private final Guesses guesses;
    private final Asking asking;
    private final ArgumentCounter counter;
    private final IdentityHashMap<Block, Double> passing = new IdentityHashMap<>();
    private final List<Stage> found = new ArrayList<>();
    private final Map<String, Integer> stageOf = new HashMap<>();

    private record Stage(AiCalls.EstimatedStage estimate, AiExecutor.Price price, double unscaled) {}

    Estimator(AiExecutor executor, AiCalls.Statement statement, Stages stages, Guesses guesses, Asking asking) {
        this.executor = executor;
        this.statement = statement;
        this.stages = stages;
        this.guesses = guesses;
        this.asking = asking;
        this.counter = new ArgumentCounter(stages);
    }

    @Override
    public JsonNode answer(Block block, List<JsonNode> guards, BoundCall call) {
        if (call.alwaysNull()) {
            return standIn(call, found.size());
        }
        List<JsonNode> sure =
                guards.stream().filter(guard -> !guesses.in(guard)).toList();
        double share = passing.getOrDefault(block, 1.0) * Math.pow(PASS_RATE, guards.size() - (double) sure.size());
        String rows = block.rows(aliased(call), stages.names()).toString();
        String identity = call.signature() + sure + rows;
        Integer known = stageOf.get(identity);
        if (known == null) {
            known = found.size();
            stageOf.put(identity, known);
            found.add(measure(block, sure, call, share));
        }
        return standIn(call, known);
    }

    private List<JsonNode> aliased(BoundCall call) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode key : call.keys()) {
            items.add(SqlNodes.aliased(key.deepCopy(), stages.names().key(items.size())));
        }
        return items;
    }

    private Stage measure(Block block, List<JsonNode> guards, BoundCall call, double share) {
        AiExecutor.Pinned model = asking.pin(call);
        List<JsonNode> sureKeys =
                call.keys().stream().filter(key -> !guesses.in(key)).toList();
        ArgumentCounter.Count count = counter.count(block, guards, sureKeys);
        double distinct = count.distinct();
        String method = count.method();
        if (sureKeys.size() < call.keys().size()) {
            int earlier =
                    call.keys().stream().mapToInt(guesses::lastStage).max().orElse(-1);
            distinct = earlier >= 0 ? found.get(earlier).unscaled() : count.rows();
            method = "scaled";
        }
        long scaled = Math.round(Math.ceil(distinct * share));
        long stored = storedShare(call, model, count, scaled);
        AiExecutor.Price price = executor.price(call.call(), model, count.averageChars());
        long asked = Math.max(0, scaled - stored);
        return new Stage(
                new AiCalls.EstimatedStage(
                        call.call().function().name(),
                        model.served(),
                        model.place(),
                        Math.round(Math.ceil(count.rows() * share)),
                        scaled,
                        share < 1 ? "scaled" : method,
                        stored,
                        price.tokensIn() * asked,
                        times(price.cost(), asked)),
                price,
                Math.max(0, distinct - stored));
    }

    private long storedShare(BoundCall call, AiExecutor.Pinned model, ArgumentCounter.Count count, long distinct) {
        if (count.sample().isEmpty()) {
            return 0;
        }
        long stored = executor.stored(statement, call.call(), model, count.sample());
        return Math.min(
                distinct, Math.round((double) stored * distinct / count.sample().size()));
    }

    private JsonNode standIn(BoundCall call, int stage) {
        JsonNode value = call.type().equals("BOOLEAN")
                ? SqlNodes.bool(true)
                : stages.parser().parseExpression("CAST(NULL AS " + call.type() + ")");
        return guesses.mark(value, stage);
    }

    /** A predicate whose result is guessed does not select rows here; it halves them. */
    @Override
    public void assume(Block block, JsonNode predicate) {
        if (guesses.in(predicate)) {
            passing.merge(block, PASS_RATE, (a, b) -> a * b);
        } else {
            block.addWhere(predicate);
        }
    }

    AiCalls.Estimate estimate(List<String> uncut) {
        List<AiCalls.EstimatedStage> estimates =
                found.stream().map(Stage::estimate).toList();
        Money cost = Money.zero(currency());
        Money worst = cost;
        for (Stage stage : found) {
            cost = plus(cost, stage.estimate().cost());
            worst = plus(worst, times(stage.price().worst(), Math.round(Math.ceil(stage.unscaled()))));
        }
        return new AiCalls.Estimate(estimates, cost, worst, uncut);
    }

    private String currency() {
        for (Stage stage : found) {
            Money cost = stage.price().cost();
            if (cost != null && cost.amount().signum() != 0) {
                return cost.currency();
            }
        }
        return statement.aiBudget() == null ? "EUR" : statement.aiBudget().currency();
    }

    private static @Nullable Money times(@Nullable Money each, long count) {
        return each == null ? null : new Money(each.amount().multiply(BigDecimal.valueOf(count)), each.currency());
    }

    /** An unknown price makes the sum unknown; free calls count in any currency. */
    private static @Nullable Money plus(@Nullable Money sum, @Nullable Money more) {
        if (sum == null || more == null) {
            return null;
        }
        return more.amount().signum() == 0 ? sum : sum.plus(more);
    }
}
