package dev.estran.ai;

import dev.estran.Caller;
import dev.estran.Money;
import dev.estran.access.Access;
import dev.estran.ai.AiFunction.Parameter;
import dev.estran.metastore.Metastore;
import dev.estran.model.CallLimits;
import dev.estran.model.ChatClient;
import dev.estran.model.Endpoints;
import dev.estran.model.ModelCalls;
import dev.estran.model.Prices;
import dev.estran.model.Secrets;
import dev.estran.model.UsageRecord;
import dev.estran.model.provider.openai.OpenAiClient;
import dev.estran.sql.AiCalls;
import dev.estran.testing.ModelSimulator;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The executor with everything below it, real but for the supplier. */
final class AiRig implements AutoCloseable {

    static final String KEY = "sk-very-secret-0123456789";

    /** Short pauses, so that retries do not make tests slow; long patience, for a busy machine. */
    static final CallLimits PATIENT = new CallLimits(4, 2, 20, 120_000, 20_000, 60_000, 90_000, 256, 1 << 20);

    /** Gives up waiting soon, for suppliers that never answer. */
    static final CallLimits IMPATIENT = new CallLimits(4, 2, 20, 120_000, 500, 1_000, 2_000, 256, 1 << 20);

    final Metastore metastore;
    final Prices prices = Prices.shipped();
    final Endpoints endpoints;
    final Queue<UsageRecord> usage = new ConcurrentLinkedQueue<>();
    final Map<String, String> environment = new ConcurrentHashMap<>(Map.of("SIM_KEY", KEY));
    final OpenAiClient client;
    final AnswerStore store;
    final StoredAiExecutor executor;

    AiRig(Path directory) {
        this(directory, PATIENT, Map.of());
    }

    AiRig(Path directory, CallLimits limits, Map<String, LocalMethod> local) {
        this(directory, limits, new LocalMethods(local));
    }

    AiRig(Path directory, CallLimits limits, LocalMethods local) {
        metastore = Metastore.open(directory.resolve("metastore.db"));
        endpoints = new Endpoints(new Access(metastore, (caller, privilege, object, allowed) -> {}), metastore, prices);
        client = new OpenAiClient(new Secrets(environment::get, name -> "stored-" + name), limits);
        Map<String, ChatClient> clients = Map.of("openai_compatible", client, "openai", client);
        store = new AnswerStore(directory.resolve("answers.db"), AnswerStore.Limits.DEFAULT);
        executor = new StoredAiExecutor(
                endpoints,
                new ModelCalls(clients, prices, usage::add, limits, InstantSource.system()),
                prices,
                usage::add,
                store,
                local,
                (caller, name, function) -> {
                    throw new AssertionError("no own models here");
                },
                StoredAiExecutor.Limits.DEFAULT);
    }

    /** Connects the simulator as the endpoint of this name, at 1 and 4 euro per million tokens. */
    AiRig connect(String name, ModelSimulator simulator) {
        return connect(name, simulator.url());
    }

    AiRig connect(String name, String url) {
        endpoints.createConnection(
                Caller.OWNER, name, Map.of("provider", "openai_compatible", "url", url, "secret", "env:SIM_KEY"), true);
        endpoints.createEndpoint(
                Caller.OWNER,
                name,
                Map.of("served", List.of(Map.of("connection", name, "model", "m", "price", price("1", "4", "EUR")))),
                true);
        return this;
    }

    static Map<String, Object> price(String input, String output, String currency) {
        return Map.of("input", new BigDecimal(input), "output", new BigDecimal(output), "currency", currency);
    }

    static AiFunction function(String name, String returns, String... parameters) {
        List<Parameter> list = Arrays.stream(parameters)
                .map(p -> new Parameter(p, "VARCHAR", Optional.empty(), false))
                .toList();
        return new AiFunction(name, list, returns, name + "/1", true, "");
    }

    static AiCall call(AiFunction function, Map<String, @Nullable Object> constants, String... varying) {
        return new AiCall(function, constants, List.of(varying), Map.of(), function.returns());
    }

    static AiCall gen() {
        return call(function("ai_gen", "VARCHAR", "prompt"), Map.of(), "prompt");
    }

    static AiCall classify(String... labels) {
        return call(function("ai_classify", "VARCHAR", "text", "labels"), Map.of("labels", List.of(labels)), "text");
    }

    static AiCall filter(String instruction) {
        return call(
                function("ai_filter", "BOOLEAN", "instruction", "text"), Map.of("instruction", instruction), "text");
    }

    static AiCalls.Statement statement(String id) {
        return statement(id, null, () -> false);
    }

    static AiCalls.Statement statement(String id, @Nullable String budget, BooleanSupplier cancelled) {
        Money money = budget == null ? null : new Money(new BigDecimal(budget), "EUR");
        return new AiCalls.Statement(id, Caller.OWNER, null, money, "rg:0", progress -> {}, cancelled);
    }

    static List<List<String>> texts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> List.of("ticket number " + i + " about a parcel"))
                .toList();
    }

    /** What came back, and the stage. */
    record Result(List<AiExecutor.Answer> answers, AiCalls.Stage stage) {
        Map<List<String>, AiExecutor.Answer> byTuple() {
            Map<List<String>, AiExecutor.Answer> map = new ConcurrentHashMap<>();
            answers.forEach(a -> map.put(a.tuple(), a));
            return map;
        }

        AiExecutor.Answer of(List<String> tuple) {
            return Objects.requireNonNull(byTuple().get(tuple));
        }

        @Nullable
        Object value(String text) {
            return of(List.of(text)).value();
        }

        BigDecimal cost() {
            return Objects.requireNonNull(stage.cost()).amount();
        }
    }

    Result ask(AiCalls.Statement statement, AiCall call, List<List<String>> tuples) {
        List<AiExecutor.Answer> answers = new ArrayList<>();
        AiExecutor.Pinned pinned = executor.pin(statement, call);
        AiCalls.Stage stage = executor.ask(statement, call, pinned, tuples.iterator(), tuples.size(), answers::add);
        return new Result(answers, stage);
    }

    BigDecimal spent() {
        return usage.stream()
                .map(u -> u.cost() == null ? BigDecimal.ZERO : u.cost())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public void close() {
        executor.close();
        client.close();
        metastore.close();
    }
}
