package dev.estran.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of {@code WITH (key => value, ...)}: strings, numbers, booleans, NULL, lists and maps of these. */
final class OptionValues {

    private OptionValues() {}

    static Map<String, @Nullable Object> options(TokenCursor cursor) {
        cursor.expect("(");
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        if (!cursor.accept(")")) {
            do {
                String key = cursor.name("an option name");
                if (!cursor.accept("=>") && !cursor.accept(":=")) {
                    cursor.expect("=");
                }
                options.put(key, value(cursor));
            } while (cursor.accept(","));
            cursor.expect(")");
        }
        return Collections.unmodifiableMap(options);
    }

    static @Nullable Object value(TokenCursor cursor) {
        Token token = cursor.peek();
        boolean negative = cursor.accept("-");
        Token value = cursor.peek();
        if (value.kind() == Token.Kind.NUMBER) {
            cursor.next();
            BigDecimal number = new BigDecimal(value.value().replace("_", ""));
            return negative ? number.negate() : number;
        }
        if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.DOLLAR_STRING) {
            return cursor.next().value();
        }
        if (cursor.accept("true")) {
            return true;
        }
        if (cursor.accept("false")) {
            return false;
        }
        if (cursor.accept("null")) {
            return null;
        }
        if (cursor.accept("[")) {
            return list(cursor);
        }
        if (cursor.accept("{")) {
            return map(cursor);
        }
        throw cursor.unexpected("a value ('text', 1.5, true, null, [...], {...})");
    }

    private static List<@Nullable Object> list(TokenCursor cursor) {
        List<@Nullable Object> values = new ArrayList<>();
        if (!cursor.accept("]")) {
            do {
                values.add(value(cursor));
            } while (cursor.accept(","));
            cursor.expect("]");
        }
        return Collections.unmodifiableList(values);
    }

    private static Map<String, @Nullable Object> map(TokenCursor cursor) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (!cursor.accept("}")) {
            do {
                String key = cursor.peek().kind() == Token.Kind.STRING ? cursor.string("a key") : cursor.name("a key");
                cursor.expect(":");
                values.put(key, value(cursor));
            } while (cursor.accept(","));
            cursor.expect("}");
        }
        return Collections.unmodifiableMap(values);
    }
}
