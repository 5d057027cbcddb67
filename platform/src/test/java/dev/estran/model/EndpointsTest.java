package dev.estran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.metastore.Database;
import dev.estran.metastore.Metastore;
import dev.estran.sql.Chunk;
import dev.estran.sql.StatementHandler.Context;
import dev.estran.sql.StatementHandler.OwnStatement;
import dev.estran.sql.StatementHandler.Result;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.estran.metastore.Database#installed")
class EndpointsTest {

    private static final Caller STRANGER = new Caller("u:eve", Set.of());

    @Parameter
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Database database;

    @TempDir
    Path directory;

    private Metastore metastore;
    private Endpoints endpoints;
    private ModelStatements statements;

    @BeforeEach
    void open() {
        metastore = Metastore.open(database.fresh(directory.resolve("metastore.db")));
        Access access = new Access(metastore, (caller, privilege, object, allowed) -> {});
        endpoints = new Endpoints(access, metastore, Prices.shipped());
        statements = new ModelStatements(endpoints);
    }

    @AfterEach
    void close() {
        metastore.close();
    }

    private record As(Caller caller) implements Context {
        @Override
        public String statementId() {
            return "st_1";
        }

        @Override
        public List<dev.estran.Column> query(String sql, long rowLimit, Consumer<Chunk> sink) {
            throw new AssertionError();
        }

        @Override
        public void progress(String text, double fraction) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private Result run(Caller caller, String head, String name, Map<String, @Nullable Object> options) {
        return statements.run(new As(caller), new OwnStatement(head, name, false, false, options, null, null));
    }

    private Result connection(String name, Object... options) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("provider", "openai_compatible");
        map.put("url", "http://127.0.0.1:9/v1");
        for (int i = 0; i < options.length; i += 2) {
            map.put((String) options[i], options[i + 1]);
        }
        return run(Caller.OWNER, "CREATE CONNECTION", name, map);
    }

