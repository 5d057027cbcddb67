package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one scanner of SQL text: quotes, escape strings, dollar quotes, nested comments. Splitting and every parser of
 * Estran's own work on its tokens, so that a quote cannot hide a statement from one of them. It agrees with the engine's
 * scanner; a randomised test holds it to that.
 */
public final class SqlScanner {

    /** Symbols of more than one character, longest first. */
    private static final List<String> LONG_SYMBOLS = List.of(
            "->>", "!~~", "<=>", "::", ":=", "=>", "->", "<=", ">=", "<>", "!=", "==", "||", "**", "//", "<<", ">>");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlScanner(String text) {
        this.text = text;
    }

    /**
     * All tokens; comments and blanks are left out, {@code ;} is a SYMBOL.
     *
     * @throws EstranException SYNTAX_ERROR with {@code position} for a quote or comment that is never closed
     */
    public static List<Token> tokens(String text) {
        SqlScanner scanner = new SqlScanner(text);
        while (scanner.skipBlanks()) {
            scanner.token();
        }
        return List.copyOf(scanner.tokens);
    }

    /** The statements of a text, trimmed, in order. Pieces with nothing but blanks and comments are left out. */
    public static List<String> split(String text) {
        List<String> statements = new ArrayList<>();
        int first = -1;
        int last = -1;
        for (Token token : tokens(text)) {
            if (token.kind() == Token.Kind.SYMBOL && token.text().equals(";")) {
                if (first >= 0) {
                    statements.add(text.substring(first, last));
                }
                first = -1;
            } else {
                first = first < 0 ? token.start() : first;
                last = token.end();
            }
        }
        if (first >= 0) {
            statements.add(text.substring(first, last));
        }
        return statements;
    }

    /**
     * The text with every blank outside quotes as an ASCII space; offsets stay. The engine replaces Unicode blanks too, but
     * loses track of quotes at some dollar signs and then reads a blank as part of a name.
     */
    public static String withPlainBlanks(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        int done = 0;
        for (Token token : tokens(text)) {
            blank(plain, done, token.start());
            done = token.end();
        }
        blank(plain, done, plain.length());
        return plain.toString();
    }

