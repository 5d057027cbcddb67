package dev.estran.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
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

    private final LoadService load;

    LoadRoutes(LoadService load) {
        this.load = load;
    }

    List<Route> routes() {
        return List.of(Route.post(PATH, this::submit));
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
        String id = load.submitAndDelete(request.caller(), parsed);
        return Reply.json(
                202,
                JsonNodeFactory.instance.objectNode().put("statement_id", id).put("state", "QUEUED"));
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
