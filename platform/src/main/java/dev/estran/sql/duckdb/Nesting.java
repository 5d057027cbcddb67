package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import dev.estran.sql.SqlScanner;
import dev.estran.sql.TextPosition;
import dev.estran.sql.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Bounds what makes the engine's parser recurse, before it sees the text: it has no bound of its own for brackets and
 * joins, and overflowing its stack would end the process. Expressions are bounded by {@code max_expression_depth}.
 */
final class Nesting {

    static final int MAX_BRACKETS = 250;
    static final int MAX_JOINED = 1000;

    private static final Set<String> JOINING = Set.of("join", "pivot", "unpivot", "union", "intersect", "except");
    private static final Set<String> ENDS_FROM = Set.of(
            "select",
            "where",
            "group",
            "having",
            "qualify",
            "window",
            "order",
            "limit",
            "offset",
            "union",
            "intersect",
            "except");

    private Nesting() {}

    static void check(String sql) {
        Deque<Boolean> inFrom = new ArrayDeque<>();
        boolean from = false;
        int joined = 0;
        for (Token token : SqlScanner.tokens(sql)) {
            if (token.kind() == Token.Kind.WORD) {
                String word = token.value().toLowerCase(Locale.ROOT);
                from = word.equals("from") || (from && !ENDS_FROM.contains(word));
                joined += JOINING.contains(word) ? 1 : 0;
            } else if (token.kind() == Token.Kind.SYMBOL) {
                switch (token.text()) {
                    case "(", "[", "{" -> {
                        inFrom.push(from);
                        from = false;
                    }
                    case ")", "]", "}" -> from = !inFrom.isEmpty() && inFrom.pop();
                    case "," -> joined += from ? 1 : 0;
                    default -> {}
                }
            }
            if (inFrom.size() > MAX_BRACKETS) {
                throw TextPosition.error(
                        ErrorCode.SYNTAX_ERROR,
                        sql,
                        token.start(),
                        "brackets are nested more than " + MAX_BRACKETS + " deep; split the query with WITH");
            }
            if (joined > MAX_JOINED) {
                throw TextPosition.error(
                        ErrorCode.SYNTAX_ERROR,
                        sql,
                        token.start(),
                        "more than " + MAX_JOINED + " joins and set operations in one statement; split it");
            }
        }
    }
}
