package dev.estran.ai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.model.Budget;
import dev.estran.model.ModelCalls;
import dev.estran.model.Prices;
import dev.estran.model.UsageLog;
import dev.estran.model.UsageRecord;
import dev.estran.sql.AiCalls;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers tuples by a local method, in batches on a few platform threads, whose processor time is what it costs. Answers
 * are not stored: working them out again is as cheap as looking them up. One usage record per batch.
 */
final class LocalRun {

    private static final Logger log = LoggerFactory.getLogger(LocalRun.class);
    private static final int BATCH = 1024;
    /** The first batches are small, so that few rows, or slow methods, still use every thread and show progress. */
    private static final int FIRST_BATCH = 16;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final Prices prices;
    private final UsageLog usage;
    private final int threads;

    LocalRun(Prices prices, UsageLog usage, int threads) {
        this.prices = prices;
        this.usage = usage;
        this.threads = threads;
    }

    private record Done(List<AiExecutor.Answer> answers, Money cost) {}

    void ask(
            AiCalls.Statement statement,
            AiCall call,
            AiExecutor.Pinned pinned,
            LocalMethod method,
            Iterator<List<String>> tuples,
            Budget budget,
            StageRun stage) {
        method.check(call.constants());
        int[] size = {FIRST_BATCH};
        new Window<List<List<String>>, Done>(
                        threads,
                        Thread.ofPlatform().daemon().name("ai-local-", 0).factory(),
                        statement.cancelled())
                .run(
                        () -> {
                            requireBudget(budget);
                            List<List<String>> batch = new ArrayList<>();
                            while (batch.size() < size[0] && tuples.hasNext()) {
                                batch.add(tuples.next());
                            }
                            size[0] = Math.min(BATCH, size[0] * 2);
                            return batch.isEmpty() ? null : batch;
                        },
                        batch -> answer(statement, call, pinned, method, batch, budget),
                        done -> {
                            stage.spent(done.cost());
                            done.answers().forEach(answer -> stage.asked(answer, prices.zero()));
                        });
    }

    private void requireBudget(Budget budget) {
        if (budget.exhausted()) {
            throw new EstranException(
                            ErrorCode.AI_BUDGET_EXCEEDED,
                            "The budget of " + budget.limit() + " " + prices.currency()
                                    + " is used up. Raise ai_budget and run the statement again.")
                    .with("limit", String.valueOf(budget.limit()))
                    .with("currency", prices.currency());
        }
    }

    private Done answer(
            AiCalls.Statement statement,
            AiCall call,
            AiExecutor.Pinned pinned,
            LocalMethod method,
            List<List<String>> batch,
            Budget budget)
            throws InterruptedException {
        Instant at = Instant.now();
        long started = System.nanoTime();
        long cpuBefore = CPU.getCurrentThreadCpuTime();
        List<AiExecutor.Answer> answers = new ArrayList<>(batch.size());
        String failure = ErrorCode.CANCELLED.name();
        try {
            for (List<String> tuple : batch) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                answers.add(answer(call, method, tuple));
            }
            failure = null;
            return new Done(answers, prices.cpu(cpuSince(cpuBefore)));
        } finally {
            BigDecimal cost = prices.cpu(cpuSince(cpuBefore)).amount();
            budget.spend(cost);
            long millis = (System.nanoTime() - started) / 1_000_000;
            record(statement, call, pinned, at, answers.size(), millis, cost, failure);
        }
    }

    private static long cpuSince(long before) {
        return Math.max(0, CPU.getCurrentThreadCpuTime() - before);
    }

    private static AiExecutor.Answer answer(AiCall call, LocalMethod method, List<String> tuple) {
        Map<String, @Nullable Object> args = new HashMap<>(call.constants());
        for (int i = 0; i < call.varying().size(); i++) {
            args.put(call.varying().get(i), tuple.get(i));
        }
        try {
            return new AiExecutor.Answer(tuple, method.apply(args), null);
        } catch (EstranException e) {
            return new AiExecutor.Answer(tuple, null, e.code() + ": " + e.text());
        } catch (RuntimeException e) {
            log.warn(
                    "{} failed in {}: {}",
                    call.function().name(),
                    method.served(),
                    e.getClass().getName());
            return new AiExecutor.Answer(
                    tuple, null, "MODEL_FAILED: " + method.served() + " failed on this text. Report it with its log.");
        }
    }

    private void record(
            AiCalls.Statement statement,
            AiCall call,
            AiExecutor.Pinned pinned,
            Instant at,
            int answered,
            long millis,
            BigDecimal cost,
            @Nullable String failure) {
        usage.record(new UsageRecord(
                ModelCalls.callId(),
                statement.id(),
                null,
                statement.caller().id(),
                at,
                pinned.endpoint(),
                pinned.served(),
                call.function().name(),
                null,
                answered,
                List.of(new UsageRecord.Attempt(1, millis, 0, failure)),
                millis,
                0,
                0,
                false,
                BigDecimal.ZERO,
                cost,
                prices.currency(),
                true,
                false,
                failure));
    }
}
