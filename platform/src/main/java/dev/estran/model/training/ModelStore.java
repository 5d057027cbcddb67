package dev.estran.model.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Ownership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code models}, {@code model_versions} and the models' rows of {@code objects}. */
final class ModelStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = "MODEL";
    private static final String VERSIONS = """
            SELECT o.id, o.catalog_name, o.schema_name, o.object_name, v.version, v.definition, v.created_at, v.created_by
            FROM objects o JOIN models m ON m.object_id = o.id JOIN model_versions v ON v.object_id = o.id
            """;

    /** What {@code model_versions.definition} holds, as JSON. Fields are only ever added. */
    record Definition(String directory, String labelColumn, String sourceSql, TrainingReport report) {}

    /** An object of any kind that has the name. */
    record Named(String id, String kind) {
        boolean isModel() {
            return kind.equals(KIND);
        }
    }

    Optional<Named> named(Handle handle, TableName name) {
        return handle.createQuery("""
                        SELECT id, kind FROM objects
                        WHERE catalog_name = :catalog AND schema_name = :schema AND object_name = :name
                        """)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .map((row, context) -> new Named(row.getString("id"), row.getString("kind")))
                .findFirst();
    }

    boolean schemaExists(Handle handle, TableName name) {
        return handle.createQuery("SELECT 1 FROM schemas WHERE catalog_name = :catalog AND schema_name = :schema")
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    void insertModel(Handle handle, String id, TableName name, String by, Instant at) {
        handle.createUpdate("""
                        INSERT INTO objects (id, catalog_name, schema_name, object_name, kind, created_at, created_by)
                        VALUES (:id, :catalog, :schema, :name, :kind, :at, :by)
                        """)
                .bind("id", id)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .bind("kind", KIND)
                .bind("at", at.toEpochMilli())
                .bind("by", by)
                .execute();
        Ownership.ofObject(handle, id, by, at.toEpochMilli());
        handle.createUpdate("INSERT INTO models (object_id, definition, current_version) VALUES (:id, :definition, 0)")
                .bind("id", id)
                .bind("definition", "{\"kind\":\"text_classifier\"}")
                .execute();
    }

    /** Adds the next version and makes it the current one. */
    long insertVersion(Handle handle, String id, Definition definition, String by, Instant at) {
        long version = handle.createQuery(
                        "SELECT COALESCE(MAX(version), 0) + 1 FROM model_versions WHERE object_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO model_versions (object_id, version, definition, created_at, created_by)
                        VALUES (:id, :version, :definition, :at, :by)
                        """)
                .bind("id", id)
                .bind("version", version)
                .bind("definition", write(definition))
                .bind("at", at.toEpochMilli())
                .bind("by", by)
                .execute();
        handle.createUpdate("UPDATE models SET current_version = :version WHERE object_id = :id")
                .bind("version", version)
                .bind("id", id)
                .execute();
        return version;
    }

    /** @param version 0 for the current one */
    Optional<ModelVersion> find(Handle handle, TableName name, long version) {
        return handle.createQuery(VERSIONS + """
                        WHERE o.catalog_name = :catalog AND o.schema_name = :schema AND o.object_name = :name
                          AND v.version = CASE WHEN :version = 0 THEN m.current_version ELSE :version END
                        """)
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .bind("version", version)
                .map(ModelStore::version)
                .findFirst();
    }

    /** The current version of every model. */
    List<ModelVersion> list(Handle handle) {
        return handle.createQuery(VERSIONS + """
                        WHERE v.version = m.current_version
                        ORDER BY o.catalog_name, o.schema_name, o.object_name
                        """).map(ModelStore::version).list();
    }

    /** Every version of every model, newest first. */
    List<TrainedModels.Listed> versions(Handle handle) {
        return handle.createQuery(VERSIONS.replace("v.created_by", "v.created_by, m.current_version")
                        + "ORDER BY o.catalog_name, o.schema_name, o.object_name, v.version DESC")
                .map((row, context) -> {
                    ModelVersion model = version(row, context);
                    return new TrainedModels.Listed(model, model.version() == row.getLong("current_version"));
                })
                .list();
    }

    /** Directories of all versions of all models. */
    List<String> directories(Handle handle) {
        return directories(handle.createQuery("SELECT definition FROM model_versions"));
    }

    /** Directories of all versions of one model. */
    List<String> directories(Handle handle, String id) {
        return directories(handle.createQuery("SELECT definition FROM model_versions WHERE object_id = :id")
                .bind("id", id));
    }

    private static List<String> directories(Query definitions) {
        return definitions.mapTo(String.class).list().stream()
                .map(definition -> read(definition).directory())
                .toList();
    }

    void delete(Handle handle, String id) {
        for (String sql : List.of(
                "DELETE FROM model_versions WHERE object_id = :id",
                "DELETE FROM models WHERE object_id = :id",
                "DELETE FROM objects WHERE id = :id")) {
            handle.createUpdate(sql).bind("id", id).execute();
        }
        Ownership.endObject(handle, id);
    }

    private static ModelVersion version(ResultSet row, StatementContext context) throws SQLException {
        Definition definition = read(row.getString("definition"));
        return new ModelVersion(
                new TableName(
                        row.getString("catalog_name"), row.getString("schema_name"), row.getString("object_name")),
                row.getString("id"),
                row.getLong("version"),
                definition.directory(),
                definition.labelColumn(),
                definition.sourceSql(),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                definition.report());
    }

    private static String write(Definition definition) {
        return json(definition);
    }

    /** A record as JSON, by its fields' names. */
    static String json(Record value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A model's definition cannot be written", e);
        }
    }

    private static Definition read(String json) {
        try {
            return JSON.readValue(json, Definition.class);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A model's definition cannot be read", e);
        }
    }
}
