package dev.estran.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import dev.estran.access.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Functions written in SQL. What a body means is the SQL layer's business. Thread-safe. */
public final class Functions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "catalog_name, schema_name, function_name, parameters, return_type, body";
    private static final String BY_NAME =
            " WHERE catalog_name = :catalog AND schema_name = :schema AND function_name = :name";

    private final Access access;
    private final TableLoader loader;

    Functions(Access access, TableLoader loader) {
        this.access = access;
        this.loader = loader;
    }

    /**
     * @return whether it was written; false where IF_NOT_EXISTS found one
     * @throws EstranException ALREADY_EXISTS, SCHEMA_NOT_FOUND, RESERVED_NAME
     */
    public boolean create(Caller caller, FunctionDefinition function, CreateMode mode) {
        TableName name = function.name();
        access.require(caller, Privilege.CREATE_FUNCTION, Securable.schema(name.schemaName()));
        ReservedNames.checkSchema(caller, name.schemaName());
        Schemas.checkName(name.name());
        if (mode == CreateMode.OR_REPLACE && find(name).isPresent()) {
            access.require(caller, Privilege.MANAGE, Securable.function(name));
        }
        return loader.metastore().transact(handle -> {
            loader.objects().requireSchema(handle, name.schemaName());
            if (find(handle, name).isPresent()) {
                if (mode == CreateMode.CREATE) {
                    throw new EstranException(
                            ErrorCode.ALREADY_EXISTS,
                            "The function " + name.sql()
                                    + " exists already. Take another name, or CREATE OR REPLACE it.");
                }
                if (mode == CreateMode.IF_NOT_EXISTS) {
                    return false;
                }
                update(handle, function);
                return true;
            }
            insert(handle, function, caller);
            Ownership.of(
                    handle,
                    Securable.function(name),
                    caller.id(),
                    loader.clock().millis());
            return true;
        });
    }

    /** @throws EstranException FUNCTION_NOT_FOUND unless {@code ifExists}; NOT_EMPTY where a table is protected by it */
    public boolean drop(Caller caller, TableName name, boolean ifExists) {
        access.require(caller, Privilege.MANAGE, Securable.function(name));
        return loader.metastore().transact(handle -> {
            if (find(handle, name).isEmpty()) {
                if (ifExists) {
                    return false;
                }
                throw NotFound.of(Securable.function(name));
            }
            if (Protections.uses(handle, name)) {
                throw new EstranException(
                        ErrorCode.NOT_EMPTY,
                        "The function " + name.sql()
                                + " filters or masks a table. Take the filter or mask away first.");
            }
            delete(handle, name);
            return true;
        });
    }

    /** The function a query may call under the name: with EXECUTE. */
    public Optional<FunctionDefinition> callable(Caller caller, TableName name) {
        return find(name).filter(found -> access.allows(caller, Privilege.EXECUTE, Securable.function(name)));
    }

    /** A function that protects a table: whoever reads the table reads through it. */
    public FunctionDefinition protecting(TableName name) {
        return find(name)
                .orElseThrow(() -> new EstranException(
                        ErrorCode.INTERNAL, "The function " + name + " that protects a table is missing."));
    }

    /** The functions the caller may know of. */
    public List<FunctionDefinition> list(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return loader
                .metastore()
                .read(handle -> handle.createQuery("SELECT " + COLUMNS
                                + " FROM functions ORDER BY catalog_name, schema_name, function_name")
                        .map((row, context) -> function(row))
                        .list())
                .stream()
                .filter(function -> visible.seesFunction(function.name()))
                .toList();
    }

    /** For the bodies of other functions, whose authors were asked for the right. */
    public Optional<FunctionDefinition> find(TableName name) {
        return loader.metastore().read(handle -> find(handle, name));
    }

    private static Optional<FunctionDefinition> find(Handle handle, TableName name) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM functions" + BY_NAME)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .map((row, context) -> function(row))
                .findFirst();
    }

    private void insert(Handle handle, FunctionDefinition function, Caller caller) {
        handle.createUpdate("""
                        INSERT INTO functions (%s, created_at, created_by)
                        VALUES (:catalog, :schema, :name, :parameters, :type, :body, :at, :by)
                        """.formatted(COLUMNS))
                .bind("catalog", function.name().catalog())
                .bind("schema", function.name().schema())
                .bind("name", function.name().name())
                .bind("parameters", write(function.parameters()))
                .bind("type", function.returnType())
                .bind("body", function.body())
                .bind("at", loader.clock().millis())
                .bind("by", caller.id())
                .execute();
    }

    private static void update(Handle handle, FunctionDefinition function) {
        handle.createUpdate(
                        "UPDATE functions SET parameters = :parameters, return_type = :type, body = :body" + BY_NAME)
                .bind("catalog", function.name().catalog())
                .bind("schema", function.name().schema())
                .bind("name", function.name().name())
                .bind("parameters", write(function.parameters()))
                .bind("type", function.returnType())
                .bind("body", function.body())
                .execute();
    }

    static void delete(Handle handle, TableName name) {
        handle.createUpdate("DELETE FROM functions" + BY_NAME)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .execute();
        Ownership.end(handle, Securable.function(name));
    }

    /** All functions of a schema that goes. */
    static List<TableName> in(Handle handle, SchemaName schema) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM functions WHERE catalog_name = :catalog AND schema_name = :schema")
                .bind("catalog", schema.catalog())
                .bind("schema", schema.schema())
                .map((row, context) -> function(row).name())
                .list();
    }

    private static FunctionDefinition function(ResultSet row) throws SQLException {
        return new FunctionDefinition(
                new TableName(row.getString(1), row.getString(2), row.getString(3)),
                read(row.getString(4)),
                row.getString(5),
                row.getString(6));
    }

    private static String write(List<Column> parameters) {
        ArrayNode array = JSON.createArrayNode();
        parameters.forEach(
                column -> array.addObject().put("name", column.name()).put("type", column.type()));
        return array.toString();
    }

    private static List<Column> read(String json) {
        try {
            List<Column> parameters = new ArrayList<>();
            JSON.readTree(json)
                    .forEach(column -> parameters.add(new Column(
                            column.path("name").asText(), column.path("type").asText())));
            return parameters;
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A function's row in the metastore is not JSON.", e);
        }
    }
}
