package dev.estran.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Row filters and column masks of tables. They hold for everyone, owners and admins included. Thread-safe. */
public final class Protections {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the place of a masked column's id: the row filter. */
    private static final int ROW_FILTER = 0;

    private final Access access;
    private final TableLoader loader;
    private final Functions functions;

    Protections(Access access, TableLoader loader, Functions functions) {
        this.access = access;
        this.loader = loader;
        this.functions = functions;
    }

    /** What protects a table, for whoever reads it. */
    public Protection of(TableVersion table) {
        return loader.metastore().read(handle -> of(handle, table.tableId()));
    }

    /** @param columns names of the columns the function is given, in order */
    public void setRowFilter(Caller caller, TableName table, TableName function, List<String> columns) {
        set(caller, table, null, function, columns);
    }

    /** @param using names of the columns the function is given after the masked one */
    public void setMask(Caller caller, TableName table, String column, TableName function, List<String> using) {
        set(caller, table, column, function, using);
    }

    /** @param column the masked column; null for the row filter */
    public boolean remove(Caller caller, TableName table, @Nullable String column) {
        access.require(caller, Privilege.MANAGE, Securable.table(table));
        ObjectEntry entry = entry(table);
        int field = column == null ? ROW_FILTER : field(schema(entry), column, table);
        return loader.metastore()
                .transact(handle ->
                        handle.createUpdate("DELETE FROM protections WHERE table_id = :table AND field_id = :field")
                                        .bind("table", entry.id())
                                        .bind("field", field)
                                        .execute()
                                > 0);
    }

    private void set(
            Caller caller, TableName table, @Nullable String column, TableName function, List<String> columns) {
        access.require(caller, Privilege.MANAGE, Securable.table(table));
        FunctionDefinition rule =
                functions.callable(caller, function).orElseThrow(() -> NotFound.of(Securable.function(function)));
        ObjectEntry entry = entry(table);
        Schema schema = schema(entry);
        List<Integer> arguments = new ArrayList<>();
        int field = column == null ? ROW_FILTER : field(schema, column, table);
        if (column != null) {
            arguments.add(field);
        }
        columns.forEach(name -> arguments.add(field(schema, name, table)));
        if (arguments.size() != rule.parameters().size()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    rule.signature() + " takes " + rule.parameters().size() + " values and would be given "
                            + arguments.size() + ". Name the columns: "
                            + (column == null ? "ON (a, b)" : "USING COLUMNS (a, b)") + ".");
        }
        if (column == null && !rule.returnType().equals("BOOLEAN")) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "A row filter says yes or no; " + rule.signature() + " does not.");
        }
        loader.metastore().transact(handle -> {
            handle.createUpdate("""
                            INSERT INTO protections
                              (table_id, field_id, catalog_name, schema_name, function_name, arguments, set_at, set_by)
                            VALUES (:table, :field, :catalog, :schema, :function, :arguments, :at, :by)
                            ON CONFLICT (table_id, field_id) DO UPDATE SET catalog_name = excluded.catalog_name,
                              schema_name = excluded.schema_name, function_name = excluded.function_name,
                              arguments = excluded.arguments, set_at = excluded.set_at, set_by = excluded.set_by
                            """)
                    .bind("table", entry.id())
                    .bind("field", field)
                    .bind("catalog", function.catalog())
                    .bind("schema", function.schema())
                    .bind("function", function.name())
                    .bind("arguments", write(arguments))
                    .bind("at", loader.clock().millis())
                    .bind("by", caller.id())
                    .execute();
            return null;
        });
    }

    static Protection of(Handle handle, String tableId) {
        Map<Integer, Protection.Rule> rules = new HashMap<>();
        handle.createQuery("SELECT * FROM protections WHERE table_id = :table")
                .bind("table", tableId)
                .map((row, context) -> Map.entry(
                        row.getInt("field_id"),
                        new Protection.Rule(
                                new TableName(
                                        row.getString("catalog_name"),
                                        row.getString("schema_name"),
                                        row.getString("function_name")),
                                read(row.getString("arguments")))))
                .forEach(entry -> rules.put(entry.getKey(), entry.getValue()));
        Protection.Rule filter = rules.remove(ROW_FILTER);
        return filter == null && rules.isEmpty() ? Protection.NONE : new Protection(filter, rules);
    }

    /** Whether a table is protected by the function. */
    static boolean uses(Handle handle, TableName function) {
        return handle.createQuery("""
                        SELECT 1 FROM protections
                        WHERE catalog_name = :catalog AND schema_name = :schema AND function_name = :name
                        """)
                .bind("catalog", function.catalog())
                .bind("schema", function.schema())
                .bind("name", function.name())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static void removeAll(Handle handle, String tableId) {
        handle.createUpdate("DELETE FROM protections WHERE table_id = :table")
                .bind("table", tableId)
                .execute();
    }

    private ObjectEntry entry(TableName table) {
        return Tables.checkTable(
                table, loader.metastore().read(handle -> loader.objects().find(handle, table)));
    }

    private Schema schema(ObjectEntry entry) {
        Pointer pointer = loader.metastore()
                .read(handle -> loader.pointers().latest(handle, entry.id()).orElseThrow());
        return loader.metadata(pointer).schema();
    }

    private static int field(Schema schema, String column, TableName table) {
        Types.NestedField field = Schemas.find(schema, column);
        if (field == null) {
            throw new EstranException(ErrorCode.COLUMN_NOT_FOUND, table.sql() + " has no column '" + column + "'.");
        }
        return field.fieldId();
    }

    private static String write(List<Integer> ids) {
        ArrayNode array = JSON.createArrayNode();
        ids.forEach(array::add);
        return array.toString();
    }

    private static List<Integer> read(String json) {
        try {
            List<Integer> ids = new ArrayList<>();
            JSON.readTree(json).forEach(id -> ids.add(id.asInt()));
            return ids;
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A protection's row in the metastore is not JSON.", e);
        }
    }
}
