package dev.estran.sql;

import dev.estran.sql.Statement.Name;
import dev.estran.sql.Statement.Update.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE and TRUNCATE. */
final class RowStatements {

    private static final Set<String> NOT_AN_ALIAS = Set.of("set", "where", "using", "from", "returning");

    private RowStatements() {}

    static Statement insert(TokenCursor cursor) {
        cursor.expect("insert");
        boolean overwrite = cursor.accept("overwrite");
        if (overwrite) {
            cursor.accept("into");
        } else {
            cursor.expect("into");
        }
        cursor.accept("table");
        Name table = cursor.dottedName("a table name");
        boolean hasColumns = cursor.peek().is("(") && !startsQuery(cursor.peek(1));
        List<String> columns = hasColumns ? cursor.nameList() : List.of();
        if (cursor.peek().is("default")) {
            throw StatementParser.notBuilt("INSERT ... DEFAULT VALUES");
        }
        if (cursor.accept("by", "name")) {
            throw StatementParser.notBuilt("INSERT ... BY NAME");
        }
        return new Statement.Insert(table, columns, cursor.rest("a query or VALUES"), overwrite);
    }

    private static boolean startsQuery(Token token) {
        return token.is("select") || token.is("with") || token.is("from") || token.is("values") || token.is("(");
    }

    static Statement update(TokenCursor cursor) {
        cursor.expect("update");
        Name table = cursor.dottedName("a table name");
        String alias = alias(cursor);
        cursor.expect("set");
        List<Assignment> assignments = new ArrayList<>();
        do {
            String column = cursor.name("a column name");
            if (cursor.accept(".")) { // tickets.body = ...
                column = cursor.name("a column name");
            }
            cursor.expect("=");
            assignments.add(new Assignment(column, cursor.until("a value", ",", "from", "where", "returning")));
        } while (cursor.accept(","));
        String from = cursor.accept("from") ? cursor.until("a table", "where", "returning") : null;
        return new Statement.Update(table, alias, assignments, from, where(cursor));
    }

    static Statement delete(TokenCursor cursor) {
        cursor.expect("delete", "from");
        Name table = cursor.dottedName("a table name");
        String alias = alias(cursor);
        String using = cursor.accept("using") ? cursor.until("a table", "where", "returning") : null;
        return new Statement.Delete(table, alias, using, where(cursor));
    }

    static Statement truncate(TokenCursor cursor) {
        cursor.expect("truncate");
        cursor.accept("table");
        return new Statement.Truncate(cursor.dottedName("a table name"));
    }

    private static @Nullable String alias(TokenCursor cursor) {
        if (cursor.accept("as")) {
            return cursor.name("an alias");
        }
        Token token = cursor.peek();
        boolean isAlias = token.isName() && !(token.kind() == Token.Kind.WORD && NOT_AN_ALIAS.contains(token.value()));
        return isAlias ? cursor.name("an alias") : null;
    }

    private static @Nullable String where(TokenCursor cursor) {
        String where = cursor.accept("where") ? cursor.until("a condition", "returning") : null;
        if (cursor.peek().is("returning")) {
            throw StatementParser.notBuilt("RETURNING");
        }
        return where;
    }
}
