package dev.estran.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Caller.Scope;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.export.ExportFormat;
import dev.estran.export.ExportedFile;
import dev.estran.load.LoadRequest;
import dev.estran.platform.Platform;
import dev.estran.query.QueryDraft;
import dev.estran.sql.AiCalls;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import dev.estran.sql.TypedValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A platform in this process, for as long as the command runs. */
final class LocalClient implements Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Platform platform;
    private final Caller caller = Caller.OWNER;

    LocalClient(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String description() {
        return "data directory " + platform.config().dataDirectory();
    }

    @Override
    public String openSession() {
        return platform.sql().openSession(caller);
    }

    @Override
    public String submit(@Nullable String session, String text, Map<String, TypedValue> parameters) {
        return platform.sql().submit(caller, new SqlRequest(session, text, parameters, null, null, null));
    }

    @Override
    public Optional<QueryDraft> findQuery(String name) {
        try {
            return Optional.of(platform.savedQueries().loadByName(caller, name).draft());
        } catch (EstranException e) {
            if (e.code() == ErrorCode.QUERY_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void saveQuery(QueryDraft query) {
        platform.savedQueries().create(caller, query);
    }

    @Override
    public StatementView await(String id, long millis) throws InterruptedException {
        return view(platform.sql().await(caller, id, millis));
    }

    static StatementView view(StatementStatus status) {
        return new StatementView(
                status.id(),
                status.state().ended(),
                status.stage(),
                status.fraction(),
                status.columns(),
                status.rows(),
                status.truncated(),
                status.affected(),
                status.message(),
                sum(status, AiCalls.Stage::asked),
                sum(status, AiCalls.Stage::stored),
                sum(status, AiCalls.Stage::failed),
                status.cost(),
                status.wallMillis(),
                status.error());
    }

    private static long sum(StatementStatus status, ToLongFunction<AiCalls.Stage> count) {
        return status.aiStages().stream().mapToLong(count).sum();
    }

    @Override
    public List<JsonNode> rows(String id, long offset, int limit) {
        return parse("[" + platform.sql().rows(caller, id, offset, limit) + "]");
    }

    static List<JsonNode> parse(String array) {
        try {
            List<JsonNode> rows = new ArrayList<>();
            JSON.readTree(array).forEach(rows::add);
            return rows;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page of rows is not JSON", e);
        }
    }

    @Override
    public void export(String id, ExportFormat format, Path target) {
        try (ExportedFile exported = platform.export().write(caller, id, format)) {
            OutputFile.write(target, part -> Files.move(exported.file(), part, StandardCopyOption.REPLACE_EXISTING));
        }
    }

    @Override
    public void cancel(String id) {
        platform.sql().cancel(caller, id);
    }

    @Override
    public String load(Path file, Map<String, String> options) {
        return platform.load()
                .submit(caller, LoadRequest.of(file, file.getFileName().toString(), options));
    }

    @Override
    public String createToken(@Nullable String principal, String name, Scope scope, int days) {
        return platform.identities()
                .tokens()
                .create(
                        caller,
                        principal == null ? caller.id() : principal,
                        name,
                        scope,
                        days == 0 ? null : Duration.ofDays(days))
                .secret();
    }

    @Override
    public void putSecret(String name, String value) {
        platform.secrets().put(caller, name, value);
    }

    @Override
    public void removeSecret(String name) {
        platform.secrets().remove(caller, name);
    }

    @Override
    public List<JsonNode> secrets() {
        return platform.secrets().list(caller).stream()
                .<JsonNode>map(entry -> JsonNodeFactory.instance
                        .arrayNode()
                        .add(entry.name())
                        .add(entry.updatedAt().toString())
                        .add(entry.updatedBy())
                        .add(entry.createdAt().toString()))
                .toList();
    }

    @Override
    public int rotateSecrets() {
        return platform.secrets().rotate(caller);
    }

    @Override
    public ObjectNode health() {
        return JsonNodeFactory.instance.objectNode().put("server", false);
    }

    @Override
    public void close() {
        platform.close();
    }
}
