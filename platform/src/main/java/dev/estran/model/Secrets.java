package dev.estran.model;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds secrets by reference at the moment they are needed. Values are never kept, logged or put in messages. */
public final class Secrets {

    private final Function<String, @Nullable String> environment;

    /** @param environment value of an environment variable, or null */
    public Secrets(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * @param reference {@code env:NAME}
     * @throws EstranException SECRET_NOT_FOUND
     */
    public String load(String reference) {
        String name = reference.substring(reference.indexOf(':') + 1);
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            throw new EstranException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "The environment variable " + name + " is not set. Set it to the supplier's key and start again.");
        }
        return value.strip();
    }
}
