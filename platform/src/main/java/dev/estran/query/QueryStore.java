package dev.estran.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code saved_queries}. */
final class QueryStore {

    private static final String COLUMNS =
            "id, owner, name, sql_text, parameters, chart, created_at, updated_at, version";

    /** How many queries an owner has, and how many characters of text in them. */
    record Size(long queries, long characters) {}

    Size size(Handle handle, String owner) {
        return handle.createQuery("""
                        SELECT COUNT(*) AS queries,
                               COALESCE(SUM(LENGTH(sql_text) + LENGTH(parameters) + LENGTH(COALESCE(chart, ''))), 0) AS characters
                        FROM saved_queries WHERE owner = :owner
                        """)
                .bind("owner", owner)
                .map((row, context) -> new Size(row.getLong("queries"), row.getLong("characters")))
                .one();
    }

    List<SavedQuery> list(Handle handle, String owner) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM saved_queries WHERE owner = :owner ORDER BY LOWER(name), name")
                .bind("owner", owner)
                .map(QueryStore::query)
                .list();
    }

    Optional<SavedQuery> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM saved_queries WHERE id = :id")
                .bind("id", id)
                .map(QueryStore::query)
                .findFirst();
    }

    Optional<SavedQuery> findByName(Handle handle, String owner, String name) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM saved_queries WHERE owner = :owner AND name = :name")
                .bind("owner", owner)
                .bind("name", name)
                .map(QueryStore::query)
                .findFirst();
    }

    void insert(Handle handle, SavedQuery query) {
        handle.createUpdate("""
                        INSERT INTO saved_queries (%s)
                        VALUES (:id, :owner, :name, :text, :parameters, :chart, :created, :updated, :version)
                        """.formatted(COLUMNS))
                .bind("id", query.id())
                .bind("owner", query.owner())
                .bind("name", query.name())
                .bind("text", query.draft().text())
                .bind("parameters", ParameterJson.write(query.draft().parameters()))
                .bind("chart", query.draft().chart())
                .bind("created", query.createdAt().toEpochMilli())
                .bind("updated", query.updatedAt().toEpochMilli())
                .bind("version", query.version())
                .execute();
    }

    void update(Handle handle, SavedQuery query) {
        handle.createUpdate("""
                        UPDATE saved_queries
                        SET name = :name, sql_text = :text, parameters = :parameters, chart = :chart,
                            updated_at = :updated, version = :version
                        WHERE id = :id
                        """)
                .bind("id", query.id())
                .bind("name", query.name())
                .bind("text", query.draft().text())
                .bind("parameters", ParameterJson.write(query.draft().parameters()))
                .bind("chart", query.draft().chart())
                .bind("updated", query.updatedAt().toEpochMilli())
                .bind("version", query.version())
                .execute();
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM saved_queries WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static SavedQuery query(ResultSet row, StatementContext context) throws SQLException {
        return new SavedQuery(
                row.getString("id"),
                row.getString("owner"),
                new QueryDraft(
                        row.getString("name"),
                        row.getString("sql_text"),
                        ParameterJson.read(row.getString("parameters")),
                        row.getString("chart")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getLong("version"));
    }
}
