package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import dev.estran.lake.ObjectKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code information_schema}, from the metastore. The first column of each table is the catalog. */
public final class CatalogTables {

    private final Lake lake;

    public CatalogTables(Lake lake) {
        this.lake = lake;
    }

    public List<SystemTable> tables() {
        return List.of(
                table("schemata", List.of("catalog_name", "schema_name"), this::schemata),
                table(
                        "tables",
                        List.of("table_catalog", "table_schema", "table_name", "table_type", "comment"),
                        this::objects),
                table("views", List.of("table_catalog", "table_schema", "table_name", "view_definition"), this::views),
                new Live(
                        name("columns"),
                        List.of(
                                new Column("table_catalog", "VARCHAR"),
                                new Column("table_schema", "VARCHAR"),
                                new Column("table_name", "VARCHAR"),
                                new Column("column_name", "VARCHAR"),
                                new Column("ordinal_position", "BIGINT"),
                                new Column("column_default", "VARCHAR"),
                                new Column("is_nullable", "VARCHAR"),
                                new Column("data_type", "VARCHAR"),
                                new Column("comment", "VARCHAR")),
                        this::columns));
    }

    private static TableName name(String table) {
        return new TableName("system", "information_schema", table);
    }

    private static SystemTable table(
            String name, List<String> columns, Function<Caller, List<List<@Nullable Object>>> rows) {
        return new Live(
                name(name),
                columns.stream().map(column -> new Column(column, "VARCHAR")).toList(),
                rows);
    }

    private List<List<@Nullable Object>> schemata(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String catalog : lake.catalogs().catalogs(caller)) {
            for (SchemaName schema : lake.catalogs().schemas(caller, catalog)) {
                rows.add(Arrays.asList(schema.catalog(), schema.schema()));
            }
        }
        return rows;
    }

    private List<List<@Nullable Object>> objects(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ObjectEntry entry : lake.catalogs().objects(caller)) {
            if (entry.kind() != ObjectKind.MODEL) {
                TableName name = entry.name();
                String type = entry.kind() == ObjectKind.VIEW ? "VIEW" : "BASE TABLE";
                rows.add(Arrays.asList(name.catalog(), name.schema(), name.name(), type, entry.comment()));
            }
        }
        return rows;
    }

    private List<List<@Nullable Object>> views(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ObjectEntry entry : lake.catalogs().objects(caller)) {
            if (entry.kind() == ObjectKind.VIEW) {
                TableName name = entry.name();
                rows.add(Arrays.asList(
                        name.catalog(),
                        name.schema(),
                        name.name(),
                        lake.views().load(caller, name).sql()));
            }
        }
        return rows;
    }

    private List<List<@Nullable Object>> columns(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ObjectEntry entry : lake.catalogs().objects(caller)) {
            switch (entry.kind()) {
                case TABLE -> {
                    int position = 1;
                    for (ColumnDefinition column : lake.tables().columns(caller, entry.name())) {
                        rows.add(column(entry.name(), position++, column));
                    }
                }
                case VIEW -> {
                    int position = 1;
                    for (Column column : lake.views().load(caller, entry.name()).columns()) {
                        rows.add(column(entry.name(), position++, ColumnDefinition.of(column.name(), column.type())));
                    }
                }
                case MODEL -> {
                    // models have no columns
                }
            }
        }
        return rows;
    }

    private static List<@Nullable Object> column(TableName table, int position, ColumnDefinition column) {
        return Arrays.asList(
                table.catalog(),
                table.schema(),
                table.name(),
                column.name(),
                (long) position,
                column.defaultSql(),
                column.nullable() ? "YES" : "NO",
                column.type(),
                column.comment());
    }

    private record Live(TableName name, List<Column> columns, Function<Caller, List<List<@Nullable Object>>> source)
            implements SystemTable {
        @Override
        public List<List<@Nullable Object>> rows(Caller caller) {
            return source.apply(caller);
        }
    }
}
