package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** All that the parts of a statement's execution need to know of it. */
public final class StatementContext {

    private final StatementRun run;
    private final SqlRequest request;
    private final Session session;
    private final Session.State state;
    private final SqlLimits limits;
    private final long timeoutMillis;
    private Queries.@Nullable Trace trace;

    StatementContext(StatementRun run, SqlRequest request, Session session, SqlLimits limits, long timeoutMillis) {
        this.run = run;
        this.request = request;
        this.session = session;
        this.state = session.state();
        this.limits = limits;
        this.timeoutMillis = timeoutMillis;
    }

    public String statementId() {
        return run.id();
    }

    public Caller caller() {
        return run.caller();
    }

    public String text() {
        return run.text();
    }

    StatementRun run() {
        return run;
    }

    SqlRequest request() {
        return request;
    }

    Session session() {
        return session;
    }

    /** The session as it was when the statement began. */
    Session.State state() {
        return state;
    }

    SqlLimits limits() {
        return limits;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    long rowLimit() {
        Long asked = request.rowLimit();
        return asked == null ? limits.rowLimit() : Math.min(asked, limits.rowLimit());
    }

    @Nullable
    Money aiBudget() {
        BigDecimal asked = request.aiBudget();
        return asked == null ? state.aiBudget() : new Money(asked, limits.currency());
    }

    Path spoolFile() {
        return limits.directory().resolve("results").resolve(run.id() + ".rows");
    }

    /** What the last query of this statement read and asked, for the history; null if there was none. */
    public Queries.@Nullable Trace trace() {
        return trace;
    }

    void traced(Queries.Trace last) {
        trace = last;
    }
}
