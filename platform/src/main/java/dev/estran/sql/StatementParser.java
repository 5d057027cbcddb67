package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.lake.ViewDefinition;
import dev.estran.sql.Statement.Name;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one statement by its head. Queries inside stay text for the gate; what is not a statement of Estran is refused
 * here, whatever the engine might make of it.
 */
public final class StatementParser {

    private static final Set<String> QUERY_HEADS = Set.of("select", "with", "from", "values", "(");

    /** Kinds of CREATE, DROP and SHOW that a {@link StatementHandler} carries out; the value says whether in a schema. */
    private static final Map<String, Boolean> HANDLED_KINDS =
            Map.of("CONNECTION", false, "ENDPOINT", false, "MODEL", true);

    private static final Set<String> PLANNED = Set.of(
            "EVALUATE",
            "PROMOTE",
            "REHEARSE",
            "FAILOVER",
            "OPTIMIZE",
            "VACUUM",
            "ANALYZE",
            "MERGE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK");

    private static final Set<String> PLANNED_KINDS =
            Set.of("INDEX", "AGENT", "BUDGET", "PLAN", "COMMITMENT", "POLICY", "VOLUME", "TEMP", "TEMPORARY");

    private StatementParser() {}

    /**
     * The single statement of a text.
     *
     * @throws EstranException SYNTAX_ERROR, MULTIPLE_STATEMENTS, STATEMENT_NOT_SUPPORTED
     */
    public static Statement parse(String text) {
        List<String> statements = SqlScanner.split(text);
        if (statements.isEmpty()) {
            throw new EstranException(ErrorCode.SYNTAX_ERROR, "There is no statement in the text.")
                    .with("key", "empty");
        }
        if (statements.size() > 1) {
            throw new EstranException(
                            ErrorCode.MULTIPLE_STATEMENTS,
                            "The text holds " + statements.size() + " statements; send one at a time.")
                    .with("count", statements.size());
        }
        return parseOne(statements.getFirst());
    }

    private static Statement parseOne(String text) {
        TokenCursor cursor = new TokenCursor(text);
        Token head = cursor.peek();
        if (QUERY_HEADS.contains(head.text().toLowerCase(Locale.ROOT))) {
            return new Statement.Query(text);
        }
        Statement statement = switch (head.text().toUpperCase(Locale.ROOT)) {
            case "EXPLAIN" -> explain(cursor);
            case "CREATE" -> create(cursor);
            case "DROP" -> drop(cursor);
            case "ALTER" -> alter(cursor);
            case "GRANT" -> RightsParser.grant(cursor);
            case "REVOKE" -> RightsParser.revoke(cursor);
            case "INSERT" -> RowStatements.insert(cursor);
            case "UPDATE" -> RowStatements.update(cursor);
            case "DELETE" -> RowStatements.delete(cursor);
            case "TRUNCATE" -> RowStatements.truncate(cursor);
            case "COMMENT" -> TableStatements.comment(cursor);
            case "UNDROP" -> RecoveryStatements.undrop(cursor);
            case "RESTORE" -> RecoveryStatements.restore(cursor);
            case "USE" -> use(cursor);
            case "SET" -> set(cursor);
            case "RESET" -> reset(cursor);
            case "SHOW" -> show(cursor);
            case "DESCRIBE", "DESC" -> describe(cursor);
            case "TABLE" -> table(cursor);
            default -> throw notSupported(head);
        };
        cursor.end();
        return statement;
    }

    private static EstranException notSupported(Token head) {
        String word = head.text().toUpperCase(Locale.ROOT);
        if (PLANNED.contains(word)) {
            throw notBuilt(word);
        }
        return new EstranException(
                ErrorCode.STATEMENT_NOT_SUPPORTED,
                "'" + word + "' does not start a statement of Estran."
                        + switch (word) {
                            case "COPY", "IMPORT", "LOAD" -> " Load files with: ./estran load FILE --into TABLE";
                            case "PIVOT" -> " Write it as: FROM t PIVOT (...)";
                            case "ATTACH" ->
                                " Tables of other systems are loaded with: ./estran load FILE --into TABLE";
                            default ->
                                " It takes SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, GRANT, REVOKE,"
                                        + " SHOW, DESCRIBE, EXPLAIN, USE and SET.";
                        },
                Map.of("position", head.start()),
                null);
    }

    static EstranException notBuilt(String what) {
        return new EstranException(ErrorCode.NOT_BUILT, what + " is planned and not built yet.").with("name", what);
    }

