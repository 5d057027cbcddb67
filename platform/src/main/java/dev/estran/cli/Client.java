package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller.Scope;
import dev.estran.export.ExportFormat;
import dev.estran.query.QueryDraft;
import dev.estran.sql.TypedValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one way commands reach Estran: in this process, or over HTTP. Errors are EstranException. */
interface Client extends AutoCloseable {

    /** Where statements go, for people: a data directory or a URL. */
    String description();

    String openSession();

    /** Submits a statement without parameters; returns its id. */
    default String submit(@Nullable String session, String text) {
        return submit(session, text, Map.of());
    }

    /** Submits a statement; returns its id. */
    String submit(@Nullable String session, String text, Map<String, TypedValue> parameters);

    /** A saved query of the caller's by its name. */
    Optional<QueryDraft> findQuery(String name);

    void saveQuery(QueryDraft query);

    /** Waits at most so long for its end. */
    StatementView await(String id, long millis) throws InterruptedException;

    /** Rows of a finished result, each an array of values. */
    List<JsonNode> rows(String id, long offset, int limit);

    /** Writes the whole result of a finished statement to a file, which is there complete or not at all. */
    void export(String id, ExportFormat format, Path target);

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
    /** Stores a secret under a name, in place of one there is. */
    void putSecret(String name, String value);

    void removeSecret(String name);

    /** Of each stored secret: name, last change, by whom, creation. */
    List<JsonNode> secrets();

    /** Encrypts all under a new key; how many there are. */
    int rotateSecrets();

    /** Facts for {@code estran doctor}. */
    ObjectNode health();

    @Override
    void close();
}
