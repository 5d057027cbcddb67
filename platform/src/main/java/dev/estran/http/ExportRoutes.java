package dev.estran.http;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.export.ExportFormat;
import dev.estran.export.ExportService;
import dev.estran.export.ExportedFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/sql/{id}/export}: a finished statement's whole result as a file. */
final class ExportRoutes {

    private final ExportService export;

    ExportRoutes(ExportService export) {
        this.export = export;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/sql/{id}/export", this::export));
    }

    @SuppressWarnings("resource") // the server deletes the file once it is sent
    private Reply export(Request request) {
        ExportFormat format = ExportFormat.of(request.queryValue("format")
                .orElseThrow(() -> new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "Say the format: ?format=csv, xlsx or parquet.")));
        ExportedFile file = export.write(request.caller(), request.pathValue("id"), format);
        return Reply.file(
                format.contentType(),
                file.file(),
                Map.of(
                        "Content-Disposition",
                        disposition(file.name()),
                        "Estran-Truncated",
                        String.valueOf(file.truncated())));
    }

    /** RFC 6266: a plain name for old readers, the whole one encoded. */
    private static String disposition(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
