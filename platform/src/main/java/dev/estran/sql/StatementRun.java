package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.Phrase;
import dev.estran.sql.StatementStatus.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One submitted statement, from its queue to its result. Written by its own thread, read and cancelled by others. */
final class StatementRun {

    private static final int MAX_LABEL = 200;

    private final String id;
    private final Caller caller;
    private final String text;
    private final Instant submitted;
    private final boolean job;
    private final CountDownLatch ended = new CountDownLatch(1);

    private State state = State.QUEUED;
    private Phrase stage = Phrase.NONE;
    private double fraction = -1;
    private @Nullable EngineInstance instance;
    private @Nullable EstranException stop;
    private @Nullable Outcome outcome;
    private @Nullable EstranException error;
    private @Nullable Money spent;
    private Instant endedAt = Instant.MAX;

    /** @param job whether it is the work of another service */
    StatementRun(String id, Caller caller, String text, Instant submitted, boolean job) {
        this.id = id;
        this.caller = caller;
        this.text = text;
        this.submitted = submitted;
        this.job = job;
    }

    String id() {
        return id;
    }

    Caller caller() {
        return caller;
    }

    String text() {
        return text;
    }

    /** The beginning of the text, for lists. */
    String label() {
        int end = text.offsetByCodePoints(0, Math.min(MAX_LABEL, text.codePointCount(0, text.length())));
        return text.substring(0, end);
    }

    Instant submitted() {
        return submitted;
    }

    boolean job() {
        return job;
    }

    synchronized Instant endedAt() {
        return endedAt;
    }

    synchronized void start() {
        check();
        state = State.RUNNING;
    }

    synchronized void progress(Phrase what, double done, @Nullable Money cost) {
        stage = what;
        fraction = done;
        if (cost != null) {
            spent = cost;
        }
    }

    /** The instance that {@link #stop} interrupts; null when none runs. */
    synchronized void running(@Nullable EngineInstance engine) {
        instance = engine;
        check();
    }

    /** An instance is closed; what was asked to stop meanwhile is for the next step to see. */
    synchronized void ended(EngineInstance engine) {
        if (engine.equals(instance)) {
            instance = null;
        }
    }

    /** Asks the statement to end with this error (CANCELLED or TIMEOUT). The first reason given holds. */
    synchronized void stop(EstranException reason) {
        if (stop == null && !state.ended()) {
            stop = reason;
            if (instance != null) {
                instance.cancel();
            }
        }
    }

    synchronized boolean stopped() {
        return stop != null;
    }

    /** @throws EstranException the reason to stop, if there is one */
    synchronized void check() {
        if (stop != null) {
            throw stop;
        }
    }

    synchronized void finish(Outcome result, Instant now) {
        outcome = result;
        end(State.FINISHED, now);
    }

    /** An interrupted engine reports its own error; the reason it was stopped for is what counts. */
    synchronized EstranException reason(EstranException failure) {
        return stop != null ? stop : failure;
    }

    synchronized void fail(EstranException reason, Instant now) {
        error = reason;
        end(reason.code() == ErrorCode.CANCELLED ? State.CANCELLED : State.FAILED, now);
    }

    private void end(State last, Instant now) {
        state = last;
        instance = null;
        endedAt = now;
        stage = Phrase.NONE;
        fraction = 1;
        ended.countDown();
    }

    boolean await(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    synchronized @Nullable ResultSpool spool() {
        return outcome == null ? null : outcome.spool();
    }

    synchronized StatementStatus status(Instant now) {
        Outcome result = outcome;
        ResultSpool spool = result == null ? null : result.spool();
        Instant until = state.ended() ? endedAt : now;
        EngineInstance engine = instance;
        double done = fraction < 0 && engine != null ? engine.progress() : fraction;
        return new StatementStatus(
                id,
                state,
                stage,
                done,
                spool == null ? List.of() : spool.columns(),
                spool == null ? 0 : spool.rows(),
                spool != null && spool.truncated(),
                result == null ? null : result.affected(),
                result == null ? null : result.message(),
                result == null ? Map.of() : result.generated(),
                result == null ? List.of() : result.aiStages(),
                result == null ? spent : result.cost(),
                result == null ? Map.of() : result.pinned(),
                error,
                java.time.Duration.between(submitted, until).toMillis());
    }

    /**
     * What a statement left.
     *
     * @param spool the result's rows, or null for statements without any
     * @param message one line for people, or null
     */
    record Outcome(
            @Nullable ResultSpool spool,
            @Nullable Long affected,
            @Nullable Phrase message,
            Map<Integer, String> generated,
            List<AiCalls.Stage> aiStages,
            @Nullable Money cost,
            Map<String, String> pinned) {

        static Outcome of(ResultSpool spool) {
            return new Outcome(spool, null, null, Map.of(), List.of(), null, Map.of());
        }

        static Outcome message(String key, String template, Map<String, Object> values) {
            return new Outcome(null, null, Phrase.of(key, template, values), Map.of(), List.of(), null, Map.of());
        }

        static Outcome affected(long rows, Queries.Trace trace) {
            return new Outcome(null, rows, null, Map.of(), trace.aiStages(), trace.cost(), trace.pinned());
        }

        List<Column> columns() {
            return spool == null ? List.of() : spool.columns();
        }
    }
}
