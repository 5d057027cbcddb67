package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.ai.AiFunction;
import dev.estran.ai.AiFunctions;
import dev.estran.ai.Capabilities;
import dev.estran.ai.Capabilities.Capability;
import dev.estran.config.Setting;
import dev.estran.config.Settings;
import dev.estran.http.ApiRoutes;
import dev.estran.sql.SqlService;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reference pages made from the program; {@code -Destran.docs=write} writes stale ones anew. */
final class ReferencePagesTest {

    private static final String GENERATED = "This page is generated; the build fails when it is stale.\n\n";

    @Test
    void settings() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Settings come from `estran.yaml` in the data directory, from the environment, and from `--set key=value`; the later
                wins. All problems are reported together, before anything starts.
                """);
        page.append(GENERATED).append("| Key | Default | Environment | Meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : Settings.all()) {
            page.append("| `%s` | %s | `%s` | %s |%n"
                    .formatted(
                            setting.key(),
                            setting.defaultValue(),
                            setting.environmentName(),
                            DocsFile.cell(setting.description())));
        }
        DocsFile.check("docs/reference/configuration.md", page.toString());
    }

    @Test
    void errors() throws IOException {
        Properties meanings = new Properties();
        try (Reader in = new InputStreamReader(
                resource(ReferencePagesTest.class, "/docs/errors.properties"), StandardCharsets.UTF_8)) {
            meanings.load(in);
        }
        assertThat(meanings.stringPropertyNames())
                .as("one line in src/test/resources/docs/errors.properties for each code")
                .isEqualTo(Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet()));
        StringBuilder page = new StringBuilder("""
                # Errors

                Every error has a name that never changes, a message that says what to do next, and in HTTP a status. `retry` means
                that the same request may succeed later. The kinds: USER (change the request), DENIED, NOT_FOUND, CONFLICT (somebody
                was faster, or the name is taken), LIMIT (a named limit was reached), UPSTREAM (a supplier or store failed), INTERNAL.
                The command line ends with 1 after an error and with 2 after wrong usage.
                """);
        page.append(GENERATED).append("| Name | Kind | HTTP | Retry | Meaning |\n|---|---|---|---|---|\n");
        for (ErrorCode code : ErrorCode.values()) {
            page.append("| `%s` | %s | %d | %s | %s |%n"
                    .formatted(
                            code.name(),
                            code.kind(),
                            code.httpStatus(),
                            code.retryable() ? "yes" : "",
                            DocsFile.cell(meanings.getProperty(code.name()))));
        }
        DocsFile.check("docs/reference/errors.md", page.toString());
    }

    @Test
    void functions() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Functions

                ## AI functions

                They stand wherever an expression may stand. Each also takes, by name, `model => '...'` (an endpoint, a local method
                or a model of your own) and `on_error => 'fail' | 'null' | 'detail'`: `fail`, the default, stops the statement at the
                first row that cannot be answered; `null` gives NULL for it; `detail` gives `{response, error}` for every row.
                A NULL in an argument that has no default gives NULL and asks nobody. Arguments in brackets may be left out.

                """.stripTrailing() + "\n");
        page.append(GENERATED);
        for (AiFunction function : AiFunctions.all()) {
            Capability capability = Capabilities.find(function.name()).orElseThrow();
            page.append("### %s\n\n```sql\n%s\n```\n\n%s\n\n"
                    .formatted(function.name(), AiFunctions.signature(function), function.summary()));
            page.append("Without a model: %s (%s).%s\n\n"
                    .formatted(
                            capability.state().text(),
                            capability.method(),
                            capability.quality() == null ? "" : " Measured: " + capability.quality() + "."));
            String constants = function.parameters().stream()
                    .filter(AiFunction.Parameter::constant)
                    .map(parameter -> "`" + parameter.name() + "`")
                    .collect(Collectors.joining(", "));
            page.append(constants.isEmpty() ? "" : "The same for all rows: " + constants + ".\n\n");
        }
        page.append("### Planned\n\nThese answer `NOT_BUILT`: ")
                .append(AiFunctions.planned().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ")))
                .append(".\n\n## Functions of the engine\n\n");
        Set<String> engine = engineFunctions();
        page.append("""
                Queries may call %d functions of DuckDB (operators not counted); what reads files, settings or the engine's own catalog
                is refused with `FUNCTION_NOT_ALLOWED`. `SHOW FUNCTIONS` lists them all. They mean what DuckDB's documentation says.
                """.formatted(engine.size()));
        DocsFile.check("docs/reference/functions.md", page.toString());
    }

    @Test
    void http() throws IOException {
        StringBuilder page = new StringBuilder("""
                # HTTP

                The server listens on the loopback, port 8080. Every request carries `Authorization: Bearer TOKEN`, with the token from
                `server.json` in the data directory, but for those marked open. Host and Origin are checked, so that no web page can
                reach it through a browser. Errors come as `{"error": {"code", "message", "details", ...}}` with the status of
                [the code](errors.md). The whole description, with all bodies, is `GET /api/v1/openapi.json`.
                """);
        page.append(GENERATED).append("| Request | Does | Parameters | Answers |\n|---|---|---|---|\n");
        JsonNode api;
        try (InputStream in = resource(ApiRoutes.class, "openapi.json")) {
            api = new ObjectMapper().readTree(in);
        }
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                JsonNode route = verb.getValue();
                boolean open = route.path("security").isArray()
                        && route.path("security").isEmpty();
                String parameters = route.path("parameters")
                        .valueStream()
                        .filter(parameter -> parameter.path("in").asText().equals("query"))
                        .map(parameter -> "`" + parameter.path("name").asText() + "`")
                        .collect(Collectors.joining(", "));
                String answers = route.path("responses")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(", "));
                page.append("| `%s %s` | %s%s | %s | %s |%n"
                        .formatted(
                                verb.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                DocsFile.cell(route.path("summary").asText()),
                                open ? " Open." : "",
                                parameters,
                                answers));
            }
        }
        DocsFile.check("docs/reference/http.md", page.toString());
    }

    /** The table of states on the front page. */
    @Test
    void states() throws IOException {
        StringBuilder table = new StringBuilder("| | Without any model | How | Measured |\n|---|---|---|---|\n");
        for (Capability capability : Capabilities.all()) {
            if (capability.state() != Capabilities.State.PLANNED) {
                table.append("| `%s` | %s | %s | %s |%n"
                        .formatted(
                                capability.name(),
                                capability.state().text(),
                                DocsFile.cell(capability.method()),
                                DocsFile.cell(capability.headline().orElse(""))));
            }
        }
        table.append("\nPlanned, and not there yet: ")
                .append(Capabilities.all().stream()
                        .filter(capability -> capability.state() == Capabilities.State.PLANNED)
                        .map(Capability::name)
                        .map(name -> name.contains("_") ? "`" + name + "`" : name)
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        DocsFile.checkPart("README.md", "states", table.toString());
    }

    private static Set<String> engineFunctions() throws IOException {
        try (InputStream in = resource(SqlService.class, "functions.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String scalars = text.substring(text.indexOf("[functions]") + 11, text.indexOf("[table functions]"));
            return scalars.lines()
                    .filter(line -> !line.isEmpty() && Character.isLetter(line.charAt(0)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static InputStream resource(Class<?> beside, String name) {
        return Objects.requireNonNull(beside.getResourceAsStream(name), name);
    }
}
