package dev.estran.model;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Typed reading of a WITH list, or of a map inside one. Error messages name the option, never its value. */
final class Options {

    private final String what;
    private final Map<String, @Nullable Object> values;

    /** @param what what the options belong to, for messages */
    Options(String what, Map<String, @Nullable Object> values, Set<String> allowed) {
        this.what = what;
        this.values = values;
        for (String key : values.keySet()) {
            if (!allowed.contains(key)) {
                throw invalid("has no option " + key + ". Options: " + String.join(", ", new TreeSet<>(allowed)));
            }
        }
    }

    EstranException invalid(String text) {
        return new EstranException(ErrorCode.INVALID_ARGUMENT, what + " " + text + ".");
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    String text(String key) {
        String value = optionalText(key);
        if (value == null) {
            throw invalid("needs the option " + key);
        }
        return value;
    }

    @Nullable
    String optionalText(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.isBlank()) {
            throw invalid("needs a text for the option " + key);
        }
        return text.strip();
    }

    boolean flag(String key) {
        Object value = values.get(key);
        if (value == null) {
            return false;
        }
        if (!(value instanceof Boolean flag)) {
            throw invalid("needs true or false for the option " + key);
        }
        return flag;
    }

    /** A number that is not negative. */
    @Nullable
    BigDecimal number(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number)) {
            throw invalid("needs a number for the option " + key);
        }
        BigDecimal number = new BigDecimal(value.toString());
        if (number.signum() < 0) {
            throw invalid("needs a number of at least 0 for the option " + key);
        }
        return number;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(key)) {
            if (!(item instanceof String text)) {
                throw invalid("needs a list of texts for the option " + key);
            }
            texts.add(text);
        }
        return texts;
    }

    List<Map<String, @Nullable Object>> maps(String key) {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (Object item : list(key)) {
            maps.add(asMap(key, item));
        }
        return maps;
    }

    /** A map without its null values; empty where absent. */
    Map<String, Object> map(String key) {
        Map<String, Object> map = new LinkedHashMap<>();
        Object value = values.get(key);
        if (value != null) {
            asMap(key, value).forEach((k, v) -> {
                if (v != null) {
                    map.put(k, v);
                }
            });
        }
        return map;
    }

    private List<?> list(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw invalid("needs a list for the option " + key);
        }
        return list;
    }

    private Map<String, @Nullable Object> asMap(String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> given)) {
            throw invalid("needs a map {'name': value} for the option " + key);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        given.forEach((k, v) -> map.put(String.valueOf(k), v));
        return map;
    }
}
