package dev.estran.load;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.lake.Lake;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.SqlEngine;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.StatementHandler.Result;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Imports files into tables. Thread-safe. */
public final class LoadService {

    /** With the buffers of the CSV reader and the Java heap this stays below 1.5 GB of resident memory. */
    private static final long MEMORY_BYTES = 768L << 20;

    private static final int MAX_REJECTS_PAGE = 10_000;
    private static final long STATEMENT_MILLIS = 24L * 3600 * 1000;

    private final SqlService sql;
    private final Lake lake;
    private final SqlEngine engine;
    private final Path rejects;

    /** @param rejects directory for the files of rejected rows */
    public LoadService(SqlService sql, Lake lake, SqlEngine engine, Path rejects) {
        this.sql = sql;
        this.lake = lake;
        this.engine = engine;
        this.rejects = rejects;
    }

    /**
     * Queues an import; it is followed, cancelled and paged like a statement. Its result is one row that reports what was
     * loaded, or with {@code dryRun} one row for each column.
     *
     * @return the statement's id
     */
    public String submit(Caller caller, LoadRequest request) {
        return sql.submitJob(caller, text(request), context -> run(context, request));
    }

    /** As {@link #submit}; the file is the service's own and deleted when the import ends, however it ends. */
    public String submitAndDelete(Caller caller, LoadRequest request) {
        try {
            return sql.submitJob(caller, text(request), context -> {
                try {
                    return run(context, request);
                } finally {
                    delete(request.file());
                }
            });
        } catch (EstranException e) {
            delete(request.file());
            throw e;
        }
    }

    /** The demo company's data. */
    public DemoCompany demo() {
        return new DemoCompany(sql, lake, this);
    }

    /**
     * A row that an import could not load.
     *
     * @param column whose value does not fit; empty, like the value, where the row as a whole is at fault
     * @param text the row as it stands in the file
     */
    public record Rejected(long line, String column, String value, String reason, String text) {}

    /**
     * The rows that an import of the caller's rejected, in the order of the file.
     *
     * @throws EstranException STATEMENT_NOT_FOUND, also where the import has been forgotten; INVALID_ARGUMENT
     */
    public List<Rejected> rejected(Caller caller, String statementId, long offset, int limit) {
        sql.status(caller, statementId);
        if (offset < 0 || limit < 0 || limit > MAX_REJECTS_PAGE) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "offset must not be negative, and limit between 0 and " + MAX_REJECTS_PAGE + ".");
        }
        return new RejectedRows(rejects).page(statementId, offset, limit);
    }

    /** All of them as CSV. See {@link #rejected}. */
    public String rejectedCsv(Caller caller, String statementId) {
        sql.status(caller, statementId);
        return new RejectedRows(rejects).csv(statementId);
    }

    private static String text(LoadRequest request) {
        return "LOAD " + request.name() + " INTO " + request.table() + " MODE "
                + request.mode().name().toLowerCase(Locale.ROOT) + (request.dryRun() ? " DRY RUN" : "");
    }

    Result run(StatementHandler.Context context, LoadRequest request) {
        Target target = Target.of(lake, context.caller(), request);
        FileFormat format = FileFormat.of(request.file(), request.name(), request.format());
        Rejects rejected = new Rejects(rejects, context.statementId(), request.name(), request.maxRejects());
        boolean kept = false;
        SqlEngine.Binding binding = new SqlEngine.Binding(
                List.of(request.file()), List.of(), "UTC", STATEMENT_MILLIS, MEMORY_BYTES, Map.of());
        try (EngineInstance instance = engine.open(binding)) {
            context.running(instance);
            Result result = new Import(context, request, target, instance, rejected, format).run();
            kept = !request.dryRun();
            return result;
        } finally {
            context.running(null);
            if (!kept) {
                rejected.discard();
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.translate(e, file);
        }
    }
}
