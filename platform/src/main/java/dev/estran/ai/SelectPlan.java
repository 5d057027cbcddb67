package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The stages of one SELECT whose FROM holds no calls: predicates, then grouping, then windows, then LIMIT, then output.
 * Each clause is answered only for the rows that reach it.
 */
final class SelectPlan {

    private final Stages stages;
    private final Asker asker;
    private final CallRewriter rewriter;
    private final FromClause fromClause;
    private final Block block;
    private final ObjectNode select;

    SelectPlan(Stages stages, Asker asker, CallRewriter rewriter, FromClause fromClause, Block block) {
        this.stages = stages;
        this.asker = asker;
        this.rewriter = rewriter;
        this.fromClause = fromClause;
        this.block = block;
        this.select = block.select();
    }

    void run() {
        nameGeneratedColumns();
        List<String> columns = fromClause.columns(block.from());
        Aliases.expand(select, lowerCase(columns));
        fromClause.joins(block);
        List<JsonNode> predicates = cheapFirst(columns);
        answerPredicates(predicates, true);
        if (Grouping.isGrouped(select, stages.functions())) {
            Grouping grouping = new Grouping(stages, rewriter, block);
            grouping.answerRows();
            if (hasCallsLeft()) {
                answerPredicates(grouping.cut(), false);
            }
        }
        if (!hasCallsLeft()) {
            return;
        }
        Windows windows = new Windows(stages, rewriter, block);
        windows.answerInside();
        if (hasCallsLeft() && SqlTree.present(select.path("qualify"))) {
            answerPredicates(windows.cut(), false);
        }
        if (hasCallsLeft() && LimitCut.possible(block)) {
            LimitCut.make(stages, block);
        }
        answerOutput();
    }

    /** A call without an alias keeps its text as the name of its column. */
    private void nameGeneratedColumns() {
        for (JsonNode item : select.path("select_list")) {
            if (item.path("alias").asText().isEmpty() && CallBinder.hasCall(item)) {
                SqlNodes.aliased(item, stages.parser().printExpression(item));
            }
        }
    }

    private static Set<String> lowerCase(List<String> names) {
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    /** Puts the cheap predicates into effect and returns the others, in the order written. */
    private List<JsonNode> cheapFirst(List<String> columns) {
        List<JsonNode> cheap = new ArrayList<>();
        List<JsonNode> calling = new ArrayList<>();
        for (JsonNode predicate : block.where()) {
            (CallBinder.hasCall(predicate) ? calling : cheap).add(predicate);
        }
        if (calling.stream().anyMatch(stages.functions()::isVolatile)) {
            throw new CannotCut("a volatile function beside a call in a predicate");
        }
        block.where(List.of());
        cheap.forEach(predicate -> asker.assume(block, predicate));
        boolean rowsChosenFirst = calling.isEmpty()
                && !Grouping.isGrouped(select, stages.functions())
                && !SqlTree.present(select.path("qualify"))
                && LimitCut.possible(block);
        if (BaseTable.possible(block) && !rowsChosenFirst) {
            new BaseTable(stages).make(block, columns, calling);
        } else if (!rowsChosenFirst && rowsDiffer()) {
            throw new CannotCut("rows of a join that differ when read again");
        }
        return calling;
    }

    private boolean rowsDiffer() {
        return stages.functions().isVolatile(block.from())
                || block.where().stream().anyMatch(stages.functions()::isVolatile)
                || SqlTree.present(select.path("sample"));
    }

    private void answerPredicates(List<JsonNode> predicates, boolean mayStopEarly) {
        if (predicates.isEmpty()) {
            return;
        }
        OptionalLong needed = mayStopEarly ? LimitWaves.needed(block, stages.functions()) : OptionalLong.empty();
        if (needed.isPresent()) {
            new LimitWaves(stages, rewriter).answer(block, predicates, needed.getAsLong());
            return;
        }
        for (JsonNode predicate : predicates) {
            asker.assume(block, rewriter.answer(block, List.of(), predicate));
        }
    }

    private boolean hasCallsLeft() {
        return CallBinder.hasCall(select);
    }

    private void answerOutput() {
        if (CallBinder.hasCall(select.path("having")) || CallBinder.hasCall(select.path("qualify"))) {
            throw new CannotCut("a call in HAVING or QUALIFY that could not be cut");
        }
        for (String clause : List.of("select_list", "modifiers")) {
            SqlTree.mapChildren(select.get(clause), item -> rewriter.answer(block, List.of(), item));
        }
    }
}
