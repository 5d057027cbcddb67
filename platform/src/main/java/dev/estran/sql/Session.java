package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.SchemaName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estran's state of one client between statements. Thread-safe; belongs to one caller. */
final class Session {

    static final SchemaName DEFAULT_SCHEMA = new SchemaName("lake", "default");

    private final String id;
    private final String callerId;
    private final String currency;
    private List<SchemaName> searchPath = List.of(DEFAULT_SCHEMA);
    private String timeZone;
    private @Nullable String aiModel;
    private @Nullable Money aiBudget;
    private @Nullable Long timeoutMillis;
    private Instant lastUsed;

    Session(String id, String callerId, String currency, Instant now) {
        this.id = id;
        this.callerId = callerId;
        this.currency = currency;
        this.timeZone = ZoneId.systemDefault().getId();
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    String callerId() {
        return callerId;
    }

    synchronized Instant lastUsed() {
        return lastUsed;
    }

    synchronized void used(Instant now) {
        lastUsed = now;
    }

    /** What a statement sees of the session; later changes do not touch it. */
    synchronized State state() {
        return new State(searchPath, timeZone, aiModel, aiBudget, timeoutMillis);
    }

    synchronized void use(SchemaName schema) {
        searchPath = schema.equals(DEFAULT_SCHEMA) ? List.of(schema) : List.of(schema, DEFAULT_SCHEMA);
    }

    /** SET or RESET of a variable; a null value resets it. */
    synchronized void set(String variable, @Nullable Object value) {
        switch (variable) {
            case "ai_model" -> aiModel = value == null ? null : value.toString();
            case "ai_budget" -> aiBudget = value == null ? null : new Money(money(value), currency);
            case "timezone" -> timeZone = value == null ? ZoneId.systemDefault().getId() : zone(value);
            case "timeout" -> timeoutMillis = value == null ? null : seconds(value);
            default ->
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no variable '" + variable + "'. Known are: ai_budget, ai_model, schema, search_path,"
                                + " timeout (seconds), timezone.");
        }
    }

    private static BigDecimal money(Object value) {
        if (value instanceof BigDecimal number && number.signum() >= 0) {
            return number;
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT, "ai_budget expects an amount such as 2.50, not '" + value + "'.");
    }

    private static Long seconds(Object value) {
        if (value instanceof BigDecimal number && number.signum() > 0) {
            return number.movePointRight(3).longValue();
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT, "timeout expects a number of seconds above 0, not '" + value + "'.");
    }

    private static String zone(Object value) {
        try {
            return ZoneId.of(value.toString()).getId();
        } catch (DateTimeException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + value + "' is no time zone. Use a name such as Europe/Paris or UTC.",
                    e);
        }
    }

    Map<String, @Nullable Object> variables() {
        State state = state();
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put(
                "ai_budget", state.aiBudget() == null ? null : state.aiBudget().toString());
        variables.put("ai_model", state.aiModel());
        variables.put(
                "search_path",
                String.join(
                        ", ",
                        state.searchPath().stream().map(SchemaName::toString).toList()));
        variables.put("timeout", state.timeoutMillis() == null ? null : state.timeoutMillis() / 1000.0 + " s");
        variables.put("timezone", state.timeZone());
        return variables;
    }

    /** @param timeoutMillis null where the configured one holds */
    record State(
            List<SchemaName> searchPath,
            String timeZone,
            @Nullable String aiModel,
            @Nullable Money aiBudget,
            @Nullable Long timeoutMillis) {}
}