    private Result endpoint(String name, Object... options) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("served", List.of(Map.of("connection", "c", "model", "m")));
        for (int i = 0; i < options.length; i += 2) {
            map.put((String) options[i], options[i + 1]);
        }
        return run(Caller.OWNER, "CREATE ENDPOINT", name, map);
    }

    private static void assertFails(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theFirstRealEndpointBecomesTheDefault() {
        connection("c");
        endpoint("demo", "simulated", true);
        assertThat(endpoints.defaultModel(Caller.OWNER)).isEmpty();
        assertThat(endpoint("fast").rows().getFirst().getFirst().toString()).contains("now the default");
        endpoint("slow");
        assertThat(endpoints.defaultModel(Caller.OWNER)).contains("fast");
        run(Caller.OWNER, "DROP ENDPOINT", "fast", Map.of());
        assertThat(endpoints.defaultModel(Caller.OWNER)).isEmpty();
    }

    @Test
    void definitionsSurviveTheMetastore() {
        connection("c", "secret", "env:C_KEY", "zones", List.of("eu"), "terms", Map.of("licence", "apache-2.0"));
        Map<String, Object> served = Map.of(
                "connection",
                "c",
                "model",
                "m",
                "weight",
                BigDecimal.ONE,
                "version",
                "2026-10-01",
                "price",
                Map.of("input", new BigDecimal("0.40"), "output", new BigDecimal("1.6"), "currency", "usd"));
        endpoint(
                "e",
                "served",
                List.of(served),
                "parameters",
                Map.of("temperature", new BigDecimal("0.2")),
                "system_prompt",
                "Be brief.",
                "zones",
                List.of("eu"));
        ModelTarget target = ((ModelName.OfEndpoint) endpoints.resolve(Caller.OWNER, "E")).target();
        assertThat(target.servedName()).isEqualTo("c:m@2026-10-01");
        assertThat(target.connection().secret()).isEqualTo("env:C_KEY");
        assertThat(target.connection().terms()).containsEntry("licence", "apache-2.0");
        assertThat(target.endpoint().systemPrompt()).isEqualTo("Be brief.");
        assertThat(target.endpoint().parameters().get("temperature")).isEqualTo(new BigDecimal("0.2"));
        TokenPrice price = target.price();
        assertThat(price).isNotNull();
        assertThat(Prices.shipped().cost(price, 1_000_000, 0))
                .extracting(m -> m.amount().doubleValue())
                .satisfies(euro -> assertThat(euro).isBetween(0.3, 0.4));
        Result shown = run(Caller.OWNER, "SHOW ENDPOINTS", "", Map.of());
        assertThat(shown.rows()).hasSize(1);
        assertThat(shown.rows().getFirst()).hasSameSizeAs(shown.columns());
    }

    @Test
    void namesResolveInTheirOrder() {
        connection("c");
        endpoint("e");
        assertThat(endpoints.resolve(Caller.OWNER, "e")).isInstanceOf(ModelName.OfEndpoint.class);
        assertThat(endpoints.resolve(Caller.OWNER, "local/mask")).isEqualTo(new ModelName.Local("local/mask"));
        assertThat(endpoints.resolve(Caller.OWNER, "agent:a.b.c")).isEqualTo(new ModelName.Agent("agent:a.b.c"));
        assertThat(endpoints.resolve(Caller.OWNER, "lake.demo.router")).isInstanceOf(ModelName.Own.class);
        assertFails(ErrorCode.ENDPOINT_NOT_FOUND, () -> endpoints.resolve(Caller.OWNER, "nothing"));
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        assertFails(ErrorCode.NOT_BUILT, () -> connection("a", "provider", "anthropic"));
        connection("c");
        assertFails(ErrorCode.NOT_BUILT, () -> endpoint("e", "fallback", List.of("x")));
        Map<String, Object> one = Map.of("connection", "c", "model", "m");
        assertFails(ErrorCode.NOT_BUILT, () -> endpoint("e", "served", List.of(one, one)));
    }

    @Test
    void badOptionsAreRefusedWithoutRepeatingThem() {
        String pasted = "sk-pasted-by-mistake";
        List<Runnable> attempts = new ArrayList<>(List.of(
                () -> connection("a", "secret", pasted),
                () -> connection("a", "url", "https://user:" + pasted + "@host/v1"),
                () -> connection("a", "url", "https://host/v1?key=" + pasted),
                () -> connection("a", "url", "ftp://host"),
                () -> connection("a", "url", "not a url " + pasted),
                () -> connection("a", "key", pasted),
                () -> connection("local"),
                () -> connection("a.b.c"),
                () -> endpoint("e", "served", List.of()),
                () -> endpoint("e", "served", "c")));
        for (Runnable attempt : attempts) {
            assertThatThrownBy(attempt::run).isInstanceOfSatisfying(EstranException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                assertThat(e.text()).doesNotContain(pasted);
            });
        }
        connection("c");
        Map<String, Object> price = Map.of("input", 1, "output", 1, "currency", "XXX");
        assertFails(
                ErrorCode.INVALID_ARGUMENT,
                () -> endpoint("e", "served", List.of(Map.of("connection", "c", "model", "m", "price", price))));
        Map<String, Object> negative = Map.of("input", -1, "output", 1, "currency", "EUR");
        assertFails(
                ErrorCode.INVALID_ARGUMENT,
                () -> endpoint("e", "served", List.of(Map.of("connection", "c", "model", "m", "price", negative))));
    }

    @Test
    void simulatedEndpointsStayOnThisMachine() {
        connection("far", "url", "https://example.org/v1");
        assertFails(
                ErrorCode.INVALID_ARGUMENT,
                () -> endpoint(
                        "demo", "served", List.of(Map.of("connection", "far", "model", "m")), "simulated", true));
        connection("c");
        endpoint("demo", "simulated", true);
        assertFails(
                ErrorCode.INVALID_ARGUMENT,
                () -> endpoints.createConnection(
                        Caller.OWNER,
                        "c",
                        Map.of("provider", "openai_compatible", "url", "https://example.org/v1"),
                        true));
    }

    @Test
    void dropsAreOrderlyAndNamesAreUnique() {
        connection("c");
        assertFails(ErrorCode.ALREADY_EXISTS, () -> connection("C"));
        assertFails(
                ErrorCode.CONNECTION_NOT_FOUND,
                () -> endpoint("e", "served", List.of(Map.of("connection", "missing", "model", "m"))));
        endpoint("e");
        assertFails(ErrorCode.NOT_EMPTY, () -> run(Caller.OWNER, "DROP CONNECTION", "c", Map.of()));
        run(Caller.OWNER, "DROP ENDPOINT", "e", Map.of());
        run(Caller.OWNER, "DROP CONNECTION", "c", Map.of());
        assertFails(ErrorCode.CONNECTION_NOT_FOUND, () -> run(Caller.OWNER, "DROP CONNECTION", "c", Map.of()));
    }

    @Test
    void strangersAreDeniedEverything() {
        connection("c");
        endpoint("e");
        for (String head : statements.heads()) {
            assertFails(ErrorCode.DENIED, () -> run(STRANGER, head, head.startsWith("SHOW") ? "" : "e", Map.of()));
        }
        assertFails(ErrorCode.DENIED, () -> endpoints.resolve(STRANGER, "e"));
        assertFails(ErrorCode.DENIED, () -> endpoints.setDefaultModel(STRANGER, "e"));
    }

    @Test
    void anUnknownPriceIsUnknownAndNotZero() {
        assertThat(Prices.shipped().cost(null, 10, 10)).isNull();
        assertThat(Prices.shipped().cost(new TokenPrice(BigDecimal.ONE, BigDecimal.ONE, "XXX"), 10, 10))
                .isNull();
    }
}
