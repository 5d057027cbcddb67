package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.lake.VersionSelector;
import dev.estran.sql.Statement.Name;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UNDROP TABLE, RESTORE TABLE, SHOW TABLES DROPPED and SHOW CREATE. */
final class RecoveryStatements {

    private RecoveryStatements() {}

    /** {@code UNDROP TABLE t}. */
    static Statement undrop(TokenCursor cursor) {
        cursor.expect("undrop", "table");
        return new Statement.Undrop(cursor.dottedName("a table name"));
    }

    /** {@code RESTORE [TABLE] t TO VERSION [AS OF] n | TO TIMESTAMP [AS OF] '...'}. */
    static Statement restore(TokenCursor cursor) {
        cursor.expect("restore");
        if (cursor.peek().is("endpoint")) {
            throw StatementParser.notBuilt("RESTORE ENDPOINT");
        }
        cursor.accept("table");
        Name name = cursor.dottedName("a table name");
        cursor.expect("to");
        boolean time = cursor.accept("timestamp");
        if (!time) {
            cursor.expect("version");
        }
        cursor.accept("as", "of");
        Token token = cursor.next();
        VersionSelector selector = time ? new VersionSelector.At(time(token)) : new VersionSelector.Of(number(token));
        return new Statement.Restore(name, selector);
    }

    private static long number(Token token) {
        try {
            return Long.parseLong(token.value());
        } catch (NumberFormatException e) {
            throw wrong("A version is a whole number, not '" + token.text() + "'.", token, e);
        }
    }

    private static Instant time(Token token) {
        try {
            String text = token.value().strip().replace(' ', 'T');
            String zoned = text.matches(".*(Z|[-+]\\d{2}:\\d{2})") ? text : text + "Z";
            return OffsetDateTime.parse(zoned.contains("T") ? zoned : zoned.replaceFirst("Z$", "T00:00:00Z"))
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(
                    "A time is written '2026-11-21 14:05:00' (UTC, unless a zone like +01:00 follows), not '"
                            + token.text() + "'.",
                    token,
                    e);
        }
    }

    private static EstranException wrong(String message, Token token, RuntimeException cause) {
        return new EstranException(
                ErrorCode.SYNTAX_ERROR, message, Map.of("position", Math.max(0, token.start())), cause);
    }

    /** {@code SHOW CREATE TABLE|VIEW x}; null where the statement is another one. */
    static @Nullable Statement showCreate(TokenCursor cursor) {
        if (!cursor.peek().is("create")) {
            return null;
        }
        cursor.next();
        boolean view = cursor.accept("view");
        if (!view) {
            cursor.expect("table");
        }
        return new Statement.ShowCreate(cursor.dottedName(view ? "a view name" : "a table name"), view);
    }
}
