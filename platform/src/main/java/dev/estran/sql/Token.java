package dev.estran.sql;

/**
 * A piece of SQL text.
 *
 * @param text as written
 * @param value decoded: WORD in lower case, QUOTED_NAME and STRING without quotes and escapes, DOLLAR_STRING its body,
 *     PARAMETER its name or number ({@code since} of {@code $since}, empty for a bare {@code ?}), NUMBER and SYMBOL as
 *     written
 * @param start 0-based offset of its first character
 * @param end offset after its last character
 */
public record Token(Kind kind, String text, String value, int start, int end) {

    /** What a token is. */
    public enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        /** {@code $name}, {@code $1}, {@code ?}, {@code ?1}. */
        PARAMETER,
        SYMBOL,
        DOLLAR_STRING
    }

    /** Whether this is the given keyword (in any case) or symbol. */
    public boolean is(String wordOrSymbol) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(wordOrSymbol);
    }

    /** Whether this can be a part of a name. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
