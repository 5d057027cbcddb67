package dev.estran.cli;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.query.QueryParameter;
import dev.estran.sql.TypedValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code --param name=value}, {@code name:date=2025-01-31}, {@code name:null}. Without a type the saved query's holds, else
 * the value's own: a whole number, a decimal, otherwise text.
 */
final class ParameterOption {

    /** Words for people; any other type is the engine's own name. */
    private static final Map<String, String> TYPES = Map.of(
            "text", "VARCHAR",
            "int", "BIGINT",
            "decimal", "DECIMAL",
            "date", "DATE",
            "timestamp", "TIMESTAMP",
            "bool", "BOOLEAN");

    private static final Pattern FORM =
            Pattern.compile("(?s)\\$?(?<name>\\w+)(?::(?<type>[^=]+))?(?<given>=(?<value>.*))?");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d{0,17})\\.\\d{1,18}");

    private ParameterOption() {}

    /**
     * Values for the parameters: those given, and what the saved query has for the others.
     *
     * @param saved parameters of the saved query that runs; empty for none
     */
    static Map<String, TypedValue> values(List<String> given, Map<String, QueryParameter> saved) {
        Map<String, TypedValue> values = new LinkedHashMap<>();
        saved.forEach((name, parameter) -> {
            if (parameter.given()) {
                values.put(name, new TypedValue(parameter.type(), parameter.value()));
            }
        });
        for (String text : given) {
            Matcher form = FORM.matcher(text);
            boolean isNull = form.matches() && form.group("given") == null && "null".equals(form.group("type"));
            if (!form.matches() || (form.group("given") == null && !isNull)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "--param expects name=value, name:type=value or name:null, not '" + text + "'.");
            }
            String name = form.group("name");
            QueryParameter known = saved.get(name);
            String kept = known == null ? null : known.type();
            String named = isNull ? null : form.group("type");
            String value = isNull ? null : form.group("value");
            String type =
                    named != null ? type(named) : kept != null ? kept : value == null ? "VARCHAR" : natural(value);
            values.put(name, new TypedValue(type, value));
        }
        return values;
    }

    private static String type(String word) {
        return TYPES.getOrDefault(word.strip().toLowerCase(Locale.ROOT), word.strip());
    }

    private static String natural(String value) {
        return WHOLE.matcher(value).matches()
                ? "BIGINT"
                : DECIMAL.matcher(value).matches() ? "DECIMAL" : "VARCHAR";
    }
}
