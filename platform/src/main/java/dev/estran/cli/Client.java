package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way commands reach Estran: in this process, or over HTTP. Errors are EstranException. */
interface Client extends AutoCloseable {

    /** Where statements go, for people: a data directory or a URL. */
    String description();

    String openSession();

    /** Submits a statement; returns its id. */
    String submit(@Nullable String session, String text);

    /** Waits at most so long for its end. */
    StatementView await(String id, long millis) throws InterruptedException;

    /** Rows of a finished result, each an array of values. */
    List<JsonNode> rows(String id, long offset, int limit);

    void cancel(String id);

    /**
     * Imports a file.
     *
     * @param options see LoadRequest: table, mode, format, dry_run, ...
     * @return the id of the job, which is awaited like a statement
     */
    String load(Path file, Map<String, String> options);

    /**
     * Makes an access token and gives its text, which is not to be had again.
     *
     * @param principal null for the caller
     * @param days 0 for one that does not expire
     */
    String createToken(@Nullable String principal, String name, Scope scope, int days);

    /** Facts for {@code estran doctor}. */
    ObjectNode health();

    @Override
    void close();
}
