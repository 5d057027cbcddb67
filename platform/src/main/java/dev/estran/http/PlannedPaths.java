package dev.estran.http;

import java.util.List;

/** Doors that are named in the product and not built yet; they answer 501. */
final class PlannedPaths {

    private static final List<String> PREFIXES =
            List.of("/api/2.0", "/api/2.1", "/serving-endpoints", "/mcp", "/openai/v1", "/anthropic/v1", "/iceberg/v1");

    private PlannedPaths() {}

    static boolean contains(String path) {
        return PREFIXES.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}
