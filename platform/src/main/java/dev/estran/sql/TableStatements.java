package dev.estran.sql;

import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.SchemaChange;
import dev.estran.sql.Statement.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE, ALTER TABLE and COMMENT. Types and defaults stay text; they are checked before use. */
final class TableStatements {

    private TableStatements() {}

    static Statement create(TokenCursor cursor, boolean orReplace) {
        boolean ifNotExists = StatementParser.ifNotExists(cursor);
        Name name = cursor.dottedName("a table name");
        List<ColumnDefinition> columns = new ArrayList<>();
        if (cursor.accept("(")) {
            do {
                columns.add(column(cursor));
            } while (cursor.accept(","));
            cursor.expect(")");
        }
        cursor.accept("using", "iceberg");
        String comment = null;
        if (cursor.accept("comment")) {
            cursor.accept("=");
            comment = cursor.string("a comment in quotes");
        }
        Map<String, String> properties =
                cursor.accept("tblproperties") || cursor.accept("with") ? properties(cursor) : Map.of();
        String query = null;
        if (cursor.accept("as")) {
            query = cursor.rest("a query");
            if (!columns.isEmpty()) {
                throw new dev.estran.EstranException(
                        dev.estran.ErrorCode.SYNTAX_ERROR,
                        "CREATE TABLE ... AS takes its columns from the query; leave the column list out, or create the"
                                + " table first and INSERT.");
            }
        } else if (columns.isEmpty()) {
            throw cursor.unexpected("columns in brackets, or AS and a query");
        }
        return new Statement.CreateTable(name, orReplace, ifNotExists, columns, query, comment, properties);
    }

    private static ColumnDefinition column(TokenCursor cursor) {
        String name = cursor.name("a column name");
        String type = cursor.until(
                "a type",
                ",",
                "not",
                "null",
                "default",
                "comment",
                "primary",
                "unique",
                "check",
                "references",
                "generated",
                "constraint");
        boolean nullable = true;
        String defaultSql = null;
        String comment = null;
        while (!cursor.peek().is(",") && !cursor.peek().is(")") && !cursor.atEnd()) {
            if (cursor.accept("not", "null")) {
                nullable = false;
            } else if (cursor.accept("null")) {
                nullable = true;
            } else if (cursor.accept("default")) {
                defaultSql = cursor.until("a value", ",", "not", "comment");
            } else if (cursor.accept("comment")) {
                comment = cursor.string("a comment in quotes");
            } else {
                throw new dev.estran.EstranException(
                        dev.estran.ErrorCode.STATEMENT_NOT_SUPPORTED,
                        "Column '" + name + "': '" + cursor.peek().text().toUpperCase(java.util.Locale.ROOT)
                                + "' is not supported; lake tables have NOT NULL, DEFAULT and COMMENT, no keys or checks.");
            }
        }
        return new ColumnDefinition(name, type, nullable, defaultSql, comment);
    }

    private static Map<String, String> properties(TokenCursor cursor) {
        Map<String, String> properties = new LinkedHashMap<>();
        cursor.expect("(");
        do {
            String key = cursor.peek().kind() == Token.Kind.STRING
                    ? cursor.string("a property")
                    : cursor.dottedName("a property").toString();
            cursor.expect("=");
            Object value = OptionValues.value(cursor);
            properties.put(key, String.valueOf(value));
        } while (cursor.accept(","));
        cursor.expect(")");
        return properties;
    }

    static Statement alter(TokenCursor cursor) {
        cursor.expect("alter");
        if (cursor.accept("endpoint")) {
            String name = cursor.name("an endpoint's name");
            if (!cursor.accept("set", "default")) {
                throw cursor.unexpected("SET DEFAULT");
            }
            return new Statement.Own(
                    new StatementHandler.OwnStatement("ALTER ENDPOINT", name, false, false, Map.of(), null, null),
                    false);
        }
        if (!cursor.accept("table")) {
            throw StatementParser.notBuilt("ALTER " + cursor.peek().text().toUpperCase(java.util.Locale.ROOT));
        }
        boolean ifExists = cursor.accept("if", "exists");
        Name name = cursor.dottedName("a table name");
        if (cursor.accept("rename", "to")) {
            return new Statement.RenameTable(name, ifExists, cursor.dottedName("a table name"));
        }
        Statement rowFilter = ProtectionParser.rowFilter(cursor, name);
        if (rowFilter != null) {
            return rowFilter;
        }
        if (cursor.accept("alter")) {
            cursor.accept("column");
            String column = cursor.name("a column name");
            Statement mask = ProtectionParser.mask(cursor, name, column);
            return mask != null ? mask : new Statement.AlterTable(name, ifExists, alterColumn(cursor, column));
        }
        return new Statement.AlterTable(name, ifExists, change(cursor));
    }

