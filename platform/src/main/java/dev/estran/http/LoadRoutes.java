package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.load.DemoCompany;
import dev.estran.load.LoadRequest;
import dev.estran.load.LoadService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /api/v1/load}: the body is the file, the options are in the query string. Followed like a statement. */
final class LoadRoutes {

    static final String PATH = "/api/v1/load";

    private static final String DEMO = "/api/v1/demo";

    private final LoadService load;

    LoadRoutes(LoadService load) {
        this.load = load;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, this::submit),
                Route.get(PATH + "/{id}/rejects", this::rejects),
                Route.get(PATH + "/{id}/rejects.csv", this::rejectsFile),
                Route.get(DEMO, this::demo),
                Route.post(DEMO, this::loadDemo));
    }

    private Reply rejects(Request request) {
        long offset = request.queryNumber("offset", 0);
        int limit = Math.clamp(request.queryNumber("limit", 100), -1, Integer.MAX_VALUE);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("rejects");
        load.rejected(request.caller(), request.pathValue("id"), offset, limit)
                .forEach(row -> rows.addObject()
                        .put("line", row.line())
                        .put("column", row.column())
                        .put("value", row.value())
                        .put("reason", row.reason())
                        .put("text", row.text()));
        return Reply.ok(body);
    }

    private Reply rejectsFile(Request request) {
        String text = load.rejectedCsv(request.caller(), request.pathValue("id"));
        return new Reply(
                200,
                "text/csv; charset=utf-8",
                text,
                Map.of("Content-Disposition", "attachment; filename=\"rejected-rows.csv\""));
    }

    /** Whether the demo company's files are there, and which of its tables. */
    private Reply demo(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode tables = body.putArray("tables");
        load.demo().loaded(request.caller()).forEach(name -> tables.add(name.toString()));
        body.put("available", DemoCompany.available());
        body.put("complete", tables.size() == DemoCompany.SAMPLES.size());
        return Reply.ok(body);
    }

    private Reply loadDemo(Request request) {
        return queued(load.demo().submit(request.caller()));
    }

    private static Reply queued(String id) {
        return Reply.json(
                202,
                JsonNodeFactory.instance.objectNode().put("statement_id", id).put("state", "QUEUED"));
    }

    private Reply submit(Request request) throws IOException {
        Path upload = request.upload();
        if (upload == null) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "Send the file as the body.");
        }
        Map<String, String> options = new HashMap<>(request.query());
        String name = fileName(options.getOrDefault("name", "upload"));
        // The import outlives this request; it deletes the file when it ends.
        Path kept = upload.resolveSibling(upload.getFileName() + ".kept");
        LoadRequest parsed = LoadRequest.of(kept, name, options);
        Files.move(upload, kept);
        return queued(load.submitAndDelete(request.caller(), parsed));
    }

    /** The last part of what may be a path on the caller's machine. */
    private static String fileName(String given) {
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "'name' expects the file's name.");
        }
        return name;
    }
}
