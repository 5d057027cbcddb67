package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.Phrase;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.Lake;
import dev.estran.lake.StagedFile;
import dev.estran.lake.TableVersion;
import dev.estran.sql.StatementRun.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE, DELETE and TRUNCATE, each as a query first: what an UPDATE or DELETE matches is found by file and
 * position, then only the files touched are written anew. A commit that lost a race is planned again.
 */
final class RowChanges {

    private static final int MAX_ATTEMPTS = 8;
    private static final Set<String> POSITION_COLUMNS = Set.of("filename", "file_row_number");

    private final Lake lake;
    private final Queries queries;
    private final Names names;

    RowChanges(Lake lake, Queries queries, Names names) {
        this.lake = lake;
        this.queries = queries;
        this.names = names;
    }

    Outcome insert(StatementContext context, Statement.Insert insert) {
        TableVersion table = lake.tables().loadToChange(context.caller(), table(context, insert.table()));
        if (insert.overwrite() && lake.protections().of(table).rowFilter() != null) {
            throw new EstranException(
                    ErrorCode.DENIED,
                    table.name()
                            + " has a row filter: INSERT OVERWRITE would also replace rows that it hides. DELETE what"
                            + " you see, then INSERT.");
        }
        List<String> given = insert.columns().isEmpty()
                ? table.columns().stream().map(ColumnDefinition::name).toList()
                : insert.columns().stream()
                        .map(name -> column(table, name).name())
                        .toList();
        try (Queries.Open query = queries.open(context, insert.query(), null)) {
            int width = query.columns().size();
            if (width != given.size()) {
                throw new EstranException(
                                ErrorCode.BIND_ERROR,
                                "The query gives " + width + " columns, but " + given.size() + " are to be filled: "
                                        + String.join(", ", given) + ".")
                        .with("key", "width")
                        .with("given", width)
                        .with("wanted", given.size());
            }
            String rows = castRows(query.sql(), table, given);
            requireNotNull(query.instance(), rows, table, given);
            StagedFile file = query.instance().writeParquet(rows, table.fieldIds());
            List<StagedFile> added = file.rows() == 0 ? List.of() : List.of(file);
            if (insert.overwrite()) {
                lake.commits().replaceAll(context.caller(), table, added, Map.of());
            } else if (!added.isEmpty()) {
                lake.commits().append(context.caller(), table, added, Map.of());
            }
            return Outcome.affected(file.rows(), query.trace());
        }
    }

