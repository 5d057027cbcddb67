package dev.estran.ai;

import dev.estran.Money;
import dev.estran.sql.AiCalls;
import dev.estran.sql.EngineInstance;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Sends a table of distinct arguments to the executor, and keeps account of the statement's stages. */
final class Asking {

    private static final int ROWS_PER_READ = 1_024;

    private final AiExecutor executor;
    private final AiCalls.Statement statement;
    private final EngineInstance instance;
    private final Map<String, AiExecutor.Pinned> pinned = new LinkedHashMap<>();
    private final Map<String, AiCalls.Stage> stages = new LinkedHashMap<>();

    Asking(AiExecutor executor, AiCalls.Statement statement, EngineInstance instance) {
        this.executor = executor;
        this.statement = statement;
        this.instance = instance;
    }

    /** The model that answers the call, the same for the whole statement. */
    AiExecutor.Pinned pin(BoundCall call) {
        AiExecutor.Pinned known = pinned.get(call.signature());
        if (known == null) {
            known = executor.pin(statement, call.call());
            pinned.put(call.signature(), known);
        }
        return known;
    }

    /**
     * Asks about every row of a table.
     *
     * @param keys number of columns to read; 0 asks once where the table has a row
     */
    void ask(BoundCall call, AnswerTable answers, String arguments, int keys) {
        long total = instance.number("SELECT count(*) FROM " + arguments);
        AiExecutor.Pinned model = pin(call);
        if (total == 0) {
            String function = call.call().function().name();
            record(call, new AiCalls.Stage(function, model.served(), model.place(), 0, 0, 0, 0, null));
            return;
        }
        Iterator<List<String>> tuples =
                keys == 0 ? List.of(List.<String>of()).iterator() : new Pages(instance, arguments, total);
        try {
            record(call, executor.ask(statement, call.call(), model, tuples, total, answers::add));
        } finally {
            answers.flush();
        }
    }

    /** Asks about tuples in hand. */
    void ask(BoundCall call, List<List<String>> tuples, java.util.function.Consumer<AiExecutor.Answer> answers) {
        record(call, executor.ask(statement, call.call(), pin(call), tuples.iterator(), tuples.size(), answers));
    }

    private void record(BoundCall call, AiCalls.Stage stage) {
        stages.merge(call.signature(), stage, Asking::sum);
    }

    private static AiCalls.Stage sum(AiCalls.Stage a, AiCalls.Stage b) {
        Money cost = a.distinct() == 0 ? b.cost() : b.distinct() == 0 ? a.cost() : plus(a.cost(), b.cost());
        return new AiCalls.Stage(
                a.function(),
                b.model(),
                b.place(),
                a.distinct() + b.distinct(),
                a.asked() + b.asked(),
                a.stored() + b.stored(),
                a.failed() + b.failed(),
                cost);
    }

    /** Unknown as soon as one part is unknown. */
    private static @Nullable Money plus(@Nullable Money a, @Nullable Money b) {
        return a == null || b == null ? null : a.plus(b);
    }

    List<AiCalls.Stage> stages() {
        return List.copyOf(stages.values());
    }

    Map<String, String> pinnedModels() {
        Map<String, String> models = new LinkedHashMap<>();
        pinned.values().forEach(model -> models.put(model.endpoint(), model.served()));
        return models;
    }

    /** What all calls cost together; null where a price is unknown or nothing was asked. */
    @Nullable
    Money cost() {
        Money sum = null;
        for (AiCalls.Stage stage : stages.values()) {
            if (stage.distinct() == 0) {
                continue;
            }
            if (stage.cost() == null) {
                return null;
            }
            sum = sum == null ? stage.cost() : sum.plus(stage.cost());
        }
        return sum;
    }

    /** Reads the tuples of a table page by page, because the engine's reader cannot be left open while answers are written. */
    private static final class Pages implements Iterator<List<String>> {

        private final EngineInstance instance;
        private final String table;
        private final long total;
        private List<List<@Nullable Object>> page = List.of();
        private int inPage;
        private long read;

        Pages(EngineInstance instance, String table, long total) {
            this.instance = instance;
            this.table = table;
            this.total = total;
        }

        @Override
        public boolean hasNext() {
            return read < total;
        }

        @Override
        public List<String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (inPage == page.size()) {
                page = instance.rows(
                        "SELECT * FROM " + table + " WHERE rowid >= " + read + " AND rowid < " + (read + ROWS_PER_READ)
                                + " ORDER BY rowid",
                        ROWS_PER_READ);
                inPage = 0;
            }
            List<String> tuple = new ArrayList<>();
            for (Object value : page.get(inPage)) {
                tuple.add(String.valueOf(value));
            }
            inPage++;
            read++;
            return tuple;
        }
    }
}
