package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.EstranException;
import dev.estran.sql.AiCalls;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AI calls of a query, run in stages: the part below a call first, then its distinct arguments, then the part above. */
public final class StagedAiCalls implements AiCalls {

    private final QueryParser parser;
    private final AiExecutor executor;
    private volatile @Nullable EngineFunctions functions;

    public StagedAiCalls(QueryParser parser, AiExecutor executor) {
        this.parser = parser;
        this.executor = executor;
    }

    @Override
    public boolean owns(String function) {
        return AiFunctions.owns(function);
    }

    @Override
    public List<String> names() {
        return AiFunctions.all().stream().map(AiFunction::name).toList();
    }

    @Override
    public List<Column> describe(EngineInstance instance, ObjectNode query) {
        ObjectNode tree = SqlTree.copy(query);
        return stages(instance, tree, null).standIns().describe(tree);
    }

    @Override
    public Answered answer(Statement statement, EngineInstance instance, ObjectNode query) {
        ObjectNode tree = SqlTree.copy(query);
        Asking asking = new Asking(executor, statement, instance);
        Stages stages = stages(instance, tree, null);
        if (!CallBinder.hasCall(tree)) {
            return new Answered(tree, List.of(), Map.of(), Map.of(), asking.cost());
        }
        validate(stages, tree, asking);
        Map<Integer, String> generated = GeneratedColumns.find(stages, tree);
        UncutCalls uncut = new UncutCalls(stages, asking);
        new StagePlanner(stages, new Answers(stages, asking), uncut).answer(tree, null);
        ObjectNode result = uncut.isEmpty() ? tree : runNow(stages, tree, uncut);
        return new Answered(result, asking.stages(), generated, asking.pinnedModels(), asking.cost());
    }

    @Override
    public Estimate estimate(Statement statement, EngineInstance instance, ObjectNode query) {
        ObjectNode tree = SqlTree.copy(query);
        Asking asking = new Asking(executor, statement, instance);
        Guesses guesses = new Guesses();
        Stages stages = stages(instance, tree, guesses);
        UncutCalls uncut = new UncutCalls(stages, asking);
        Estimator estimator = new Estimator(executor, statement, stages, guesses, asking);
        if (CallBinder.hasCall(tree)) {
            validate(stages, tree, asking);
            new StagePlanner(stages, estimator, uncut).answer(tree, null);
        }
        return estimator.estimate(uncut.functionNames());
    }

    private Stages stages(EngineInstance instance, ObjectNode tree, @Nullable Guesses guesses) {
        EngineFunctions known = functions;
        if (known == null) {
            known = EngineFunctions.load(instance);
            functions = known;
        }
        CallBinder binder = new CallBinder(parser, new ConstantArguments(parser, instance));
        return new Stages(
                parser,
                instance,
                PrivateNames.of(tree, instance),
                known,
                binder,
                new StandIns(parser, instance, binder),
                guesses);
    }

    /** Everything that can be wrong is found before anything is asked: arguments, models, names and types. */
    private static void validate(Stages stages, ObjectNode tree, Asking asking) {
        SqlTree.visit(tree, node -> {
            if (SqlTree.isClass(node, "WINDOW") && AiFunctions.owns(SqlTree.name(node))) {
                throw CallBinder.invalid(AiFunctions.load(SqlTree.name(node)), "cannot have OVER");
            }
            if (CallBinder.isCall(node)) {
                asking.pin(stages.binder().bind(node));
            }
        });
        stages.standIns().describe(tree);
    }

    /** Calls inside the engine are made, and their errors seen, before the result is handed on. */
    private static ObjectNode runNow(Stages stages, ObjectNode tree, UncutCalls uncut) {
        String table;
        try {
            table = stages.materialise(tree);
        } catch (EstranException e) {
            uncut.throwFailure();
            throw e;
        }
        uncut.throwFailure();
        String alias = stages.names().alias();
        ObjectNode result = SqlNodes.select(List.of(SqlNodes.star()), SqlNodes.table(table, alias), List.of());
        SqlNodes.orderBy(result, List.of(SqlNodes.column(alias, "rowid")));
        return result;
    }

    /** Which output columns hold generated values. */
    private static final class GeneratedColumns {

        static Map<Integer, String> find(Stages stages, ObjectNode query) {
            Map<Integer, String> generated = new LinkedHashMap<>();
            JsonNode first = query;
            while (SqlTree.isType(first, "SET_OPERATION_NODE")) {
                first = first.path("children").path(0);
            }
            List<JsonNode> items = SqlTree.items(first.path("select_list"));
            int width = stages.standIns().describe(query).size();
            long stars =
                    items.stream().filter(item -> SqlTree.isClass(item, "STAR")).count();
            int position = 0;
            for (JsonNode item : items) {
                if (SqlTree.isClass(item, "STAR")) {
                    if (stars > 1) {
                        break;
                    }
                    position += width - items.size() + 1;
                } else {
                    int here = position++;
                    SqlTree.visit(item, node -> {
                        if (CallBinder.isCall(node)) {
                            generated.putIfAbsent(here, SqlTree.name(node));
                        }
                    });
                }
            }
            return generated;
        }
    }
}
