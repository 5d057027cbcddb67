package dev.estran.sql.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.QueryParser;
import dev.estran.sql.SqlScanner;
import dev.estran.sql.TextPosition;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own grammar, on an empty instance of its own that is locked against everything. Starts at first use. Holds
 * {@value #WORKERS} connections; more callers wait for one.
 */
public final class DuckDbParser implements QueryParser, AutoCloseable {

    private static final int WORKERS = 2;
    private static final int MAX_CACHED_TYPES = 10_000;
    private static final String EXPRESSION_HEAD = "SELECT ";

    /** Trees of queries at the engine's own bounds are nested deeper than Jackson allows by default. */
    private static final Pattern NEAR = Pattern.compile("at or near \"(.{1,100})\"");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20_000)
                    .maxStringLength(256 << 20)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(20_000).build())
            .build());

    private final BlockingQueue<ParserWorker> idle = new ArrayBlockingQueue<>(WORKERS);
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private @Nullable DuckDBConnection instance;
    private int started;
    private boolean closed;

    @Override
    public ObjectNode parseQuery(String sql) {
        return parse(sql, 0, "query");
    }

    @Override
    public JsonNode parseExpression(String sql) {
        ObjectNode select = parse(EXPRESSION_HEAD + sql, EXPRESSION_HEAD.length(), "expression");
        JsonNode list = select.path("select_list");
        if (list.size() != 1 || !isBare(select)) {
            throw new EstranException(
                    ErrorCode.SYNTAX_ERROR,
                    "One expression is expected here; found more than that.",
                    Map.of("position", 0),
                    null);
        }
        return list.path(0);
    }

    /** Whether nothing but the select list was written. */
    private boolean isBare(ObjectNode select) {
        ObjectNode other = select.deepCopy();
        ObjectNode template = bareSelect();
        other.putArray("select_list");
        if (other.path("from_table") instanceof ObjectNode from) {
            // Where the engine thinks the missing FROM is.
            for (String position : List.of("query_location", "query_location_length")) {
                from.set(position, template.path("from_table").path(position));
            }
        }
        return other.equals(template);
    }

    @Override
    public String printQuery(JsonNode query) {
        ObjectNode statement = JSON.createObjectNode();
        statement.put("error", false);
        ObjectNode wrapped = statement.putArray("statements").addObject();
        wrapped.set("node", query);
        wrapped.putArray("named_param_map");
        String json = write(statement);
        try {
            return withWorker(worker -> worker.print(json));
        } catch (SQLException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A syntax tree could not be printed.", e);
        }
    }

    @Override
    public String printExpression(JsonNode expression) {
        ObjectNode select = bareSelect();
        JsonNode bare = expression.deepCopy();
        if (bare instanceof ObjectNode node) {
            node.put("alias", "");
        }
        select.putArray("select_list").add(bare);
        return printQuery(select).substring(EXPRESSION_HEAD.length());
    }

    @Override
    public String canonicalType(String type) {
        String known = types.get(type);
        if (known != null) {
            return known;
        }
        String canonical = findType(type);
        if (types.size() < MAX_CACHED_TYPES) {
            types.put(type, canonical);
        }
        return canonical;
    }

    private String findType(String type) {
        JsonNode cast;
        try {
            cast = parseExpression("CAST(NULL AS " + type + "\n)");
        } catch (EstranException e) {
            throw notAType(type, e);
        }
        boolean plain = cast.path("class").asText().equals("CAST")
                && cast.path("child").path("class").asText().equals("CONSTANT")
                && isType(cast.path("type_expr"));
        if (!plain) {
            throw notAType(type, null);
        }
        String text = printExpression(cast);
        try {
            return withWorker(worker -> worker.text("SELECT typeof(" + text + ")"));
        } catch (SQLException e) {
            throw notAType(type, e);
        }
    }

    private static boolean isType(JsonNode node) {
        String kind = node.path("class").asText();
        if (!kind.equals("TYPE")) {
            return kind.equals("CONSTANT");
        }
        for (JsonNode child : node.path("children")) {
            if (!isType(child)) {
                return false;
            }
        }
        return true;
    }

    private static EstranException notAType(String type, @Nullable Throwable cause) {
        String shown = type.length() > 100 ? type.substring(0, 100) + "..." : type;
        return new EstranException(
                        ErrorCode.TYPE_NOT_SUPPORTED,
                        "The type " + shown
                                + " is not known. Types are for example BIGINT, DOUBLE, DECIMAL(12,2), VARCHAR, DATE,"
                                + " TIMESTAMP, BOOLEAN, VARCHAR[], STRUCT(a INTEGER).",
                        cause)
                .with("type", shown);
    }

    /** @param skip characters in front of what the caller wrote */
    private ObjectNode parse(String sql, int skip, String what) {
        Nesting.check(sql.substring(skip));
        JsonNode answer;
        try {
            String plain = SqlScanner.withPlainBlanks(sql);
            String json = withWorker(worker -> worker.parse(plain));
            answer = JSON.readTree(json);
        } catch (SQLException e) {
            throw ErrorMapping.map(e);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "The engine's syntax tree could not be read.", e);
        }
        if (answer.path("error").asBoolean(true)) {
            throw refused(sql, skip, answer, what);
        }
        JsonNode statements = answer.path("statements");
        if (statements.isEmpty()) {
            throw new EstranException(
                    ErrorCode.SYNTAX_ERROR,
                    "A " + what + " is expected; the text is empty.",
                    Map.of("position", 0),
                    null);
        }
        if (statements.size() > 1) {
            throw new EstranException(
                            ErrorCode.MULTIPLE_STATEMENTS,
                            "One " + what + " is expected here; found " + statements.size()
                                    + " statements. Send them one by one.")
                    .with("count", statements.size());
        }
        return (ObjectNode) statements.path(0).path("node");
    }

    private static EstranException refused(String sql, int skip, JsonNode answer, String what) {
        String message = answer.path("error_message").asText();
        if (answer.path("error_type").asText().equals("not implemented")) {
            boolean parameters = message.contains("parameters");
            return parameters
                    ? new EstranException(ErrorCode.SYNTAX_ERROR, "Use either named parameters ($name) or ?, not both.")
                    : new EstranException(
                            ErrorCode.STATEMENT_NOT_SUPPORTED,
                            "This is not a " + what + ". Only SELECT, WITH, FROM, VALUES and TABLE can stand here.");
        }
        if (!answer.hasNonNull("position")) {
            return new EstranException(ErrorCode.SYNTAX_ERROR, message);
        }
        String own = sql.substring(skip);
        int offset = Math.clamp(
                charOffset(
                                SqlScanner.withPlainBlanks(sql),
                                answer.path("position").asInt())
                        - skip,
                0,
                own.length());
        Matcher near = NEAR.matcher(message);
        EstranException error = TextPosition.error(ErrorCode.SYNTAX_ERROR, own, offset, message);
        return message.contains("at end of input")
                ? error.with("key", "end")
                : near.find() ? error.with("key", "near").with("near", near.group(1)) : error;
    }

    /** The engine counts bytes. */
    private static int charOffset(String sql, int byteOffset) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, Math.min(byteOffset, bytes.length), StandardCharsets.UTF_8).length();
    }

    private ObjectNode bareSelect() {
        return Bare.SELECT.deepCopy();
    }

    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A syntax tree could not be written.", e);
        }
    }

    private interface Job<T> {
        T run(ParserWorker worker) throws SQLException;
    }

    private <T> T withWorker(Job<T> job) throws SQLException {
        ParserWorker worker;
        try {
            worker = take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstranException(ErrorCode.CANCELLED, "Cancelled while waiting for the parser.", e);
        }
        try {
            return worker.thread().call(() -> job.run(worker), () -> {});
        } finally {
            idle.add(worker);
        }
    }

    private ParserWorker take() throws SQLException, InterruptedException {
        ParserWorker free = idle.poll();
        if (free != null) {
            return free;
        }
        synchronized (this) {
            if (closed) {
                throw new EstranException(ErrorCode.CANCELLED, "The server is stopping.");
            }
            if (instance == null) {
                instance = ParserWorker.lockedInstance();
            }
            if (started < WORKERS) {
                started++;
                return new ParserWorker("sql-parser-" + started, instance.duplicate());
            }
        }
        return idle.take();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (ParserWorker worker = idle.poll(); worker != null; worker = idle.poll()) {
            worker.close();
        }
        if (instance != null) {
            ParserWorker.quietly(instance);
        }
    }

    /** A SELECT of nothing, as the engine writes it. */
    private static final class Bare {

        static final ObjectNode SELECT = make();

        private static ObjectNode make() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("type", "SELECT_NODE");
            node.putArray("modifiers");
            node.putObject("cte_map").putArray("map");
            node.putArray("select_list");
            ObjectNode from = node.putObject("from_table");
            from.put("type", "EMPTY").put("alias", "").putNull("sample");
            from.put("query_location", new java.math.BigInteger("18446744073709551615"))
                    .put("query_location_length", 0);
            node.putNull("where_clause");
            node.putArray("group_expressions");
            node.putArray("group_sets");
            node.put("aggregate_handling", "STANDARD_HANDLING");
            node.putNull("having").putNull("sample").putNull("qualify");
            return node;
        }
    }
}