    private static Statement alter(TokenCursor cursor) {
        String kind = cursor.peek(1).text().toUpperCase(Locale.ROOT);
        if (RightsParser.isKind(kind)) {
            cursor.next();
            cursor.next();
            return RightsParser.alter(cursor, kind);
        }
        if (RightsParser.changesOwner(cursor)) {
            cursor.next();
            return RightsParser.owner(cursor);
        }
        return TableStatements.alter(cursor);
    }

    private static Statement explain(TokenCursor cursor) {
        cursor.expect("explain");
        boolean analyze = cursor.accept("analyze");
        boolean ai = cursor.accept("ai");
        return new Statement.Explain(analyze, ai, cursor.rest("a query"));
    }

    private static Statement create(TokenCursor cursor) {
        cursor.expect("create");
        boolean orReplace = cursor.accept("or", "replace");
        Token kind = cursor.next();
        String word = kind.text().toUpperCase(Locale.ROOT);
        if (HANDLED_KINDS.containsKey(word)) {
            return own(cursor, "CREATE " + word, orReplace, ifNotExists(cursor));
        }
        if (RightsParser.isKind(word)) {
            return RightsParser.create(cursor, word);
        }
        if (PLANNED_KINDS.contains(word)) {
            throw notBuilt("CREATE " + word);
        }
        return switch (word) {
            case "TABLE" -> TableStatements.create(cursor, orReplace);
            case "VIEW" -> view(cursor, orReplace);
            case "FUNCTION" -> ProtectionParser.create(cursor, orReplace);
            case "SCHEMA" -> {
                boolean ifNotExists = ifNotExists(cursor);
                yield new Statement.CreateSchema(cursor.dottedName("a schema name"), ifNotExists);
            }
            case "CATALOG" -> {
                boolean ifNotExists = ifNotExists(cursor);
                yield new Statement.CreateCatalog(cursor.name("a catalog name"), ifNotExists);
            }
            default ->
                throw new EstranException(
                        ErrorCode.STATEMENT_NOT_SUPPORTED,
                        "CREATE " + word + " is no statement of Estran. It creates TABLE, VIEW, FUNCTION, SCHEMA,"
                                + " CATALOG, MODEL, CONNECTION, ENDPOINT, USER, GROUP and SERVICE PRINCIPAL.",
                        Map.of("position", Math.max(0, kind.start())),
                        null);
        };
    }

    static boolean ifNotExists(TokenCursor cursor) {
        return cursor.accept("if", "not", "exists");
    }

    private static Statement view(TokenCursor cursor, boolean orReplace) {
        boolean ifNotExists = ifNotExists(cursor);
        Name name = cursor.dottedName("a view name");
        List<String> columns = cursor.peek().is("(") ? cursor.nameList() : List.of();
        ViewDefinition.Security security = ViewDefinition.Security.DEFINER;
        if (cursor.accept("security", "invoker")) {
            security = ViewDefinition.Security.INVOKER;
        } else {
            cursor.accept("security", "definer");
        }
        cursor.expect("as");
        return new Statement.CreateView(name, orReplace, ifNotExists, columns, security, cursor.rest("a query"));
    }

    /** {@code ... name [PREDICTING column] [FROM (query) | FROM ENDPOINT e] [WITH (...)]}. */
    private static Statement own(TokenCursor cursor, String head, boolean orReplace, boolean ifExists) {
        boolean inSchema = HANDLED_KINDS.getOrDefault(head.substring(head.indexOf(' ') + 1), false);
        Name name = cursor.dottedName("a name");
        String predicting = cursor.accept("predicting") ? cursor.name("a column name") : null;
        String query = null;
        if (cursor.accept("from", "endpoint")) {
            throw notBuilt(head + " FROM ENDPOINT");
        }
        if (cursor.accept("from")) {
            query = cursor.bracketed("a query");
        }
        Map<String, @Nullable Object> options = cursor.accept("with") ? OptionValues.options(cursor) : Map.of();
        return new Statement.Own(
                new StatementHandler.OwnStatement(
                        head, name.toString(), orReplace, ifExists, options, query, predicting),
                inSchema);
    }

    private static Statement drop(TokenCursor cursor) {
        cursor.expect("drop");
        String kind = cursor.next().text().toUpperCase(Locale.ROOT);
        if (RightsParser.isKind(kind) || kind.equals("TOKEN")) {
            return RightsParser.drop(cursor, kind);
        }
        if (PLANNED_KINDS.contains(kind)) {
            throw notBuilt("DROP " + kind);
        }
        if (kind.equals("FUNCTION")) {
            return ProtectionParser.drop(cursor);
        }
        boolean ifExists = cursor.accept("if", "exists");
        if (HANDLED_KINDS.containsKey(kind)) {
            return own(cursor, "DROP " + kind, false, ifExists);
        }
        Statement.Drop.Kind dropped = switch (kind) {
            case "TABLE" -> Statement.Drop.Kind.TABLE;
            case "VIEW" -> Statement.Drop.Kind.VIEW;
            case "SCHEMA" -> Statement.Drop.Kind.SCHEMA;
            case "CATALOG" -> Statement.Drop.Kind.CATALOG;
            default ->
                throw new EstranException(
                        ErrorCode.STATEMENT_NOT_SUPPORTED, "DROP " + kind + " is no statement of Estran.");
        };
        Name name = cursor.dottedName("a name");
        boolean cascade = cursor.accept("cascade");
        if (!cascade) {
            cursor.accept("restrict");
        }
        return new Statement.Drop(dropped, name, ifExists, cascade);
    }

