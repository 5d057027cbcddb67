package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.SchemaName;
import dev.estran.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of {@code system.*} and every catalog's {@code information_schema}. */
public final class SystemTables {

    private static final String INFORMATION_SCHEMA = "information_schema";

    private final Map<TableName, SystemTable> live = new HashMap<>();
    private final JournalTables journal;

    public SystemTables(List<SystemTable> tables, JournalTables journal) {
        tables.forEach(table -> live.put(table.name(), table));
        this.journal = journal;
    }

    boolean has(TableName name) {
        return live.containsKey(canonical(name)) || journal.has(name);
    }

    /** What a system table holds for this caller. */
    Optional<Source> find(Caller caller, TableName name) {
        SystemTable table = live.get(canonical(name));
        if (table == null) {
            return journal.find(caller, name).map(Source.class::cast);
        }
        List<List<@Nullable Object>> rows = table.rows(caller);
        boolean filtered =
                name.schema().equals(INFORMATION_SCHEMA) && !name.catalog().equals("system");
        return Optional.of(new Rows(table.columns(), filtered ? ofCatalog(rows, name.catalog()) : rows));
    }

    /** The first column of every information_schema table is the catalog. */
    private static List<List<@Nullable Object>> ofCatalog(List<List<@Nullable Object>> rows, String catalog) {
        return rows.stream().filter(row -> catalog.equals(row.getFirst())).toList();
    }

    private static TableName canonical(TableName name) {
        return name.schema().equals(INFORMATION_SCHEMA)
                ? new TableName("system", INFORMATION_SCHEMA, name.name())
                : name;
    }

    /** Columns of a system table, for DESCRIBE. */
    Optional<List<Column>> columns(TableName name) {
        SystemTable table = live.get(canonical(name));
        return table != null ? Optional.of(table.columns()) : journal.columns(name);
    }

    /** All names, sorted. */
    List<TableName> names() {
        List<TableName> names = new ArrayList<>(live.keySet());
        names.addAll(journal.names());
        return names.stream().sorted().toList();
    }

    List<SchemaName> schemas() {
        return names().stream().map(TableName::schemaName).distinct().toList();
    }

    /** Where a system table's rows come from. */
    sealed interface Source {}

    /** Rows the process knows. */
    record Rows(List<Column> columns, List<List<@Nullable Object>> rows) implements Source {}

    /** A query over files. */
    record Scan(String query, List<Path> files) implements Source {}
}
