package dev.estran.model;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One logical call: attempts with pauses, one repair of a malformed answer, budget held before and settled after each
 * attempt, one usage record at the end whatever happens. Blocks; call it from virtual threads. Thread-safe.
 */
public final class ModelCalls {

    private final Map<String, ChatClient> clients;
    private final Prices prices;
    private final UsageLog usage;
    private final CallLimits limits;
    private final InstantSource clock;

    /** @param clients by provider */
    public ModelCalls(
            Map<String, ChatClient> clients, Prices prices, UsageLog usage, CallLimits limits, InstantSource clock) {
        this.clients = Map.copyOf(clients);
        this.prices = prices;
        this.usage = usage;
        this.limits = limits;
        this.clock = clock;
    }

    /** Whom a call is made for. */
    public record Context(String statementId, String caller, String function, String identity, Budget budget) {}

    /**
     * How a call ended. Exactly one of text and error is there.
     *
     * @param cost null where the price is unknown
     */
    public record Reply(
            @Nullable String text,
            ChatClient.@Nullable Failed error,
            @Nullable Money cost) {}

    /**
     * Asks the model.
     *
     * @param complaint what is wrong with an answer's form, or empty
     * @throws EstranException AI_BUDGET_EXCEEDED before the attempt that would not fit; SECRET_NOT_FOUND
     */
    public Reply call(
            Context context, ModelTarget target, ChatRequest request, Function<String, Optional<String>> complaint)
            throws InterruptedException {
        ChatClient client = clients.get(target.connection().provider());
        if (client == null) {
            throw new EstranException(
                    ErrorCode.NOT_BUILT, "The provider " + target.connection().provider() + " is not built yet.");
        }
        Run run = new Run(context, target, client);
        try {
            return run.attempts(request, complaint);
        } finally {
            run.record();
        }
    }

    /** The state of one logical call. One thread. */
    private final class Run {

        private final Context context;
        private final ModelTarget target;
        private final ChatClient client;
        private final String callId = callId();
        private final long started = System.nanoTime();
        private final List<UsageRecord.Attempt> attempts = new ArrayList<>();
        private final Instant at = clock.instant();
        private long tokensIn;
        private long tokensOut;
        private boolean estimated;
        private BigDecimal held = BigDecimal.ZERO;
        private @Nullable String error = ErrorCode.CANCELLED.name();

        Run(Context context, ModelTarget target, ChatClient client) {
            this.context = context;
            this.target = target;
            this.client = client;
        }

