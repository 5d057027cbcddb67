package dev.estran.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Ownership;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Views: a name for a query's text. What the text means is the SQL layer's business. Thread-safe. */
public final class Views {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Access access;
    private final TableLoader loader;
    private final Drops drops;

    Views(Access access, TableLoader loader, Drops drops) {
        this.access = access;
        this.loader = loader;
        this.drops = drops;
    }

    /**
     * Creates or replaces a view.
     *
     * @return whether it was written; false where IF_NOT_EXISTS found one
     * @throws EstranException ALREADY_EXISTS (also where the name is a table's), SCHEMA_NOT_FOUND, RESERVED_NAME
     */
    public boolean create(Caller caller, ViewDefinition view, CreateMode mode) {
        TableName name = view.name();
        access.require(caller, Privilege.CREATE_VIEW, Securable.schema(name.schemaName()));
        ReservedNames.checkSchema(caller, name.schemaName());
        Schemas.checkName(name.name());
        if (mode == CreateMode.OR_REPLACE && exists(name)) {
            access.require(caller, Privilege.MANAGE, Securable.view(name));
        }
        return loader.metastore().transact(handle -> {
            Optional<ObjectEntry> existing = loader.objects().find(handle, name);
            if (existing.isPresent()) {
                if (existing.get().kind() != ObjectKind.VIEW || mode == CreateMode.CREATE) {
                    throw ObjectStore.exists(existing.get().kind(), name);
                }
                if (mode == CreateMode.IF_NOT_EXISTS) {
                    return false;
                }
                handle.createUpdate("DELETE FROM views WHERE object_id = :id")
                        .bind("id", existing.get().id())
                        .execute();
                insertText(handle, existing.get().id(), view);
                return true;
            }
            ObjectEntry entry = new ObjectEntry(
                    UUID.randomUUID().toString(),
                    name,
                    ObjectKind.VIEW,
                    null,
                    loader.clock().instant(),
                    caller.id());
            insert(handle, view, entry);
            return true;
        });
    }

    /** @throws EstranException VIEW_NOT_FOUND */
    public ViewDefinition load(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.view(name));
        return loader.metastore().read(handle -> {
            ObjectEntry entry = checkView(name, loader.objects().find(handle, name));
            return handle.createQuery(
                            "SELECT sql_text, search_path, columns, security FROM views WHERE object_id = :id")
                    .bind("id", entry.id())
                    .map((row, context) -> new ViewDefinition(
                            name,
                            row.getString("sql_text"),
                            parseSearchPath(row.getString("search_path")),
                            parseColumns(row.getString("columns")),
                            ViewDefinition.Security.valueOf(row.getString("security"))))
                    .one();
        });
    }

    /** Who a view belongs to, for reading with their rights. */
    public String owner(TableName name) {
        return loader.metastore().read(handle -> {
            ObjectEntry entry = checkView(name, loader.objects().find(handle, name));
            return Ownership.ofObject(handle, entry.id()).orElse(entry.createdBy());
        });
    }

    /**
     * Sets a view's comment; null removes it.
     *
     * @throws EstranException VIEW_NOT_FOUND
     */
    public void comment(Caller caller, TableName name, @Nullable String comment) {
        access.require(caller, Privilege.MANAGE, Securable.view(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        loader.metastore().transact(handle -> {
            ObjectEntry entry = checkView(name, loader.objects().find(handle, name));
            loader.objects().comment(handle, entry.id(), comment);
            return null;
        });
    }

    /** @throws EstranException VIEW_NOT_FOUND */
    public ObjectEntry entry(Caller caller, TableName name) {
        access.require(caller, Privilege.SELECT, Securable.view(name));
        return loader.metastore()
                .read(handle -> checkView(name, loader.objects().find(handle, name)));
    }

    /**
     * Drops a view.
     *
     * @return whether there was one
     * @throws EstranException VIEW_NOT_FOUND unless {@code ifExists}
     */
    public boolean drop(Caller caller, TableName name, boolean ifExists) {
        access.require(caller, Privilege.MANAGE, Securable.view(name));
        return loader.metastore().transact(handle -> {
            Optional<ObjectEntry> entry = loader.objects().find(handle, name);
            if (entry.isEmpty() && ifExists) {
                return false;
            }
            drops.drop(handle, caller, checkView(name, entry));
            return true;
        });
    }

    private void insert(Handle handle, ViewDefinition view, ObjectEntry entry) {
        loader.objects().insert(handle, entry);
        insertText(handle, entry.id(), view);
    }

    private boolean exists(TableName name) {
        return loader.metastore()
                .read(handle -> loader.objects().find(handle, name))
                .isPresent();
    }

    private static void insertText(Handle handle, String id, ViewDefinition view) {
        handle.createUpdate("""
                        INSERT INTO views (object_id, sql_text, search_path, columns, security)
                        VALUES (:id, :sql, :path, :columns, :security)
                        """)
                .bind("id", id)
                .bind("sql", view.sql())
                .bind("path", searchPathJson(view.searchPath()))
                .bind("columns", columnsJson(view.columns()))
                .bind("security", view.security().name())
                .execute();
    }

    private static ObjectEntry checkView(TableName name, Optional<ObjectEntry> entry) {
        return entry.filter(e -> e.kind() == ObjectKind.VIEW).orElseThrow(() -> NotFound.of(Securable.view(name)));
    }

    private static String searchPathJson(List<SchemaName> path) {
        ArrayNode array = JSON.createArrayNode();
        path.forEach(schema -> array.addArray().add(schema.catalog()).add(schema.schema()));
        return array.toString();
    }

    private static List<SchemaName> parseSearchPath(String json) {
        List<SchemaName> path = new ArrayList<>();
        parse(json)
                .forEach(pair -> path.add(
                        new SchemaName(pair.get(0).asText(), pair.get(1).asText())));
        return path;
    }

    private static String columnsJson(List<Column> columns) {
        ArrayNode array = JSON.createArrayNode();
        columns.forEach(column -> array.addObject()
                .put("name", column.name())
                .put("type", column.type())
                .put("nullable", column.nullable()));
        return array.toString();
    }

    private static List<Column> parseColumns(String json) {
        List<Column> columns = new ArrayList<>();
        parse(json)
                .forEach(column -> columns.add(new Column(
                        column.get("name").asText(),
                        column.get("type").asText(),
                        column.get("nullable").asBoolean())));
        return columns;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A view's row in the metastore is not JSON.", e);
        }
    }
}
