package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.List;

/** A position in the tokens of one statement, with the small moves every statement parser needs. */
final class TokenCursor {

    private static final Token END = new Token(Token.Kind.SYMBOL, "end of statement", "", -1, -1);

    private final String text;
    private final List<Token> tokens;
    private int at;

    TokenCursor(String text) {
        this.text = text;
        this.tokens = SqlScanner.tokens(text);
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Takes the words if all of them follow. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!peek().is(word)) {
                throw unexpected(word.toUpperCase(java.util.Locale.ROOT));
            }
            at++;
        }
    }

    /** An unquoted name in lower case, or a quoted one; both compare without case. */
    String name(String what) {
        Token token = peek();
        if (!token.isName()) {
            throw unexpected(what);
        }
        at++;
        return token.value();
    }

    Statement.Name dottedName(String what) {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name(what));
        } while (accept("."));
        if (parts.size() > 3) {
            throw new EstranException(
                    ErrorCode.SYNTAX_ERROR,
                    "A name has at most three parts (catalog.schema.name): " + String.join(".", parts));
        }
        return new Statement.Name(parts);
    }

    String string(String what) {
        Token token = peek();
        if (token.kind() != Token.Kind.STRING && token.kind() != Token.Kind.DOLLAR_STRING) {
            throw unexpected(what);
        }
        at++;
        return token.value();
    }

    /** Names in brackets: {@code (a, "b c")}. */
    List<String> nameList() {
        List<String> names = new ArrayList<>();
        expect("(");
        do {
            names.add(name("a column name"));
        } while (accept(","));
        expect(")");
        return names;
    }

    /** The text from here to the end; there must be some. */
    String rest(String what) {
        if (atEnd()) {
            throw unexpected(what);
        }
        String rest = text.substring(peek().start()).strip();
        at = tokens.size();
        return rest;
    }

    /** The text up to the first of the stop words outside brackets, or to the end; never empty. */
    String until(String what, String... stops) {
        int first = at;
        int depth = 0;
        while (!atEnd()) {
            Token token = peek();
            if (depth == 0 && isStop(token, stops)) {
                break;
            }
            if (token.is("(") || token.is("[") || token.is("{")) {
                depth++;
            } else if (token.is(")") || token.is("]") || token.is("}")) {
                depth--;
                if (depth < 0) {
                    break;
                }
            }
            at++;
        }
        if (first == at) {
            throw unexpected(what);
        }
        return text.substring(tokens.get(first).start(), tokens.get(at - 1).end());
    }

    private boolean isStop(Token token, String... stops) {
        for (String stop : stops) {
            // IS DISTINCT FROM is no FROM clause.
            if (token.is(stop)
                    && !(stop.equals("from") && at > 0 && tokens.get(at - 1).is("distinct"))) {
                return true;
            }
        }
        return false;
    }

    /** The text inside the brackets that open here. */
    String bracketed(String what) {
        expect("(");
        String inside = until(what);
        expect(")");
        return inside;
    }

    void end() {
        if (!atEnd()) {
            throw unexpected("the end of the statement");
        }
    }

    EstranException unexpected(String wanted) {
        Token token = peek();
        int position = token.start() < 0 ? text.length() : token.start();
        String found = token.start() < 0 ? "the statement ends here" : "found '" + shortened(token.text()) + "'";
        return TextPosition.error(ErrorCode.SYNTAX_ERROR, text, position, "expected " + wanted + ", " + found + ".")
                .with("key", wanted.matches("[A-Z(),]+") ? "expected" : token.start() < 0 ? "end" : "near")
                .with("expected", wanted)
                .with("near", token.start() < 0 ? null : shortened(token.text()));
    }

    private static String shortened(String token) {
        return token.length() <= 40 ? token : token.substring(0, 40) + "...";
    }
}