    private static Statement use(TokenCursor cursor) {
        cursor.expect("use");
        return new Statement.Use(cursor.dottedName("a schema name"));
    }

    private static Statement set(TokenCursor cursor) {
        cursor.expect("set");
        String variable = cursor.accept("time", "zone") ? "timezone" : cursor.name("a variable name");
        if (!cursor.accept("=") && !cursor.accept("to") && !variable.equals("timezone")) {
            throw cursor.unexpected("=");
        }
        if (cursor.accept("default")) {
            return new Statement.Set(variable, null);
        }
        // A bare word is a string, as in SET schema = demo.
        Object value = cursor.peek().isName() && !isLiteralWord(cursor.peek())
                ? cursor.dottedName("a value").toString()
                : OptionValues.value(cursor);
        return new Statement.Set(variable, value);
    }

    private static boolean isLiteralWord(Token token) {
        return token.is("true") || token.is("false") || token.is("null");
    }

    private static Statement reset(TokenCursor cursor) {
        cursor.expect("reset");
        return new Statement.Set(cursor.name("a variable name"), null);
    }

    private static Statement show(TokenCursor cursor) {
        cursor.expect("show");
        Statement create = RecoveryStatements.showCreate(cursor);
        if (create != null) {
            return create;
        }
        String subject = cursor.next().text().toUpperCase(Locale.ROOT);
        if (subject.equals("CONNECTIONS") || subject.equals("ENDPOINTS") || subject.equals("MODELS")) {
            return new Statement.Own(
                    new StatementHandler.OwnStatement("SHOW " + subject, "", false, false, Map.of(), null, null),
                    false);
        }
        if (subject.equals("GRANTS")) {
            return RightsParser.showGrants(cursor);
        }
        if (RightsParser.isShown(subject)) {
            return RightsParser.show(cursor, subject);
        }
        Statement.Show.Subject shown;
        try {
            shown = Statement.Show.Subject.valueOf(
                    subject.equals("DATABASES") ? "SCHEMAS" : subject.equals("SETTINGS") ? "VARIABLES" : subject);
        } catch (IllegalArgumentException e) {
            if (subject.equals("AGENTS") || subject.equals("BUDGETS")) {
                throw notBuilt("SHOW " + subject);
            }
            throw new EstranException(
                    ErrorCode.STATEMENT_NOT_SUPPORTED,
                    "SHOW " + subject
                            + " is not known. Estran shows CATALOGS, SCHEMAS, TABLES, VIEWS, COLUMNS, FUNCTIONS,"
                            + " VARIABLES, MODELS, CONNECTIONS, ENDPOINTS, GRANTS, USERS, GROUPS, SERVICE PRINCIPALS,"
                            + " MEMBERS IN group and TOKENS.",
                    e);
        }
        if (shown == Statement.Show.Subject.TABLES && cursor.accept("dropped")) {
            shown = Statement.Show.Subject.DROPPED;
        }
        Name in = cursor.accept("in") || cursor.accept("from") ? cursor.dottedName("a name") : null;
        String like = cursor.accept("like") ? cursor.string("a pattern") : null;
        return new Statement.Show(shown, in, like);
    }

    private static Statement describe(TokenCursor cursor) {
        cursor.next();
        if (cursor.accept("history")) {
            return new Statement.DescribeHistory(cursor.dottedName("a table name"));
        }
        if (QUERY_HEADS.contains(cursor.peek().text().toLowerCase(Locale.ROOT))) {
            return new Statement.DescribeQuery(cursor.rest("a query"));
        }
        cursor.accept("table");
        return new Statement.Describe(cursor.dottedName("a table name"));
    }

    /** {@code TABLE t} is short for {@code SELECT * FROM t}. */
    private static Statement table(TokenCursor cursor) {
        cursor.expect("table");
        Name name = cursor.dottedName("a table name");
        return new Statement.Query("SELECT * FROM "
                + String.join(
                        ".",
                        name.parts().stream().map(dev.estran.Identifiers::quote).toList()));
    }
}
