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
import dev.estran.lake.TableDetails;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import dev.estran.lake.ViewDefinition;
import dev.estran.sql.CreateText;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

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
                Route.get("/api/v1/catalogs/{catalog}/schemas/{schema}/tables/{table}/history", this::history),
                Route.get("/api/v1/catalogs/{catalog}/schemas/{schema}/views/{view}", this::view));
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
        TableDetails details = lake.tables().details(request.caller(), name(request));
        body.put("rows", details.rows());
        body.put("bytes", details.bytes());
        body.put("location", details.location());
        body.put("format", "iceberg v" + details.formatVersion() + ", parquet");
        body.put("partitioning", details.partitioning());
        body.put("comment", details.entry().comment());
        body.put("created_at", details.entry().createdAt().toString());
        body.put("created_by", details.entry().createdBy());
        body.put("definition", CreateText.table(version.name(), version.columns(), details));
        ObjectNode properties = body.putObject("properties");
        new TreeMap<>(details.properties()).forEach(properties::put);
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

    private Reply view(Request request) {
        TableName name =
                new TableName(request.pathValue("catalog"), request.pathValue("schema"), request.pathValue("view"));
        ViewDefinition view = lake.views().load(request.caller(), name);
        ObjectEntry entry = lake.views().entry(request.caller(), name);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", name.toString());
        body.put("query", view.sql());
        body.put("definition", CreateText.view(view));
        body.put("comment", entry.comment());
        body.put("created_at", entry.createdAt().toString());
        body.put("created_by", entry.createdBy());
        ArrayNode columns = body.putArray("columns");
        view.columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).put("type", column.type()));
        ArrayNode path = body.putArray("search_path");
        view.searchPath().forEach(schema -> path.add(schema.toString()));
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