    private static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) >= 128 && isBlank(text.charAt(i))) {
                text.setCharAt(i, ' ');
            }
        }
    }

    private char peek(int ahead) {
        int i = at + ahead;
        return i < text.length() ? text.charAt(i) : '\0';
    }

    /** Moves to the next token; false at the end of the text. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            if (isBlank(peek(0))) {
                at++;
            } else if (peek(0) == '-' && peek(1) == '-') {
                skipLine();
            } else if (peek(0) == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipLine() {
        while (at < text.length() && peek(0) != '\n' && peek(0) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int start = at;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw unclosed("comment", "*/", start);
            }
            if (peek(0) == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (peek(0) == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    private void token() {
        int start = at;
        char c = peek(0);
        if (c == '\'') {
            add(Token.Kind.STRING, start, quoted('\'', "string"));
        } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
            add(Token.Kind.STRING, start, escapeString());
        } else if (c == '"') {
            add(Token.Kind.QUOTED_NAME, start, quoted('"', "quoted name"));
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
            add(Token.Kind.NUMBER, start, text.substring(start, at));
        } else if (isNameStart(c)) {
            skipName();
            add(Token.Kind.WORD, start, text.substring(start, at).toLowerCase(Locale.ROOT));
        } else if (c == '$') {
            dollar(start);
        } else if (c == '?') {
            at++;
            skipDigits();
            add(Token.Kind.PARAMETER, start, text.substring(start + 1, at));
        } else {
            symbol(start);
        }
    }

    private void add(Token.Kind kind, int start, String value) {
        tokens.add(new Token(kind, text.substring(start, at), value, start, at));
    }

    private String quoted(char quote, String what) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (true) {
            int end = text.indexOf(quote, at);
            if (end < 0) {
                throw unclosed(what, String.valueOf(quote), start);
            }
            value.append(text, at, end);
            at = end + 1;
            if (peek(0) != quote) {
                return value.toString();
            }
            value.append(quote);
            at++;
        }
    }

    private String escapeString() {
        int start = at;
        at += 2;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'' && peek(0) != '\'') {
                return value.toString();
            }
            if (c == '\'') {
                at++;
                value.append(c);
            } else if (c == '\\' && at < text.length()) {
                escape(value);
            } else {
                value.append(c);
            }
        }
        throw unclosed("string", "'", start);
    }

    private void escape(StringBuilder value) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'x' -> code(value, c, 16, 2);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                code(value, c, 8, 3);
            }
            default -> value.append(c);
        }
    }

    /** A character by its number; without digits the letter stays as it is. */
    private void code(StringBuilder value, char letter, int radix, int atMost) {
        int start = at;
        while (at < start + atMost && Character.digit(peek(0), radix) >= 0 && peek(0) < 128) {
            at++;
        }
        if (at == start) {
            value.append(letter);
        } else {
            value.append((char) Integer.parseInt(text.substring(start, at), radix));
        }
    }

    private void number() {
        skipDigits();
        if (peek(0) == '.') {
            at++;
            skipDigits();
        }
        int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
            at += 1 + sign;
            skipDigits();
        }
    }

    private void skipDigits() {
        while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
            at++;
        }
    }

    private void skipName() {
        while (at < text.length() && (isNameStart(peek(0)) || isDigit(peek(0)) || peek(0) == '$')) {
            at++;
        }
    }

    private void dollar(int start) {
        int tagEnd = start + 1;
        while (tagEnd < text.length()
                && (isNameStart(text.charAt(tagEnd)) || (tagEnd > start + 1 && isDigit(text.charAt(tagEnd))))) {
            tagEnd++;
        }
        if (tagEnd < text.length() && text.charAt(tagEnd) == '$') {
            String tag = text.substring(start, tagEnd + 1);
            int close = text.indexOf(tag, tagEnd + 1);
            if (close < 0) {
                throw unclosed("dollar-quoted string", tag, start);
            }
            at = close + tag.length();
            add(Token.Kind.DOLLAR_STRING, start, text.substring(tagEnd + 1, close));
            return;
        }
        at++;
        if (isDigit(peek(0))) {
            skipDigits();
        } else {
            skipName();
        }
        if (at == start + 1) {
            add(Token.Kind.SYMBOL, start, "$");
        } else {
            add(Token.Kind.PARAMETER, start, text.substring(start + 1, at));
        }
    }

    private void symbol(int start) {
        if (Character.isISOControl(peek(0))) {
            String shown = "U+%04X".formatted((int) peek(0));
            throw TextPosition.error(
                    ErrorCode.SYNTAX_ERROR,
                    text,
                    start,
                    "the control character " + shown + " is not allowed here; remove it");
        }
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, start)) {
                at += symbol.length();
                add(Token.Kind.SYMBOL, start, symbol);
                return;
            }
        }
        at++;
        add(Token.Kind.SYMBOL, start, text.substring(start, at));
    }

    private EstranException unclosed(String what, String closing, int start) {
        return TextPosition.error(
                ErrorCode.SYNTAX_ERROR,
                text,
                start,
                "the " + what + " that starts here is never closed; add " + closing);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0xA0 && !isBlank(c));
    }

    /** The engine reads every Unicode blank as a space. */
    private static boolean isBlank(char c) {
        return c <= ' '
                ? c == ' ' || (c >= '\t' && c <= '\r')
                : c == 0xA0
                        || (c >= 0x2000 && c <= 0x200D)
                        || c == 0x202F
                        || c == 0x205F
                        || c == 0x2060
                        || c == 0x3000
                        || c == 0xFEFF;
    }
}