        Reply attempts(ChatRequest first, Function<String, Optional<String>> complaint) throws InterruptedException {
            ChatRequest request = first;
            boolean repaired = false;
            while (true) {
                ChatClient.Outcome outcome = attempt(request);
                if (outcome instanceof ChatClient.Answered answer) {
                    Optional<String> wrong = complaint.apply(answer.text());
                    if (wrong.isEmpty()) {
                        error = null;
                        return new Reply(answer.text(), null, cost());
                    }
                    if (repaired || attempts.size() >= limits.attempts()) {
                        return failed(invalid(answer, wrong.get()));
                    }
                    repaired = true;
                    request = first.repair(answer.text(), wrong.get());
                } else if (outcome instanceof ChatClient.Failed failure) {
                    long pause = pause(failure);
                    if (!failure.retry() || attempts.size() >= limits.attempts() || pause < 0) {
                        return failed(failure);
                    }
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
            }
        }

        /** One attempt under its own hold. */
        private ChatClient.Outcome attempt(ChatRequest request) throws InterruptedException {
            long boundIn = request.tokensInBound();
            Money worst = prices.cost(target.price(), boundIn, request.maxTokens());
            BigDecimal hold = worst == null ? BigDecimal.ZERO : worst.amount();
            if (!context.budget().reserve(hold)) {
                error = ErrorCode.AI_BUDGET_EXCEEDED.name();
                throw exceeded(hold);
            }
            held = held.max(hold);
            int n = attempts.size() + 1;
            long from = System.nanoTime();
            BigDecimal charge = hold;
            ChatClient.@Nullable Outcome outcome = null;
            try {
                outcome = client.attempt(target, request, callId + "-" + n);
                charge = charge(request, hold, outcome);
                return outcome;
            } catch (EstranException e) {
                error = e.code().name();
                charge = BigDecimal.ZERO;
                throw e;
            } finally {
                if (outcome == null && charge.signum() > 0) {
                    // Aborted after sending: the supplier may bill it, so the budget keeps the worst case.
                    estimated = true;
                    tokensIn += TokenCounter.count(request);
                }
                context.budget().settle(hold, charge);
                long millis = (System.nanoTime() - from) / 1_000_000;
                attempts.add(
                        switch (outcome) {
                            case ChatClient.Failed failed ->
                                new UsageRecord.Attempt(
                                        n,
                                        millis,
                                        failed.status(),
                                        failed.code().name());
                            case ChatClient.Answered answered ->
                                new UsageRecord.Attempt(n, millis, answered.status(), null);
                            case null -> new UsageRecord.Attempt(n, millis, 0, ErrorCode.CANCELLED.name());
                        });
            }
        }

        /** What the budget is charged for an attempt; counts its tokens. */
        private BigDecimal charge(ChatRequest request, BigDecimal hold, ChatClient.Outcome outcome) {
            return switch (outcome) {
                case ChatClient.Answered answer -> {
                    tokensIn += answer.tokensIn();
                    tokensOut += answer.tokensOut();
                    estimated |= answer.estimated();
                    Money cost = prices.cost(target.price(), answer.tokensIn(), answer.tokensOut());
                    yield cost == null ? BigDecimal.ZERO : cost.amount();
                }
                case ChatClient.Failed failure
                when failure.billable() -> {
                    estimated = true;
                    tokensIn += TokenCounter.count(request);
                    yield hold;
                }
                case ChatClient.Failed _ -> BigDecimal.ZERO;
            };
        }

        /** How long to wait before the next attempt, or -1 where that would pass the time for the call. */
        private long pause(ChatClient.Failed failure) {
            int exponent = Math.min(attempts.size() - 1, 16);
            long mean = Math.min(limits.baseDelayMillis() << exponent, limits.maxDelayMillis());
            long pause = ThreadLocalRandom.current().nextLong(mean / 2, mean + mean / 2 + 1);
            if (failure.retryAfterMillis() >= 0) {
                // A little more than asked for, so that the calls under way do not come back in one blow.
                pause = failure.retryAfterMillis() + pause / 4;
            }
            long left = limits.totalMillis() - (System.nanoTime() - started) / 1_000_000;
            return pause < left ? pause : -1;
        }

        private Reply failed(ChatClient.Failed failure) {
            error = failure.code().name();
            return new Reply(null, failure, cost());
        }

        private ChatClient.Failed invalid(ChatClient.Answered answer, String wrong) {
            String cut = answer.finish().equals("length") ? " It was cut at the token limit; raise max_tokens." : "";
            return new ChatClient.Failed(
                    answer.status(),
                    ErrorCode.MODEL_ANSWER_INVALID,
                    target.endpoint().name() + " gave no valid answer, asked twice: " + wrong + "." + cut,
                    true,
                    -1,
                    false);
        }

        private EstranException exceeded(BigDecimal hold) {
            Budget budget = context.budget();
            return new EstranException(
                            ErrorCode.AI_BUDGET_EXCEEDED,
                            "The budget of " + budget.limit() + " " + prices.currency() + " is used up: "
                                    + budget.spent().stripTrailingZeros().toPlainString()
                                    + " spent, the next call may cost "
                                    + hold.stripTrailingZeros().toPlainString()
                                    + ". Answers so far are kept: raise ai_budget and run the statement again.")
                    .with("limit", String.valueOf(budget.limit()))
                    .with("currency", prices.currency());
        }

        private @Nullable Money cost() {
            return prices.cost(target.price(), tokensIn, tokensOut);
        }

        void record() {
            if (attempts.isEmpty()) {
                return;
            }
            Money cost = cost();
            usage.record(new UsageRecord(
                    callId,
                    context.statementId(),
                    null,
                    context.caller(),
                    at,
                    target.endpoint().name(),
                    target.servedName(),
                    context.function(),
                    context.identity(),
                    1,
                    attempts,
                    (System.nanoTime() - started) / 1_000_000,
                    tokensIn,
                    tokensOut,
                    estimated,
                    target.price() == null ? null : held,
                    cost == null ? null : cost.amount(),
                    prices.currency(),
                    false,
                    target.endpoint().simulated(),
                    error));
        }
    }

    /** Unique without a central counter: 96 random bits. */
    public static String callId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "c_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextInt());
    }
}
