package dev.estran.config;

import java.util.function.Function;

/**
 * One thing that can be configured: by {@code key: value} in the file, by an environment variable or by a flag.
 *
 * @param key dotted, for example {@code sql.row_limit}
 * @param parser throws IllegalArgumentException whose message says what is expected
 * @param description one sentence with the unit, for the reference page
 */
public record Setting<T>(String key, T defaultValue, Function<String, T> parser, String description) {

    /** {@code sql.row_limit} is read from {@code ESTRAN_SQL_ROW_LIMIT}. */
    public String environmentName() {
        return "ESTRAN_" + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }

    static Setting<String> text(String key, String defaultValue, String description) {
        return new Setting<>(key, defaultValue, value -> value, description);
    }

    static Setting<Integer> integer(String key, int defaultValue, int least, int most, String description) {
        return new Setting<>(key, defaultValue, value -> (int) bounded(value, least, most), description);
    }

    static Setting<Long> number(String key, long defaultValue, long least, long most, String description) {
        return new Setting<>(key, defaultValue, value -> bounded(value, least, most), description);
    }

    /** A reference to a secret, never the secret itself; the messages do not repeat what was given. */
    static Setting<String> secret(String key, String description) {
        return new Setting<>(
                key,
                "",
                value -> {
                    if (!value.isEmpty() && !value.matches("env:[A-Za-z_][A-Za-z0-9_]*")) {
                        throw new IllegalArgumentException(
                                "expects env:NAME, the environment variable that holds the secret");
                    }
                    return value;
                },
                description);
    }

    private static long bounded(String value, long least, long most) {
        long number;
        try {
            number = Long.parseLong(value.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expects a whole number, not '" + value + "'", e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException("expects a number from " + least + " to " + most + ", not " + number);
        }
        return number;
    }
}
