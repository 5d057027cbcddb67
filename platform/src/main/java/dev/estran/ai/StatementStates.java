package dev.estran.ai;

import dev.estran.model.Budget;
import dev.estran.model.ModelTarget;
import dev.estran.sql.AiCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What lasts as long as a statement: its budget and the models pinned for it. The ones unused for longest are dropped. */
final class StatementStates {

    /** More than statements can run at once. */
    private static final int KEPT = 4096;

    /** @param pinned by endpoint or own-model name */
    record State(
            Budget budget, ConcurrentMap<String, ModelTarget> targets, ConcurrentMap<String, LocalMethod> methods) {}

    private final Map<String, State> byStatement = new LinkedHashMap<>(64, 0.75f, true);

    /** A target some statement has pinned under this name and version. */
    synchronized Optional<ModelTarget> targetOf(AiExecutor.Pinned pinned) {
        return byStatement.values().stream()
                .map(state -> state.targets().get(pinned.endpoint()))
                .filter(target -> target != null && target.servedName().equals(pinned.served()))
                .findAny();
    }

    synchronized State of(AiCalls.Statement statement) {
        State state = byStatement.get(statement.id());
        if (state == null) {
            var limit = statement.aiBudget();
            state = new State(
                    new Budget(limit == null ? null : limit.amount()),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>());
            byStatement.put(statement.id(), state);
            if (byStatement.size() > KEPT) {
                byStatement.remove(byStatement.keySet().iterator().next());
            }
        }
        return state;
    }
}
