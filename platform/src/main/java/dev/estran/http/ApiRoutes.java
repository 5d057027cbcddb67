package dev.estran.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.estran.sql.SqlService;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every route of the server. */
public final class ApiRoutes {

    private final Services services;
    private final Gatekeeper gatekeeper;

    public ApiRoutes(Services services, Gatekeeper gatekeeper) {
        this.services = services;
        this.gatekeeper = gatekeeper;
    }

    public List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.openGet("/health/live", request -> Reply.json(200, "{\"status\":\"live\"}")));
        routes.add(Route.openGet("/health/ready", this::ready));
        routes.add(Route.get("/metrics", this::metrics));
        routes.add(Route.openGet("/api/v1/openapi.json", request -> openApi()));
        routes.addAll(new SignInRoutes(gatekeeper).routes());
        routes.addAll(new TokenRoutes(gatekeeper.tokens()).routes());
        routes.addAll(new SqlRoutes(services.sql()).routes());
        routes.addAll(new ExportRoutes(services.export()).routes());
        routes.addAll(new QueryRoutes(services.savedQueries()).routes());
        routes.addAll(new LoadRoutes(services.load()).routes());
        routes.addAll(new CatalogRoutes(services.lake()).routes());
        routes.addAll(new SecretRoutes(services.secrets()).routes());
        routes.addAll(new TrialRoutes(services.trials()).routes());
        return List.copyOf(routes);
    }

    /** Ready when the metastore answers. */
    private Reply ready(Request request) {
        int catalogs = services.lake().catalogs().catalogs(request.caller()).size();
        return Reply.ok(
                JsonNodeFactory.instance.objectNode().put("status", "ready").put("catalogs", catalogs));
    }

    /** Prometheus text format 0.0.4. */
    private Reply metrics(Request request) {
        SqlService.Counts counts = services.sql().counts(request.caller());
        StringBuilder text = new StringBuilder();
        metric(text, "estran_statements_total", "counter", "Statements submitted.", counts.submitted());
        metric(text, "estran_statements_failed_total", "counter", "Statements that failed.", counts.failed());
        metric(text, "estran_statements_running", "gauge", "Statements running now.", counts.running());
        metric(text, "estran_statements_queued", "gauge", "Statements waiting for their turn.", counts.queued());
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        metric(text, "estran_heap_used_bytes", "gauge", "Java heap in use.", heap.getUsed());
        metric(
                text,
                "estran_uptime_seconds",
                "gauge",
                "Time since start.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return Reply.text("text/plain; version=0.0.4; charset=utf-8", text.toString());
    }

    private static void metric(StringBuilder text, String name, String type, String help, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }

    private static Reply openApi() throws IOException {
        try (InputStream in = ApiRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IOException("openapi.json is missing in the jar");
            }
            return Reply.text("application/json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