    private static SchemaChange change(TokenCursor cursor) {
        if (cursor.accept("add")) {
            cursor.accept("column");
            boolean ifNotExists = StatementParser.ifNotExists(cursor);
            return new SchemaChange.AddColumn(column(cursor), ifNotExists);
        }
        if (cursor.accept("drop")) {
            cursor.accept("column");
            boolean ifExists = cursor.accept("if", "exists");
            return new SchemaChange.DropColumn(cursor.name("a column name"), ifExists);
        }
        if (cursor.accept("rename")) {
            cursor.accept("column");
            String from = cursor.name("a column name");
            cursor.expect("to");
            return new SchemaChange.RenameColumn(from, cursor.name("a column name"));
        }
        if (cursor.accept("set", "tblproperties")) {
            return new SchemaChange.SetProperties(properties(cursor));
        }
        if (cursor.peek().is("set") && cursor.peek(1).is("tags")) {
            throw StatementParser.notBuilt(
                    "ALTER TABLE ... SET " + cursor.peek(1).text().toUpperCase(java.util.Locale.ROOT));
        }
        throw cursor.unexpected("ADD, DROP, RENAME, ALTER COLUMN or SET TBLPROPERTIES");
    }

    private static SchemaChange alterColumn(TokenCursor cursor, String column) {
        if (cursor.accept("set", "not", "null")) {
            throw StatementParser.notBuilt("ALTER COLUMN ... SET NOT NULL (rows may hold NULLs already)");
        }
        if (cursor.accept("drop", "not", "null")) {
            return new SchemaChange.DropNotNull(column);
        }
        if (cursor.accept("set", "default")) {
            return new SchemaChange.SetDefault(column, cursor.rest("a value"));
        }
        if (cursor.accept("drop", "default")) {
            return new SchemaChange.SetDefault(column, null);
        }
        if (cursor.accept("comment")) {
            return new SchemaChange.CommentColumn(column, cursor.string("a comment in quotes"));
        }
        if (cursor.peek().is("set") && cursor.peek(1).is("tags")) {
            throw StatementParser.notBuilt(
                    "ALTER COLUMN ... SET " + cursor.peek(1).text().toUpperCase(java.util.Locale.ROOT));
        }
        boolean typed = cursor.accept("set", "data", "type") || cursor.accept("type") || cursor.accept("set", "type");
        if (!typed) {
            throw cursor.unexpected("TYPE, SET NOT NULL, DROP NOT NULL, SET DEFAULT, DROP DEFAULT or COMMENT");
        }
        return new SchemaChange.ChangeType(column, cursor.rest("a type"));
    }

    /** {@code COMMENT ON TABLE|COLUMN|VIEW x IS 'text'}. */
    static Statement comment(TokenCursor cursor) {
        cursor.expect("comment", "on");
        boolean view = cursor.accept("view");
        boolean column = !view && cursor.accept("column");
        if (!column && !view) {
            cursor.expect("table");
        }
        List<String> parts = new ArrayList<>();
        do {
            parts.add(cursor.name("a name"));
        } while (cursor.accept("."));
        @Nullable String columnName = column ? parts.removeLast() : null;
        if (parts.isEmpty()) {
            throw cursor.unexpected("table.column");
        }
        cursor.expect("is");
        @Nullable String text = cursor.accept("null") ? null : cursor.string("a comment in quotes");
        return new Statement.Comment(new Name(parts), columnName, view, text);
    }
}
