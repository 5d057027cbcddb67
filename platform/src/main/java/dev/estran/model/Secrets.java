package dev.estran.model;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds secrets by reference at the moment they are needed. Values are never kept, logged or put in messages. */
public final class Secrets {

    static final String STORED = "secret:";

    /** Variables that are no supplier's key: a connection must not send them anywhere. */
    private static final Set<String> OWN_VARIABLES = Set.of("ESTRAN_SECRETS_KEY", "ESTRAN_SECRETS_KEY_OLD");

    /** A value somebody is trying out and has not stored, by the reference it would get. */
    private static final ScopedValue<Map<String, String>> TRIED = ScopedValue.newInstance();

    private final Function<String, @Nullable String> environment;
    private final Function<String, String> stored;

    /**
     * @param environment value of an environment variable, or null
     * @param stored value of a stored secret; throws SECRET_NOT_FOUND
     */
    public Secrets(Function<String, @Nullable String> environment, Function<String, String> stored) {
        this.environment = environment;
        this.stored = stored;
    }

    /** Runs the work with a value in place of what the reference stands for, on this thread only. */
    static <T, X extends Exception> T trying(String reference, String value, ScopedValue.CallableOp<T, X> work)
            throws X {
        return ScopedValue.where(TRIED, Map.of(reference, value)).call(work);
    }

    /**
     * @param reference {@code env:NAME} or {@code secret:NAME}
     * @throws EstranException SECRET_NOT_FOUND
     */
    public String load(String reference) {
        String tried = TRIED.isBound() ? TRIED.get().get(reference) : null;
        if (tried != null) {
            return oneLine(reference, tried.strip());
        }
        String name = reference.substring(reference.indexOf(':') + 1);
        return oneLine(reference, reference.startsWith(STORED) ? stored.apply(name) : variable(name));
    }

    private String variable(String name) {
        String value = OWN_VARIABLES.contains(name) ? null : environment.apply(name);
        if (value == null || value.isBlank()) {
            throw new EstranException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "The environment variable " + name + " is not set. Set it to the supplier's key and start again.");
        }
        return value.strip();
    }

    /** A line break would end the header; the client that refuses it would repeat the value. */
    private static String oneLine(String reference, String value) {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new EstranException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "The value of " + reference + " is empty or has a line break inside; a key is one line.");
        }
        return value;
    }
}
