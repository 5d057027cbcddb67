package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.NotFound;
import dev.estran.access.Ownership;
import dev.estran.access.Securable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rows of {@code objects}: the names of a schema, whatever they stand for. */
final class ObjectStore {

    private static final String COLUMNS =
            "id, catalog_name, schema_name, object_name, kind, comment, created_at, created_by";

    Optional<ObjectEntry> find(Handle handle, TableName name) {
        return handle.createQuery("""
                        SELECT %s FROM objects
                        WHERE catalog_name = :catalog AND schema_name = :schema AND object_name = :name
                        """.formatted(COLUMNS))
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .bind("name", name.name())
                .map(ObjectStore::entry)
                .findFirst();
    }

    Optional<ObjectEntry> findById(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM objects WHERE id = :id")
                .bind("id", id)
                .map(ObjectStore::entry)
                .findFirst();
    }

    List<ObjectEntry> list(Handle handle, SchemaName schema) {
        return handle.createQuery("""
                        SELECT %s FROM objects WHERE catalog_name = :catalog AND schema_name = :schema
                        ORDER BY object_name
                        """.formatted(COLUMNS))
                .bind("catalog", schema.catalog())
                .bind("schema", schema.schema())
                .map(ObjectStore::entry)
                .list();
    }

    List<ObjectEntry> list(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM objects ORDER BY catalog_name, schema_name, object_name")
                .map(ObjectStore::entry)
                .list();
    }

    /** @throws EstranException ALREADY_EXISTS, SCHEMA_NOT_FOUND, CATALOG_NOT_FOUND */
    void insert(Handle handle, ObjectEntry entry) {
        requireSchema(handle, entry.name().schemaName());
        int inserted = handle.createUpdate("""
                        INSERT INTO objects (%s)
                        VALUES (:id, :catalog, :schema, :name, :kind, :comment, :at, :by)
                        ON CONFLICT DO NOTHING
                        """.formatted(COLUMNS))
                .bind("id", entry.id())
                .bind("catalog", entry.name().catalog())
                .bind("schema", entry.name().schema())
                .bind("name", entry.name().name())
                .bind("kind", entry.kind().name())
                .bind("comment", entry.comment())
                .bind("at", entry.createdAt().toEpochMilli())
                .bind("by", entry.createdBy())
                .execute();
        if (inserted == 0) {
            throw exists(find(handle, entry.name()).map(ObjectEntry::kind).orElse(entry.kind()), entry.name());
        }
        Ownership.ofObject(
                handle, entry.id(), entry.createdBy(), entry.createdAt().toEpochMilli());
    }

    void rename(Handle handle, String id, TableName to) {
        requireSchema(handle, to.schemaName());
        find(handle, to).ifPresent(taken -> {
            throw exists(taken.kind(), to);
        });
        handle.createUpdate("""
                        UPDATE objects SET catalog_name = :catalog, schema_name = :schema, object_name = :name
                        WHERE id = :id
                        """)
                .bind("catalog", to.catalog())
                .bind("schema", to.schema())
                .bind("name", to.name())
                .bind("id", id)
                .execute();
    }

    void comment(Handle handle, String id, @Nullable String comment) {
        handle.createUpdate("UPDATE objects SET comment = :comment WHERE id = :id")
                .bind("comment", comment)
                .bind("id", id)
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM objects WHERE id = :id").bind("id", id).execute();
    }

    void requireSchema(Handle handle, SchemaName name) {
        boolean there = handle.createQuery(
                        "SELECT 1 FROM schemas WHERE catalog_name = :catalog AND schema_name = :schema")
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
        if (!there) {
            throw NotFound.of(Securable.schema(name));
        }
    }

    static EstranException exists(ObjectKind kind, TableName name) {
        return new EstranException(
                        ErrorCode.ALREADY_EXISTS,
                        "The " + kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name.sql()
                                + " exists already. Take another name, or drop it first.")
                .with("name", name.sql());
    }

    private static ObjectEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new ObjectEntry(
                row.getString("id"),
                new TableName(
                        row.getString("catalog_name"), row.getString("schema_name"), row.getString("object_name")),
                ObjectKind.valueOf(row.getString("kind")),
                row.getString("comment"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"));
    }
}
