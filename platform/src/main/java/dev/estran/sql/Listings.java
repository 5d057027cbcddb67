package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.HistoryEntry;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import dev.estran.lake.ObjectKind;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import dev.estran.sql.StatementRun.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE, from the metastore; the engine is not asked. */
final class Listings {

    private final Lake lake;
    private final SystemTables systemTables;
    private final List<String> aiFunctions;
    private final Queries queries;
    private final Names names;
    private final Recoveries recoveries;

    Listings(
            Lake lake,
            SystemTables systemTables,
            List<String> aiFunctions,
            Queries queries,
            Names names,
            Recoveries recoveries) {
        this.lake = lake;
        this.systemTables = systemTables;
        this.aiFunctions = List.copyOf(aiFunctions);
        this.queries = queries;
        this.names = names;
        this.recoveries = recoveries;
    }

    Outcome show(StatementContext context, Statement.Show show) {
        return switch (show.subject()) {
            case CATALOGS -> strings(context, show, "catalog", lake.catalogs().catalogs(context.caller()).stream());
            case SCHEMAS -> schemas(context, show);
            case TABLES -> objects(context, show);
            case DROPPED -> recoveries.dropped(context, schemaOf(context, show), name -> matches(show, name));
            case VIEWS -> objects(context, show);
            case COLUMNS -> columns(context, show);
            case FUNCTIONS ->
                strings(
                        context,
                        show,
                        "function",
                        Stream.concat(FunctionList.load().names().stream(), aiFunctions.stream()));
            case VARIABLES -> variables(context, show);
        };
    }

    private static boolean matches(Statement.Show show, String name) {
        String like = show.like();
        if (like == null) {
            return true;
        }
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            pattern.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(name)
                .matches();
    }

    private static Outcome strings(
            StatementContext context, Statement.Show show, String column, Stream<String> values) {
        List<List<String>> rows = values.filter(value -> matches(show, value))
                .sorted()
                .map(List::of)
                .toList();
        return Statements.rows(context, List.of(new Column(column, "VARCHAR")), rows);
    }

    private Outcome schemas(StatementContext context, Statement.Show show) {
        Statement.Name in = show.in();
        String catalog = in == null
                ? context.state().searchPath().getFirst().catalog()
                : in.parts().getFirst().toLowerCase(Locale.ROOT);
        return strings(
                context, show, "schema", schemaNames(context.caller(), catalog).map(SchemaName::schema));
    }

    private Stream<SchemaName> schemaNames(Caller caller, String catalog) {
        Stream<SchemaName> system = systemTables.schemas().stream()
                .filter(schema -> schema.catalog().equals(catalog));
        return Stream.concat(lake.catalogs().schemas(caller, catalog).stream(), system)
                .distinct();
    }

    private static SchemaName schemaOf(StatementContext context, Statement.Show show) {
        Statement.Name in = show.in();
        return in == null ? context.state().searchPath().getFirst() : Names.schema(context, in);
    }

    private Outcome objects(StatementContext context, Statement.Show show) {
        SchemaName schema = schemaOf(context, show);
        boolean views = show.subject() == Statement.Show.Subject.VIEWS;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (!systemTables.schemas().contains(schema)) {
            for (ObjectEntry entry : lake.catalogs().objects(context.caller(), schema)) {
                boolean shown = views ? entry.kind() == ObjectKind.VIEW : entry.kind() != ObjectKind.MODEL;
                if (shown && matches(show, entry.name().name())) {
                    rows.add(Arrays.asList(
                            entry.name().name(), entry.kind().name().toLowerCase(Locale.ROOT), entry.comment()));
                }
            }
        }
        if (!views) {
            systemTables.names().stream()
                    .filter(name -> name.schemaName().equals(schema) && matches(show, name.name()))
                    .forEach(name -> rows.add(Arrays.asList(name.name(), "system", null)));
        }
        List<Column> columns =
                List.of(new Column("name", "VARCHAR"), new Column("kind", "VARCHAR"), new Column("comment", "VARCHAR"));
        return Statements.rows(context, columns, rows);
    }

    private Outcome columns(StatementContext context, Statement.Show show) {
        Statement.Name in = show.in();
        if (in == null) {
            throw new EstranException(ErrorCode.SYNTAX_ERROR, "Write SHOW COLUMNS IN table.");
        }
        return describe(context, in);
    }

    private static Outcome variables(StatementContext context, Statement.Show show) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        context.session().variables().forEach((name, value) -> {
            if (matches(show, name)) {
                rows.add(Arrays.asList(name, value));
            }
        });
        return Statements.rows(
                context, List.of(new Column("variable", "VARCHAR"), new Column("value", "VARCHAR")), rows);
    }

    private static final List<Column> DESCRIPTION = List.of(
            new Column("column", "VARCHAR"),
            new Column("type", "VARCHAR"),
            new Column("nullable", "BOOLEAN"),
            new Column("default", "VARCHAR"),
            new Column("comment", "VARCHAR"));

    Outcome describe(StatementContext context, Statement.Name written) {
        TableName name = names.table(context, written);
        Optional<List<Column>> system = systemTables
                .columns(name)
                .or(() -> systemTables.columns(new TableName("system", name.schema(), name.name())));
        if (lake.catalogs().kind(context.caller(), name).isEmpty() && system.isPresent()) {
            return Statements.rows(context, DESCRIPTION, plain(system.get()));
        }
        if (lake.catalogs().kind(context.caller(), name).orElse(ObjectKind.TABLE) == ObjectKind.VIEW) {
            return Statements.rows(
                    context,
                    DESCRIPTION,
                    plain(lake.views().load(context.caller(), name).columns()));
        }
        TableVersion table = lake.tables().load(context.caller(), name, VersionSelector.LATEST);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            rows.add(Arrays.asList(
                    column.name(), column.type(), column.nullable(), column.defaultSql(), column.comment()));
        }
        return Statements.rows(context, DESCRIPTION, rows);
    }

    private static List<List<@Nullable Object>> plain(List<Column> columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        columns.forEach(column -> rows.add(Arrays.asList(column.name(), column.type(), column.nullable(), null, null)));
        return rows;
    }

    /** Answers no AI call: it says what the query would give. */
    Outcome describeQuery(StatementContext context, String query) {
        return Statements.rows(context, DESCRIPTION, plain(queries.describe(context, query)));
    }

    Outcome history(StatementContext context, Statement.Name written) {
        TableName name = names.table(context, written);
        List<Column> columns = List.of(
                new Column("version", "BIGINT"),
                new Column("committed_at", "TIMESTAMP WITH TIME ZONE"),
                new Column("operation", "VARCHAR"),
                new Column("rows_added", "BIGINT"),
                new Column("rows_deleted", "BIGINT"),
                new Column("committed_by", "VARCHAR"),
                new Column("snapshot_id", "BIGINT"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (HistoryEntry entry : lake.tables().history(context.caller(), name)) {
            rows.add(Arrays.asList(
                    entry.version(),
                    entry.committedAt(),
                    entry.operation(),
                    entry.rowsAdded(),
                    entry.rowsDeleted(),
                    entry.committedBy(),
                    entry.snapshotId()));
        }
        return Statements.rows(context, columns, rows);
    }
}
