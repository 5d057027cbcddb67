package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.CreateMode;
import dev.estran.lake.Lake;
import dev.estran.lake.SchemaChange;
import dev.estran.lake.StagedFile;
import dev.estran.lake.TypeMapping;
import dev.estran.lake.ViewDefinition;
import dev.estran.lake.WritePlan;
import dev.estran.sql.StatementRun.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE, DROP, ALTER, COMMENT of catalogs, schemas, tables and views; USE and SET of the session. */
final class Definitions {

    private final Lake lake;
    private final Queries queries;
    private final Names names;

    Definitions(Lake lake, Queries queries, Names names) {
        this.lake = lake;
        this.queries = queries;
        this.names = names;
    }

    Outcome createTable(StatementContext context, Statement.CreateTable create) {
        TableName name = Names.created(context, create.name());
        if (create.ifNotExists() && lake.catalogs().kind(context.caller(), name).isPresent()) {
            return Outcome.message("left", "{name} exists already; it was left as it is.", Map.of("name", name));
        }
        CreateMode mode = create.orReplace()
                ? CreateMode.OR_REPLACE
                : create.ifNotExists() ? CreateMode.IF_NOT_EXISTS : CreateMode.CREATE;
        String query = create.query();
        return query == null
                ? createEmpty(context, create, name, mode)
                : createFrom(context, create, name, mode, query);
    }

    private Outcome createEmpty(
            StatementContext context, Statement.CreateTable create, TableName name, CreateMode mode) {
        List<ColumnDefinition> columns = checked(create.columns());
        WritePlan plan = lake.tables().planCreate(context.caller(), name, columns, mode);
        create(context.caller(), plan, create, List.of());
        return Outcome.message("table_created", "Table {name} is created.", Map.of("name", name));
    }

    private Outcome createFrom(
            StatementContext context, Statement.CreateTable create, TableName name, CreateMode mode, String text) {
        lake.tables().requireCreate(context.caller(), name, mode);
        try (Queries.Open query = queries.open(context, text, null)) {
            requireDistinct(query.names());
            List<ColumnDefinition> columns = checked(query.columns().stream()
                    .map(column -> ColumnDefinition.of(column.name(), TypeMapping.castFor(column.type())))
                    .toList());
            WritePlan plan = lake.tables().planCreate(context.caller(), name, columns, mode);
            StagedFile file = query.instance().writeParquet(castAll(query.sql(), plan.columns()), plan.fieldIds());
            create(context.caller(), plan, create, file.rows() == 0 ? List.of() : List.of(file));
            return Outcome.affected(file.rows(), query.trace());
        }
    }

    private void create(Caller caller, WritePlan plan, Statement.CreateTable create, List<StagedFile> files) {
        lake.tables().create(caller, plan, create.properties(), files);
        String comment = create.comment();
        if (comment != null) {
            lake.schemaChanges().alter(caller, plan.name(), new SchemaChange.CommentTable(comment));
        }
    }

