package dev.estran.sql;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.Statement.Name;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CREATE FUNCTION, row filters and column masks, in the forms of Unity Catalog. */
final class ProtectionParser {

    private static final int MOST_PARAMETERS = 64;

    private ProtectionParser() {}

    /** Behind CREATE: {@code FUNCTION f(a VARCHAR, b DATE) RETURNS BOOLEAN RETURN a = current_user()}. */
    static Statement create(TokenCursor cursor, boolean orReplace) {
        boolean ifNotExists = StatementParser.ifNotExists(cursor);
        Name name = cursor.dottedName("a function name");
        List<Column> parameters = new ArrayList<>();
        cursor.expect("(");
        if (!cursor.accept(")")) {
            do {
                parameters.add(new Column(cursor.name("a parameter"), cursor.until("a type", ",")));
            } while (cursor.accept(","));
            cursor.expect(")");
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "A function takes at most " + MOST_PARAMETERS + " parameters.");
        }
        cursor.expect("returns");
        String type = cursor.until("a type", "return");
        cursor.expect("return");
        return new Statement.Protecting(new ProtectionStatement.CreateFunction(
                name, orReplace, ifNotExists, parameters, type, cursor.rest("an expression")));
    }

    static Statement drop(TokenCursor cursor) {
        boolean ifExists = cursor.accept("if", "exists");
        return new Statement.Protecting(
                new ProtectionStatement.DropFunction(cursor.dottedName("a function name"), ifExists));
    }

    /** Behind ALTER TABLE t: {@code SET ROW FILTER f ON (a)}, {@code DROP ROW FILTER}; null where it is another change. */
    static @Nullable Statement rowFilter(TokenCursor cursor, Name table) {
        if (cursor.accept("set", "row", "filter")) {
            Name function = cursor.dottedName("a function name");
            List<String> columns = List.of();
            if (cursor.accept("on")) {
                columns = cursor.peek(1).is(")") ? none(cursor) : cursor.nameList();
            }
            return new Statement.Protecting(new ProtectionStatement.RowFilter(table, function, columns));
        }
        if (cursor.accept("drop", "row", "filter")) {
            return new Statement.Protecting(new ProtectionStatement.RowFilter(table, null, List.of()));
        }
        return null;
    }

    private static List<String> none(TokenCursor cursor) {
        cursor.expect("(", ")");
        return List.of();
    }

    /** Behind ALTER TABLE t ALTER COLUMN c: {@code SET MASK f [USING COLUMNS (b)]}, {@code DROP MASK}; null otherwise. */
    static @Nullable Statement mask(TokenCursor cursor, Name table, String column) {
        if (cursor.accept("set", "mask")) {
            Name function = cursor.dottedName("a function name");
            List<String> using = cursor.accept("using", "columns") ? cursor.nameList() : List.of();
            return new Statement.Protecting(new ProtectionStatement.Mask(table, column, function, using));
        }
        if (cursor.accept("drop", "mask")) {
            return new Statement.Protecting(new ProtectionStatement.Mask(table, column, null, List.of()));
        }
        return null;
    }
}
