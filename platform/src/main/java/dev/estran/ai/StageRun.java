package dev.estran.ai;

import dev.estran.Money;
import dev.estran.model.Budget;
import dev.estran.sql.AiCalls;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts and progress of one stage. Used on the thread that called ask. */
final class StageRun {

    private static final long PROGRESS_NANOS = 100_000_000;

    private final AiCalls.Statement statement;
    private final String function;
    private final String model;
    private final AiCalls.Place place;
    private final long total;
    private final Budget budget;
    private final String currency;
    private final Consumer<AiExecutor.Answer> answers;
    private long asked;
    private long stored;
    private long failed;
    private Money cost;
    private boolean priced = true;
    private long lastProgress = System.nanoTime();

    StageRun(
            AiCalls.Statement statement,
            String function,
            String model,
            AiCalls.Place place,
            long total,
            Budget budget,
            String currency,
            Consumer<AiExecutor.Answer> answers) {
        this.statement = statement;
        this.function = function;
        this.model = model;
        this.place = place;
        this.total = total;
        this.budget = budget;
        this.currency = currency;
        this.answers = answers;
        this.cost = Money.zero(currency);
    }

    void stored(AiExecutor.Answer answer) {
        stored++;
        deliver(answer);
    }

    /** @param price what it cost, zero where somebody else paid; null where unknown */
    void asked(AiExecutor.Answer answer, @Nullable Money price) {
        asked++;
        spent(price);
        deliver(answer);
    }

    void spent(@Nullable Money price) {
        if (price == null) {
            priced = false;
        } else {
            cost = cost.plus(price);
        }
    }

    private void deliver(AiExecutor.Answer answer) {
        if (answer.error() != null) {
            failed++;
        }
        answers.accept(answer);
        long now = System.nanoTime();
        if (now - lastProgress >= PROGRESS_NANOS) {
            lastProgress = now;
            progress();
        }
    }

    void progress() {
        Money spent = new Money(budget.spent(), currency);
        statement.progress().accept(new AiCalls.Progress(function, asked + stored, total, spent));
    }

    AiCalls.Stage end() {
        progress();
        return new AiCalls.Stage(function, model, place, asked + stored, asked, stored, failed, priced ? cost : null);
    }
}