    private static String castAll(String sql, List<ColumnDefinition> columns) {
        List<String> aliases = new ArrayList<>();
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            aliases.add("__c" + i);
            casts.add("CAST(__c" + i + " AS " + columns.get(i).type() + ") AS "
                    + Identifiers.quote(columns.get(i).name()));
        }
        return "SELECT " + String.join(", ", casts) + " FROM (" + sql + ") AS __q(" + String.join(", ", aliases) + ")";
    }

    /** Canonical types that tables have, checked defaults, no name twice. */
    private List<ColumnDefinition> checked(List<ColumnDefinition> columns) {
        requireDistinct(columns.stream().map(ColumnDefinition::name).toList());
        return columns.stream().map(this::checked).toList();
    }

    private static void requireDistinct(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new EstranException(
                                ErrorCode.INVALID_ARGUMENT,
                                "Two columns are named '" + name + "'. Give one of them another name with AS.")
                        .with("name", name);
            }
        }
    }

    private ColumnDefinition checked(ColumnDefinition column) {
        String type = TypeMapping.castFor(queries.parser().canonicalType(column.type()));
        return new ColumnDefinition(
                column.name(), type, column.nullable(), checkedDefault(column.defaultSql()), column.comment());
    }

    /** A default must be an expression that needs no row. */
    private @Nullable String checkedDefault(@Nullable String sql) {
        return sql == null ? null : queries.constantExpression(sql);
    }

    Outcome createView(StatementContext context, Statement.CreateView create) {
        TableName name = Names.created(context, create.name());
        if (create.ifNotExists() && lake.catalogs().kind(context.caller(), name).isPresent()) {
            return Outcome.message("left", "{name} exists already; it was left as it is.", Map.of("name", name));
        }
        ParameterCheck.names(queries.parser().parseQuery(create.query())).stream()
                .findFirst()
                .ifPresent(parameter -> {
                    throw new EstranException(
                            ErrorCode.INVALID_ARGUMENT,
                            "A view is read without parameters. Write a value in place of $" + parameter + ".");
                });
        List<Column> columns = queries.describe(context, create.query());
        if (!create.columns().isEmpty()) {
            columns = renamed(columns, create.columns(), name);
        }
        lake.views()
                .create(
                        context.caller(),
                        new ViewDefinition(
                                name, create.query(), context.state().searchPath(), columns, create.security()),
                        create.orReplace() ? CreateMode.OR_REPLACE : CreateMode.CREATE);
        return Outcome.message("view_created", "View {name} is created.", Map.of("name", name));
    }

    private static List<Column> renamed(List<Column> columns, List<String> names, TableName view) {
        if (names.size() != columns.size()) {
            throw new EstranException(
                    ErrorCode.BIND_ERROR,
                    "View " + view + " names " + names.size() + " columns, its query gives " + columns.size() + ".");
        }
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            result.add(new Column(names.get(i), columns.get(i).type()));
        }
        return result;
    }

    Outcome createSchema(StatementContext context, Statement.CreateSchema create) {
        SchemaName name = Names.schema(context, create.name());
        lake.catalogs().createSchema(context.caller(), name, create.ifNotExists());
        return Outcome.message("schema_created", "Schema {name} is there.", Map.of("name", name));
    }

    Outcome createCatalog(StatementContext context, Statement.CreateCatalog create) {
        lake.catalogs().createCatalog(context.caller(), create.name().toLowerCase(Locale.ROOT), create.ifNotExists());
        return Outcome.message(
                "catalog_created",
                "Catalog {name} is there.",
                Map.of("name", create.name().toLowerCase(Locale.ROOT)));
    }

    Outcome drop(StatementContext context, Statement.Drop drop) {
        Caller caller = context.caller();
        switch (drop.kind()) {
            case TABLE -> lake.tables().drop(caller, names.table(context, drop.name()), drop.ifExists());
            case VIEW -> lake.views().drop(caller, names.table(context, drop.name()), drop.ifExists());
            case SCHEMA ->
                lake.catalogs().dropSchema(caller, Names.schema(context, drop.name()), drop.ifExists(), drop.cascade());
            case CATALOG ->
                lake.catalogs()
                        .dropCatalog(
                                caller,
                                drop.name().toString().toLowerCase(Locale.ROOT),
                                drop.ifExists(),
                                drop.cascade());
        }
        return drop.kind() == Statement.Drop.Kind.TABLE
                ? Outcome.message(
                        "dropped_table",
                        "{name} is dropped. UNDROP TABLE {name} brings it back, within a day.",
                        Map.of("name", drop.name()))
                : Outcome.message("dropped", "{name} is dropped.", Map.of("name", drop.name()));
    }

    Outcome alter(StatementContext context, Statement.AlterTable alter) {
        TableName table = names.table(context, alter.name());
        if (alter.ifExists() && lake.catalogs().kind(context.caller(), table).isEmpty()) {
            return Outcome.message("no_table", "There is no table {name}; nothing was changed.", Map.of("name", table));
        }
        lake.schemaChanges().alter(context.caller(), table, checked(alter.change()));
        return Outcome.message("altered", "Table {name} is altered.", Map.of("name", table));
    }

    private SchemaChange checked(SchemaChange change) {
        return switch (change) {
            case SchemaChange.AddColumn add -> new SchemaChange.AddColumn(checked(add.column()), add.ifNotExists());
            case SchemaChange.ChangeType type ->
                new SchemaChange.ChangeType(
                        type.column(), TypeMapping.castFor(queries.parser().canonicalType(type.type())));
            case SchemaChange.SetDefault set -> new SchemaChange.SetDefault(set.column(), checkedDefault(set.sql()));
            default -> change;
        };
    }

    Outcome rename(StatementContext context, Statement.RenameTable rename) {
        TableName table = names.table(context, rename.name());
        if (rename.ifExists() && lake.catalogs().kind(context.caller(), table).isEmpty()) {
            return Outcome.message("no_table", "There is no table {name}; nothing was changed.", Map.of("name", table));
        }
        TableName to = renameTarget(context, table, rename.to());
        lake.tables().rename(context.caller(), table, to);
        return Outcome.message("renamed", "Table {name} is now {to}.", Map.of("name", table, "to", to));
    }

    /** RENAME TO with one part stays in the table's schema. */
    private static TableName renameTarget(StatementContext context, TableName table, Statement.Name to) {
        return to.parts().size() == 1 ? table.schemaName().table(to.parts().getFirst()) : Names.created(context, to);
    }

    Outcome comment(StatementContext context, Statement.Comment comment) {
        if (comment.view()) {
            lake.views().comment(context.caller(), names.table(context, comment.table()), comment.text());
            return Outcome.message("commented", "The comment is set.", Map.of());
        }
        String column = comment.column();
        SchemaChange change = column == null
                ? new SchemaChange.CommentTable(comment.text())
                : new SchemaChange.CommentColumn(column, comment.text());
        lake.schemaChanges().alter(context.caller(), names.table(context, comment.table()), change);
        return Outcome.message("commented", "The comment is set.", Map.of());
    }

    Outcome use(StatementContext context, Statement.Name name) {
        SchemaName schema =
                name.parts().size() == 1 && isCatalog(context, name.parts().getFirst())
                        ? new SchemaName(name.parts().getFirst(), "default")
                        : Names.schema(context, name);
        if (!lake.catalogs().schemas(context.caller(), schema.catalog()).contains(schema)) {
            throw new EstranException(
                            ErrorCode.SCHEMA_NOT_FOUND,
                            "There is no schema " + schema + "."
                                    + Spelling.hint(
                                            schema.schema(),
                                            lake.catalogs().schemas(context.caller(), schema.catalog()).stream()
                                                    .map(SchemaName::schema)
                                                    .toList()))
                    .with("name", schema);
        }
        context.session().use(schema);
        return Outcome.message("using", "The schema is {name}.", Map.of("name", schema));
    }

    private boolean isCatalog(StatementContext context, String name) {
        return lake.catalogs().catalogs(context.caller()).contains(name.toLowerCase(Locale.ROOT));
    }

    Outcome set(StatementContext context, Statement.Set set) {
        String variable = set.variable().toLowerCase(Locale.ROOT);
        Object value = set.value();
        if (variable.equals("schema") || variable.equals("search_path")) {
            String path = value == null ? Session.DEFAULT_SCHEMA.toString() : value.toString();
            return use(context, new Statement.Name(List.of(path.split("\\.", -1))));
        }
        context.session().set(variable, value);
        return value == null
                ? Outcome.message("reset", "{name} is reset.", Map.of("name", variable))
                : Outcome.message("set", "{name} is {value}.", Map.of("name", variable, "value", value));
    }
}
