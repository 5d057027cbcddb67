package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a type as DuckDB writes it or as a user may write it: {@code STRUCT(a INTEGER, "b c" DECIMAL(12,2)[])[3]}.
 * Recursive descent; nesting is bounded.
 */
final class DuckTypeParser {

    private static final int MAX_DEPTH = 32;

    /** Other names of the same type. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("LOGICAL", "BOOLEAN"),
            Map.entry("INT1", "TINYINT"),
            Map.entry("INT2", "SMALLINT"),
            Map.entry("SHORT", "SMALLINT"),
            Map.entry("INT16", "SMALLINT"),
            Map.entry("INT", "INTEGER"),
            Map.entry("INT4", "INTEGER"),
            Map.entry("INT32", "INTEGER"),
            Map.entry("SIGNED", "INTEGER"),
            Map.entry("INTEGRAL", "INTEGER"),
            Map.entry("INT8", "BIGINT"),
            Map.entry("INT64", "BIGINT"),
            Map.entry("LONG", "BIGINT"),
            Map.entry("OID", "BIGINT"),
            Map.entry("INT128", "HUGEINT"),
            Map.entry("UINT8", "UTINYINT"),
            Map.entry("UINT16", "USMALLINT"),
            Map.entry("UINT32", "UINTEGER"),
            Map.entry("UINT64", "UBIGINT"),
            Map.entry("UINT128", "UHUGEINT"),
            Map.entry("FLOAT4", "FLOAT"),
            Map.entry("REAL", "FLOAT"),
            Map.entry("FLOAT8", "DOUBLE"),
            Map.entry("NUMERIC", "DECIMAL"),
            Map.entry("DEC", "DECIMAL"),
            Map.entry("TEXT", "VARCHAR"),
            Map.entry("STRING", "VARCHAR"),
            Map.entry("CHAR", "VARCHAR"),
            Map.entry("BPCHAR", "VARCHAR"),
            Map.entry("NVARCHAR", "VARCHAR"),
            Map.entry("BYTEA", "BLOB"),
            Map.entry("BINARY", "BLOB"),
            Map.entry("VARBINARY", "BLOB"),
            Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("TIMESTAMP_US", "TIMESTAMP"),
            Map.entry("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"),
            Map.entry("TIMETZ", "TIME WITH TIME ZONE"),
            Map.entry("GUID", "UUID"),
            Map.entry("BITSTRING", "BIT"),
            Map.entry("VARINT", "BIGNUM"));

    private final String text;
    private int at;

    private DuckTypeParser(String text) {
        this.text = text;
    }

    /** @throws EstranException TYPE_NOT_SUPPORTED where the text is no type */
    static DuckType parse(String text) {
        DuckTypeParser parser = new DuckTypeParser(text);
        DuckType type = parser.type(0);
        parser.blanks();
        if (parser.at != text.length()) {
            throw parser.wrong("something follows the type");
        }
        return type;
    }

    private DuckType type(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        DuckType type = base(depth);
        while (accept('[')) {
            if (!accept(']')) {
                number();
                expect(']');
            }
            type = new DuckType.ListOf(type);
        }
        return type;
    }

    private DuckType base(int depth) {
        blanks();
        String word = at < text.length() && text.charAt(at) == '"'
                ? quoted().toUpperCase(Locale.ROOT)
                : word().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "STRUCT", "ROW" -> new DuckType.Struct(fields(depth));
            case "MAP" -> {
                expect('(');
                DuckType key = type(depth + 1);
                expect(',');
                DuckType value = type(depth + 1);
                expect(')');
                yield new DuckType.MapOf(key, value);
            }
            case "DECIMAL", "NUMERIC", "DEC" -> decimal();
            case "ENUM", "UNION" -> {
                skipBrackets();
                yield new DuckType.Other(word);
            }
            case "DOUBLE" -> {
                acceptWord("PRECISION");
                yield DuckType.Scalar.of("DOUBLE");
            }
            case "CHARACTER" -> {
                acceptWord("VARYING");
                skipBrackets();
                yield DuckType.Scalar.of("VARCHAR");
            }
            case "TIMESTAMP", "TIME", "DATETIME" -> withZone("DATETIME".equals(word) ? "TIMESTAMP" : word);
            default -> {
                skipBrackets();
                yield DuckType.Scalar.of(ALIASES.getOrDefault(word, word));
            }
        };
    }

    private DuckType decimal() {
        if (!accept('(')) {
            return DuckType.Scalar.decimal(18, 3);
        }
        int precision = number();
        int scale = accept(',') ? number() : 0;
        expect(')');
        if (precision < 1 || precision > 38 || scale > precision) {
            throw wrong("precision must be 1 to 38 and scale at most that");
        }
        return DuckType.Scalar.decimal(precision, scale);
    }

    private DuckType withZone(String word) {
        skipBrackets();
        if (acceptWord("WITH")) {
            expectWord("TIME");
            expectWord("ZONE");
            return DuckType.Scalar.of(word + " WITH TIME ZONE");
        }
        if (acceptWord("WITHOUT")) {
            expectWord("TIME");
            expectWord("ZONE");
        }
        return DuckType.Scalar.of(word);
    }

    private List<DuckType.Field> fields(int depth) {
        expect('(');
        List<DuckType.Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        do {
            blanks();
            String name = at < text.length() && text.charAt(at) == '"' ? quoted() : word();
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw wrong("two fields are called " + name);
            }
            fields.add(new DuckType.Field(name, type(depth + 1)));
        } while (accept(','));
        expect(')');
        return fields;
    }

    /** Passes over {@code (...)} with strings and nested brackets in it. */
    private void skipBrackets() {
        if (!accept('(')) {
            return;
        }
        int open = 1;
        while (open > 0) {
            if (at >= text.length()) {
                throw wrong("a bracket is not closed");
            }
            char c = text.charAt(at++);
            if (c == '\'' || c == '"') {
                at = closing(c);
            } else if (c == '(') {
                open++;
            } else if (c == ')') {
                open--;
            }
        }
    }

    /** Position after the closing quote; the opening one has just been read. */
    private int closing(char quote) {
        int i = at;
        while (i < text.length()) {
            if (text.charAt(i) == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
            i++;
        }
        throw wrong("a quote is not closed");
    }

    private String quoted() {
        at++;
        int start = at;
        at = closing('"');
        String name = text.substring(start, at - 1).replace("\"\"", "\"");
        if (name.isEmpty()) {
            throw wrong("a name is empty");
        }
        return name;
    }

    private String word() {
        blanks();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw wrong("a name is missing");
        }
        return text.substring(start, at);
    }

    private int number() {
        String digits = word();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw wrong(digits + " is not a number in range");
        }
    }

    private boolean accept(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private boolean acceptWord(String word) {
        int before = at;
        blanks();
        if (at < text.length() && Character.isLetter(text.charAt(at)) && word().equalsIgnoreCase(word)) {
            return true;
        }
        at = before;
        return false;
    }

    private void expectWord(String word) {
        if (!acceptWord(word)) {
            throw wrong(word + " is missing");
        }
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private EstranException wrong(String why) {
        return new EstranException(
                ErrorCode.TYPE_NOT_SUPPORTED,
                "'" + text + "' is not a type: " + why + " at character " + (Math.min(at, text.length()) + 1) + ".");
    }
}
