package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.HistoryEntry;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import java.util.List;
import java.util.Locale;

/** Reads of catalogs, schemas and tables under {@code /api/v1/catalogs}. Changes are SQL statements. */
final class CatalogRoutes {

    private final Lake lake;

    CatalogRoutes(Lake lake) {
        this.lake = lake;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/catalogs", this::catalogs),
                Route.get("/api/v1/catalogs/{catalog}/schemas", this::schemas),
                Route.get("/api/v1/catalogs/{catalog}/schemas/{schema}/objects", this::objects),
                Route.get("/api/v1/catalogs/{catalog}/schemas/{schema}/tables/{table}", this::table),
                Route.get("/api/v1/catalogs/{catalog}/schemas/{schema}/tables/{table}/history", this::history));
    }

    private Reply catalogs(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode names = body.putArray("catalogs");
        lake.catalogs()
                .catalogs(request.caller())
                .forEach(name -> names.addObject().put("name", name));
        return Reply.ok(body);
    }

    private Reply schemas(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode names = body.putArray("schemas");
        lake.catalogs()
                .schemas(request.caller(), request.pathValue("catalog"))
                .forEach(schema -> names.addObject().put("name", schema.schema()));
        return Reply.ok(body);
    }

    private Reply objects(Request request) {
        SchemaName schema = new SchemaName(request.pathValue("catalog"), request.pathValue("schema"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode objects = body.putArray("objects");
        for (ObjectEntry entry : lake.catalogs().objects(request.caller(), schema)) {
            objects.addObject()
                    .put("name", entry.name().name())
                    .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
                    .put("comment", entry.comment())
                    .put("created_at", entry.createdAt().toString())
                    .put("created_by", entry.createdBy());
        }
        return Reply.ok(body);
    }

    private static TableName name(Request request) {
        return new TableName(request.pathValue("catalog"), request.pathValue("schema"), request.pathValue("table"));
    }

    private Reply table(Request request) {
        TableVersion version = lake.tables().load(request.caller(), name(request), VersionSelector.LATEST);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", version.name().toString()).put("id", version.tableId()).put("version", version.version());
        body.put("snapshot_id", version.snapshotId() == null ? null : String.valueOf(version.snapshotId()));
        body.put("files", version.files().size());
        ArrayNode columns = body.putArray("columns");
        for (ColumnDefinition column : version.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("nullable", column.nullable())
                    .put("default", column.defaultSql())
                    .put("comment", column.comment());
        }
        return Reply.ok(body);
    }

    private Reply history(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = body.putArray("versions");
        for (HistoryEntry entry : lake.tables().history(request.caller(), name(request))) {
            versions.addObject()
                    .put("version", entry.version())
                    .put("snapshot_id", entry.snapshotId() == null ? null : String.valueOf(entry.snapshotId()))
                    .put("committed_at", entry.committedAt().toString())
                    .put("committed_by", entry.committedBy())
                    .put("operation", entry.operation())
                    .put("rows_added", entry.rowsAdded())
                    .put("rows_deleted", entry.rowsDeleted());
        }
        return Reply.ok(body);
    }
}
