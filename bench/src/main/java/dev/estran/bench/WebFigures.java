package dev.estran.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workspace in a browser. This side starts the server on the demo's data and prints; the scripts in web/browser/bench
 * drive Chromium and report lines of JSON.
 */
final class WebFigures implements Bench.Group {

    private static final int DEMO_SECONDS = 300;
    private static final int GROUP_SECONDS = 900;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What must not be exceeded. */
    private static final Map<String, Double> BARS = Map.of(
            "first_load_kb",
            350.0,
            "interactive_ms",
            1500.0,
            "slow_frames_pct",
            5.0,
            "axe_serious",
            0.0,
            "xss_ran",
            0.0);

    private static final Map<String, Integer> EXPECTED = Map.of("load", 2, "scroll", 1, "axe", 1, "xss", 1);

    private final String group;
    private final Path home;
    private final Launcher launcher;

    private WebFigures(String group, Path home, Launcher launcher) {
        this.group = group;
        this.home = home;
        this.launcher = launcher;
    }

    static Map<String, Bench.Group> groups(BenchOptions options) throws IOException {
        missing(options.home()).ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        Launcher launcher = new Launcher(options.home());
        Map<String, Bench.Group> groups = new LinkedHashMap<>();
        EXPECTED.keySet().forEach(name -> groups.put(name, new WebFigures(name, options.home(), launcher)));
        return groups;
    }

    /** What the benchmark needs and this machine lacks, with the way to get it. */
    static Optional<String> missing(Path home) {
        if (!onPath("node") || !onPath("npm")) {
            return Optional.of("`bench web` needs Node 20 with npm (Debian: apt-get install nodejs npm)");
        }
        String named = System.getenv("ESTRAN_CHROMIUM");
        Path chromium = Path.of(named == null ? "/usr/bin/chromium" : named);
        if (!Files.isExecutable(chromium)) {
            return Optional.of("`bench web` needs Chromium, and there is none at " + chromium
                    + " (Debian: apt-get install chromium; ESTRAN_CHROMIUM names another file)");
        }
        if (!Files.isDirectory(home.resolve("web/node_modules/playwright-core"))) {
            return Optional.of(
                    "`bench web` needs the packages of web/package-lock.json: run `npm ci` in " + home.resolve("web"));
        }
        return Optional.empty();
    }

    private static boolean onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of(path.split(java.io.File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    @Override
    public void measure(Figures figures) throws IOException, InterruptedException {
        launcher.prepare();
        try (WorkDirectory work = WorkDirectory.create()) {
            Path data = work.path().resolve("data");
            try (Child demo = launcher.start("demo", "--data", data.toString())) {
                demo.finish(DEMO_SECONDS);
            }
            try (Launcher.Server server = launcher.server(data)) {
                String token = JSON.readTree(data.resolve("server.json").toFile())
                        .path("token")
                        .asText();
                browse(figures, server, token);
            }
        }
    }

    private void browse(Figures figures, Launcher.Server server, String token)
            throws IOException, InterruptedException {
        String origin = server.address().getScheme() + "://" + server.address().getAuthority();
        Path script = home.resolve("web/browser/bench/bench.mjs");
        int seen = 0;
        try (Child browser = Child.start(
                List.of("node", script.toString(), group),
                Map.of("ESTRAN_BENCH_ORIGIN", origin, "ESTRAN_BENCH_TOKEN", token))) {
            for (String line = browser.line(GROUP_SECONDS); line != null; line = browser.line(GROUP_SECONDS)) {
                JsonNode said = JSON.readTree(line);
                if (said.has("note")) {
                    figures.note(said.path("note").asText());
                    continue;
                }
                String name = said.path("figure").asText();
                Double bar = BARS.get(name);
                if (bar == null || !said.path("value").isNumber()) {
                    throw new IOException("the browser's script says " + line);
                }
                figures.atMost(name, said.path("value").asDouble(), bar);
                seen++;
            }
            browser.finish(1);
        }
        if (seen != EXPECTED.getOrDefault(group, 0)) {
            throw new IOException("the browser's script measured " + seen + " figures of " + EXPECTED.get(group));
        }
    }
}
