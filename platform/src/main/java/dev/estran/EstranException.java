package dev.estran;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Estran. The message says what happened, which value, and what to do next; it is shown to the
 * caller, except for codes of kind {@link ErrorKind#INTERNAL}.
 */
public final class EstranException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> details;

    public EstranException(ErrorCode code, String message) {
        this(code, message, Map.of(), null);
    }

    public EstranException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, Map.of(), cause);
    }

    /**
     * @param details values for programs, by stable key (for example {@code line}, {@code position}, {@code command});
     *     never secrets or table values
     */
    public EstranException(ErrorCode code, String message, Map<String, Object> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /**
     * The same error with one more value for programs, so that they can say it in another language. The detail {@code
     * key} chooses among several sentences of one code.
     *
     * @param value text, whole number or list of texts; null is left out
     */
    public EstranException with(String key, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new HashMap<>(details);
        more.put(key, value);
        EstranException same = new EstranException(code, text(), more, getCause());
        same.setStackTrace(getStackTrace());
        return same;
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> details() {
        return details;
    }

    /** The message, never null. */
    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
