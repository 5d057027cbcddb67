package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.sql.StatementRun.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every statement enters, whatever the door: sessions, a bounded queue, time limits, cancelling, results kept for
 * paging, and a history record for each. Thread-safe.
 */
public final class SqlService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SqlService.class);

    /** An estimate that takes longer is worth less than the wait for it. */
    private static final long ESTIMATE_MILLIS = 5_000;

    /** Statements that {@link #running} lists. */
    public static final int MAX_LISTED = 100;

    private final Access access;
    private final SqlLimits limits;
    private final Sessions sessions;
    private final Statements statements;
    private final History history;
    private final Clock clock;
    private final Supplier<String> ids;
    private final ConcurrentHashMap<String, StatementRun> runs = new ConcurrentHashMap<>();
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ConcurrentHashMap<String, String> estimates = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> forgetting;

    /** @param ids gives a fresh identifier of letters and digits at each call */
    public SqlService(
            Access access,
            SqlLimits limits,
            Statements statements,
            History history,
            Clock clock,
            Supplier<String> ids) {
        this.access = access;
        this.limits = limits;
        this.statements = statements;
        this.history = history;
        this.clock = clock;
        this.ids = ids;
        this.sessions = new Sessions(limits.sessions(), limits.currency(), clock, ids);
        this.workers = StatementQueue.create(limits.concurrentStatements(), limits.queuedStatements());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("statement-timer").factory());
        forgetting = timer.scheduleWithFixedDelay(this::forgetOldResults, 30, 30, TimeUnit.SECONDS);
    }

    /** Opens a session; the id goes into {@link SqlRequest#session}. */
    public String openSession(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return sessions.create(caller).id();
    }

    public void closeSession(Caller caller, String id) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        sessions.close(caller, id);
    }

    /**
     * Queues a statement and returns at once.
     *
     * @return its id
     * @throws EstranException STATEMENT_TOO_LARGE, SESSION_NOT_FOUND, TOO_MANY_STATEMENTS; everything else is reported by
     *     {@link #status}
     */
    public String submit(Caller caller, SqlRequest request) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        requireSize(request);
        return queue(caller, request, session(caller, request), false, statements::execute);
    }

    private Session session(Caller caller, SqlRequest request) {
        String sessionId = request.session();
        return sessionId == null ? sessions.transientSession(caller) : sessions.load(caller, sessionId);
    }

    private void requireSize(SqlRequest request) {
        int bytes = request.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limits.statementBytes()) {
            throw new EstranException(
                            ErrorCode.STATEMENT_TOO_LARGE,
                            "The statement has " + bytes + " bytes; " + limits.statementBytes()
                                    + " are allowed (sql.statement_limit_bytes). Load data with ./estran load.")
                    .with("bytes", bytes)
                    .with("limit", limits.statementBytes());
        }
    }

    /**
     * What the AI calls of a statement would be and cost, under the rights of running it. A caller has one estimate at a
     * time: a newer one stops the older. In the history it is an {@code EXPLAIN AI}.
     *
     * @throws EstranException the statement's own error; TIMEOUT after some seconds; CANCELLED by a newer estimate
     */
    public AiCalls.Estimate estimate(Caller caller, SqlRequest request) throws InterruptedException {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        requireSize(request);
        AtomicReference<AiCalls.@Nullable Estimate> found = new AtomicReference<>();
        String text = request.text();
        String id = queue(caller, request.explained(ESTIMATE_MILLIS), session(caller, request), false, context -> {
            found.set(statements.estimate(context, text));
            return Outcome.message("", "", Map.of());
        });
        String older = estimates.put(caller.id(), id);
        StatementRun before = older == null ? null : runs.get(older);
        if (before != null) {
            before.stop(new EstranException(ErrorCode.CANCELLED, "A newer estimate was asked for."));
        }
        StatementRun run = load(caller, id);
        run.await(2 * ESTIMATE_MILLIS);
        estimates.remove(caller.id(), id);
        EstranException error = run.status(clock.instant()).error();
        discard(caller, id);
        AiCalls.Estimate estimate = found.get();
        if (error != null || estimate == null) {
            throw error != null ? error : timedOut(ESTIMATE_MILLIS);
        }
        return estimate;
    }

    /**
     * Queues work of another service that is followed, cancelled and recorded like a statement.
     *
     * @param text what it does, in the form of a statement; for the history
     */
    public String submitJob(Caller caller, String text, StatementHandler.Job job) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return queue(
                caller,
                SqlRequest.of(text),
                sessions.transientSession(caller),
                true,
                context -> statements.run(context, job));
    }

    private String queue(
            Caller caller, SqlRequest request, Session session, boolean job, Function<StatementContext, Outcome> work) {
        StatementRun run = new StatementRun("st_" + ids.get(), caller, request.text(), clock.instant(), job);
        runs.put(run.id(), run);
        submitted.incrementAndGet();
        try {
            workers.execute(() -> run(run, request, session, work));
        } catch (RejectedExecutionException e) {
            runs.remove(run.id());
            throw new EstranException(
                            ErrorCode.TOO_MANY_STATEMENTS,
                            limits.concurrentStatements() + " statements run and " + limits.queuedStatements()
                                    + " wait; try again in a moment.",
                            e)
                    .with("running", limits.concurrentStatements())
                    .with("waiting", limits.queuedStatements());
        }
        return run.id();
    }

    private void run(StatementRun run, SqlRequest request, Session session, Function<StatementContext, Outcome> work) {
        Long asked = request.timeoutMillis();
        Long ofSession = session.state().timeoutMillis();
        long timeoutMillis = asked != null ? asked : ofSession != null ? ofSession : limits.timeoutMillis();
        StatementContext context = new StatementContext(run, request, session, limits, timeoutMillis);
        Future<?> timeout = CompletableFuture.completedFuture(null);
        try {
            run.start();
            timeout = timer.schedule(() -> run.stop(timedOut(timeoutMillis)), timeoutMillis, TimeUnit.MILLISECONDS);
            history.started(context);
            Outcome outcome = work.apply(context);
            history.ended(context, outcome, null);
            run.finish(outcome, clock.instant());
        } catch (EstranException e) {
            fail(context, e);
        } catch (RejectedExecutionException e) { // closed between the two lines above
            fail(context, stopping());
        } catch (Throwable e) { // a statement must never take its thread, or the process, along
            String id = "err_" + ids.get();
            log.error("{} {} failed", id, run.id(), e);
            fail(context, new EstranException(ErrorCode.INTERNAL, "Internal error " + id + "; the log has it.", e));
        } finally {
            timeout.cancel(false);
        }
    }

    private static EstranException stopping() {
        return new EstranException(ErrorCode.CANCELLED, "Estran is stopping.").with("key", "stopping");
    }

    private static EstranException timedOut(long millis) {
        return new EstranException(
                        ErrorCode.TIMEOUT,
                        "The statement took longer than "
                                + Duration.ofMillis(millis).toMillis() / 1000.0
                                + " s. Raise the limit with SET timeout = SECONDS, or sql.timeout_ms.")
                .with("millis", millis);
    }

    private void fail(StatementContext context, EstranException failure) {
        if (failure.code() == ErrorCode.INTERNAL
                && !String.valueOf(failure.getMessage()).contains("err_")) {
            log.error("{} failed", context.run().id(), failure);
        }
        failed.incrementAndGet();
        EstranException reason = context.run().reason(failure);
        try {
            history.ended(context, null, reason);
        } catch (EstranException e) {
            log.warn("the history of {} is not recorded: {}", context.run().id(), e.text());
        }
        context.run().fail(reason, clock.instant());
    }

    /** Where a statement stands. Only its own caller sees it. */
    public StatementStatus status(Caller caller, String id) {
        return load(caller, id).status(clock.instant());
    }

    /** Waits for the end of a statement, at most so long, and says where it stands. */
    public StatementStatus await(Caller caller, String id, long millis) throws InterruptedException {
        StatementRun run = load(caller, id);
        run.await(Math.min(millis, limits.timeoutMillis()));
        return run.status(clock.instant());
    }

    /**
     * Rows of a finished result as JSON: the elements of an array, each an array of values.
     *
     * @param limit at most 100,000
     * @throws EstranException the statement's own error; RESULT_EXPIRED
     */
    public String rows(Caller caller, String id, long offset, int limit) {
        StatementRun run = load(caller, id);
        StatementStatus status = run.status(clock.instant());
        EstranException error = status.error();
        if (error != null) {
            throw error;
        }
        if (offset < 0 || limit < 0 || limit > SqlLimits.MAX_PAGE_ROWS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "offset must not be negative, and limit between 0 and " + SqlLimits.MAX_PAGE_ROWS + ".");
        }
        ResultSpool spool = run.spool();
        return spool == null ? "" : spool.page(offset, limit);
    }

    /**
     * The whole result of a finished statement, to be read once and closed.
     *
     * @throws EstranException the statement's own error; RESULT_NOT_READY; INVALID_ARGUMENT for a statement without rows
     */
    public StoredResult open(Caller caller, String id) {
        StatementRun run = load(caller, id);
        StatementStatus status = run.status(clock.instant());
        EstranException error = status.error();
        if (error != null) {
            throw error;
        }
        if (!status.state().ended()) {
            throw new EstranException(
                    ErrorCode.RESULT_NOT_READY, "The statement has not ended; ask again when it has.");
        }
        ResultSpool spool = run.spool();
        if (spool == null) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "The statement gives no rows.");
        }
        return spool.open(StoredResult.nameOf(status.pinned().keySet()));
    }

    /** Stops a statement; returns at once. Ended statements stay as they are. */
    public void cancel(Caller caller, String id) {
        load(caller, id).stop(new EstranException(ErrorCode.CANCELLED, "The statement was cancelled."));
    }

    /** Frees a result before its time. */
    public void discard(Caller caller, String id) {
        StatementRun run = load(caller, id);
        run.stop(new EstranException(ErrorCode.CANCELLED, "The statement was cancelled."));
        if (run.status(clock.instant()).state().ended()) {
            forget(run);
        }
    }

    /** What of the caller's runs or waits, the oldest first; at most {@link #MAX_LISTED}. */
    public List<Running> running(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Instant now = clock.instant();
        return runs.values().stream()
                .filter(run -> run.caller().id().equals(caller.id()))
                .filter(run -> run.endedAt().equals(Instant.MAX))
                .filter(run -> !estimates.containsValue(run.id()))
                .sorted(Comparator.comparing(StatementRun::submitted).thenComparing(StatementRun::id))
                .limit(MAX_LISTED)
                .map(run -> new Running(run.label(), run.job(), run.submitted(), run.status(now)))
                .toList();
    }

    /**
     * A statement that has not ended.
     *
     * @param label the beginning of its text
     * @param job whether it is the work of another service, an import for example
     */
    public record Running(String label, boolean job, Instant submitted, StatementStatus status) {}

    private StatementRun load(Caller caller, String id) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        StatementRun run = runs.get(id);
        if (run == null || !run.caller().id().equals(caller.id())) {
            throw new EstranException(
                    ErrorCode.STATEMENT_NOT_FOUND,
                    "There is no statement '" + id + "', or its result has expired. Run it again.");
        }
        return run;
    }

    private void forgetOldResults() {
        Instant before = clock.instant().minus(limits.resultRetention());
        runs.values().stream().filter(run -> run.endedAt().isBefore(before)).forEach(this::forget);
    }

    private void forget(StatementRun run) {
        runs.remove(run.id());
        ResultSpool spool = run.spool();
        if (spool != null) {
            spool.close();
        }
    }

    /** The reporting currency, in which budgets are given. */
    public String currency() {
        return limits.currency();
    }

    /** Numbers for monitoring. */
    public Counts counts(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return new Counts(
                submitted.get(),
                failed.get(),
                workers.getActiveCount(),
                workers.getQueue().size());
    }

    /** Statements since the start, and now. */
    public record Counts(long submitted, long failed, long running, long queued) {}

    /** Stops what runs and frees every result. */
    @Override
    public void close() {
        forgetting.cancel(false);
        workers.shutdown();
        runs.values().forEach(run -> run.stop(stopping()));
        timer.shutdownNow();
        try {
            if (!workers.awaitTermination(20, TimeUnit.SECONDS)) {
                log.warn("some statements did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runs.values().forEach(this::forget);
    }

    /** A pool of platform threads (the engine's native calls would pin virtual ones) with a bounded queue. */
    private static final class StatementQueue {

        private StatementQueue() {}

        static ThreadPoolExecutor create(int running, int waiting) {
            var queue = waiting == 0
                    ? new SynchronousQueue<Runnable>()
                    : new java.util.concurrent.LinkedBlockingQueue<Runnable>(waiting);
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    running,
                    running,
                    30,
                    TimeUnit.SECONDS,
                    queue,
                    Thread.ofPlatform().daemon().name("statement-", 0).factory());
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }

    /** Records what was run; wired to the journal. */
    public interface History {

        void started(StatementContext context);

        /** Durable when it returns: a result is only shown once this is. */
        void ended(StatementContext context, @Nullable Outcome outcome, @Nullable EstranException error);
    }
}