    /** The query's rows in the table's columns and types, defaults in the columns that are not given. */
    private static String castRows(String sql, TableVersion table, List<String> given) {
        List<String> aliases = new ArrayList<>();
        Map<String, String> sources = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            aliases.add("__c" + i);
            if (sources.put(given.get(i), "__c" + i) != null) {
                throw new EstranException(
                                ErrorCode.BIND_ERROR, "Column '" + given.get(i) + "' is named twice in the INSERT.")
                        .with("key", "twice")
                        .with("name", given.get(i));
            }
        }
        String select = table.columns().stream()
                .map(column -> {
                    String source = sources.get(column.name());
                    String value = source != null ? source : column.defaultSql() == null ? "NULL" : column.defaultSql();
                    return "CAST((" + value + ") AS " + column.type() + ") AS " + Identifiers.quote(column.name());
                })
                .collect(Collectors.joining(", "));
        return "SELECT " + select + " FROM (" + sql + ") AS __q(" + String.join(", ", aliases) + ")";
    }

    private static void requireNotNull(EngineInstance instance, String rows, TableVersion table, List<String> given) {
        List<ColumnDefinition> required =
                table.columns().stream().filter(c -> !c.nullable()).toList();
        for (ColumnDefinition column : required) {
            if (!given.contains(column.name()) && column.defaultSql() == null) {
                throw notNull(table, column);
            }
        }
        if (required.isEmpty()) {
            return;
        }
        String anyNull = required.stream()
                .map(c -> "count(*) FILTER (WHERE " + Identifiers.quote(c.name()) + " IS NULL)")
                .collect(Collectors.joining(", "));
        List<@Nullable Object> nulls =
                instance.rows("SELECT " + anyNull + " FROM (" + rows + ")", 1).getFirst();
        for (int i = 0; i < nulls.size(); i++) {
            if (nulls.get(i) instanceof Long count && count > 0) {
                throw notNull(table, required.get(i));
            }
        }
    }

    private static EstranException notNull(TableVersion table, ColumnDefinition column) {
        return new EstranException(
                        ErrorCode.CONSTRAINT_VIOLATED,
                        "Column '" + column.name() + "' of " + table.name()
                                + " is NOT NULL and would hold a NULL. Nothing was" + " written.")
                .with("key", "not_null")
                .with("column", column.name())
                .with("table", table.name());
    }

    Outcome update(StatementContext context, Statement.Update update) {
        return retrying(context, () -> updateOnce(context, update));
    }

    private Outcome updateOnce(StatementContext context, Statement.Update update) {
        TableVersion table = changeable(context, update.table());
        Map<String, String> newValues = new HashMap<>();
        List<String> selected = new ArrayList<>();
        for (Statement.Update.Assignment assignment : update.assignments()) {
            ColumnDefinition column = column(table, assignment.column());
            queries.parser().parseExpression(assignment.expression());
            String alias = "__v" + selected.size();
            if (newValues.put(column.name(), alias) != null) {
                throw new EstranException(
                                ErrorCode.BIND_ERROR, "Column '" + column.name() + "' is set twice in the UPDATE.")
                        .with("key", "twice")
                        .with("name", column.name());
            }
            selected.add("CAST((" + assignment.expression() + ") AS " + column.type() + ")");
        }
        requireExpression(update.where());
        String alias = update.alias() == null ? table.name().name() : update.alias();
        String query = matching(alias, selected, update.from(), update.where());
        try (Queries.Open matches = queries.open(context, query, table)) {
            Touched touched = touched(matches, table, selected.size(), update.from() != null);
            if (touched.files().isEmpty()) {
                return Outcome.affected(0, matches.trace());
            }
            requireMatchesNotNull(matches.instance(), table, newValues);
            String columns = table.columns().stream()
                    .map(column -> {
                        String name = "__f." + Identifiers.quote(column.name());
                        String value = newValues.get(column.name());
                        return (value == null
                                        ? name
                                        : "CASE WHEN __m.__pos IS NULL THEN " + name + " ELSE __m." + value + " END")
                                + " AS " + Identifiers.quote(column.name());
                    })
                    .collect(Collectors.joining(", "));
            String rewritten = "SELECT " + columns + " FROM " + filesWithPositions(touched.files(), table)
                    + " AS __f LEFT JOIN __m ON __m.__file = __f.filename AND __m.__pos = __f.file_row_number"
                    + " ORDER BY __f.filename, __f.file_row_number";
            return commitRewrite(context, matches, table, touched, rewritten);
        }
    }

    private static void requireMatchesNotNull(EngineInstance instance, TableVersion table, Map<String, String> values) {
        for (ColumnDefinition column : table.columns()) {
            String value = values.get(column.name());
            if (value != null
                    && !column.nullable()
                    && instance.number("SELECT count(*) FROM __m WHERE " + value + " IS NULL") > 0) {
                throw notNull(table, column);
            }
        }
    }

    Outcome delete(StatementContext context, Statement.Delete delete) {
        return retrying(context, () -> deleteOnce(context, delete));
    }

    private Outcome deleteOnce(StatementContext context, Statement.Delete delete) {
        TableVersion table = changeable(context, delete.table());
        requireExpression(delete.where());
        String alias = delete.alias() == null ? table.name().name() : delete.alias();
        String query = matching(alias, List.of(), delete.using(), delete.where());
        try (Queries.Open matches = queries.open(context, query, table)) {
            Touched touched = touched(matches, table, 0, false);
            if (touched.files().isEmpty()) {
                return Outcome.affected(0, matches.trace());
            }
            String columns = table.columns().stream()
                    .map(column -> "__f." + Identifiers.quote(column.name()))
                    .collect(Collectors.joining(", "));
            String kept = "SELECT " + columns + " FROM " + filesWithPositions(touched.files(), table)
                    + " AS __f WHERE NOT EXISTS (SELECT 1 FROM __m WHERE __m.__file = __f.filename"
                    + " AND __m.__pos = __f.file_row_number) ORDER BY __f.filename, __f.file_row_number";
            return commitRewrite(context, matches, table, touched, kept);
        }
    }

    Outcome truncate(StatementContext context, Statement.Truncate truncate) {
        TableVersion table = lake.tables().loadToChange(context.caller(), table(context, truncate.table()));
        if (lake.protections().of(table).rowFilter() != null) {
            return delete(context, new Statement.Delete(truncate.table(), null, null, null));
        }
        lake.commits().replaceAll(context.caller(), table, List.of(), Map.of());
        return Outcome.message(
                "truncated",
                "All rows of {table} are deleted; version {version} still has them.",
                Map.of("table", table.name(), "version", table.version()));
    }

    /** A LIMIT or UNION behind the condition would change which rows are meant. */
    private void requireExpression(@Nullable String where) {
        if (where != null) {
            queries.parser().parseExpression(where);
        }
    }

    /** The query that finds the rows to change; the gate sees it like any other. */
    private static String matching(String alias, List<String> selected, @Nullable String from, @Nullable String where) {
        String quoted = Identifiers.quote(alias);
        StringBuilder query = new StringBuilder("SELECT ")
                .append(quoted)
                .append(".__file, ")
                .append(quoted)
                .append(".__pos");
        selected.forEach(value -> query.append(", ").append(value));
        query.append(" FROM ").append(Binder.TARGET).append(" AS ").append(quoted);
        if (from != null) {
            query.append(", ").append(from);
        }
        if (where != null) {
            query.append(" WHERE ").append(where);
        }
        return query.toString();
    }

    /** Keeps the matches as table {@code __m}, one row per changed row. */
    private static Touched touched(Queries.Open matches, TableVersion table, int values, boolean mustBeSingle) {
        EngineInstance instance = matches.instance();
        StringBuilder columns = new StringBuilder("__file, __pos");
        for (int i = 0; i < values; i++) {
            columns.append(", __v").append(i);
        }
        instance.execute("CREATE TABLE __m AS SELECT * FROM (" + matches.sql() + ") AS __q(" + columns + ")");
        long all = instance.number("SELECT count(*) FROM __m");
        long distinct = instance.number("SELECT count(*) FROM (SELECT DISTINCT __file, __pos FROM __m)");
        if (mustBeSingle && distinct < all) {
            throw new EstranException(
                            ErrorCode.CONSTRAINT_VIOLATED,
                            "The UPDATE ... FROM matches some rows of " + table.name()
                                    + " more than once, so their new value is not" + " clear. Nothing was written.")
                    .with("key", "twice")
                    .with("table", table.name());
        }
        List<Path> files = instance.rows("SELECT DISTINCT __file FROM __m ORDER BY 1", 1_000_000).stream()
                .map(row -> Path.of(String.valueOf(row.getFirst())))
                .toList();
        return new Touched(files, distinct);
    }

    private static String filesWithPositions(List<Path> files, TableVersion table) {
        return "(" + Binder.scan(files, table, ", filename, file_row_number") + ")";
    }

    private Outcome commitRewrite(
            StatementContext context, Queries.Open matches, TableVersion table, Touched touched, String rewritten) {
        context.run()
                .progress(
                        Phrase.of(
                                "writing",
                                "writing {files} files",
                                Map.of("files", touched.files().size())),
                        -1,
                        matches.trace().cost());
        StagedFile file = matches.instance().writeParquet(rewritten, table.fieldIds());
        List<StagedFile> added = file.rows() == 0 ? List.of() : List.of(file);
        lake.commits().overwrite(context.caller(), table, touched.files(), added, Map.of());
        return Outcome.affected(touched.rows(), matches.trace());
    }

    private static Outcome retrying(StatementContext context, java.util.function.Supplier<Outcome> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.get();
            } catch (EstranException e) {
                if (e.code() != ErrorCode.COMMIT_CONFLICT || i >= MAX_ATTEMPTS) {
                    throw e;
                }
                context.run()
                        .progress(Phrase.of("retrying", "another commit was faster, trying again", Map.of()), -1, null);
                context.run().check();
            }
        }
    }

    /** Rows are found again by the engine's own columns for file and position, which a column of that name would hide. */
    private TableVersion changeable(StatementContext context, Statement.Name name) {
        TableName changed = table(context, name);
        // Conditions and new values read the rows, so both rights are needed.
        TableVersion table = lake.tables().loadToChange(context.caller(), changed);
        lake.tables().requireRead(context.caller(), changed);
        for (ColumnDefinition column : table.columns()) {
            if (POSITION_COLUMNS.contains(column.name().toLowerCase(Locale.ROOT))) {
                throw new EstranException(
                        ErrorCode.RESERVED_NAME,
                        "Rows of " + table.name() + " cannot be updated or deleted while it has a column '"
                                + column.name() + "'. Rename it first: ALTER TABLE ... RENAME COLUMN.");
            }
        }
        return table;
    }

    private TableName table(StatementContext context, Statement.Name name) {
        return names.table(context, name);
    }

    private static ColumnDefinition column(TableVersion table, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (ColumnDefinition column : table.columns()) {
            if (column.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return column;
            }
        }
        List<String> known =
                table.columns().stream().map(ColumnDefinition::name).toList();
        throw new EstranException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        table.name() + " has no column '" + name + "'." + Spelling.hint(name, known))
                .with("key", "of")
                .with("name", name)
                .with("table", table.name())
                .with("suggestions", Spelling.nearest(name, known).map(List::of).orElse(null));
    }

    private record Touched(List<Path> files, long rows) {}
}
