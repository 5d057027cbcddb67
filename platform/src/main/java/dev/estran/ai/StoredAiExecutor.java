package dev.estran.ai;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.model.ChatRequest;
import dev.estran.model.Endpoints;
import dev.estran.model.ModelCalls;
import dev.estran.model.ModelName;
import dev.estran.model.ModelTarget;
import dev.estran.model.Prices;
import dev.estran.model.TokenCounter;
import dev.estran.model.UsageLog;
import dev.estran.sql.AiCalls;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The executor of AI calls: stored answers first, then a sliding window of calls, each question asked once at a time
 * across all statements. Thread-safe.
 */
public final class StoredAiExecutor implements AiExecutor, AutoCloseable {

    /**
     * @param remoteInFlight calls to suppliers under way per stage
     * @param localThreads threads for local methods per stage
     */
    public record Limits(int remoteInFlight, int localThreads) {
        public static final Limits DEFAULT = new Limits(64, 2);
    }

    /** Tokens of a typical short answer, for estimates. */
    private static final int TYPICAL_OUT = 12;

    private static final double CHARS_PER_TOKEN = 4;

    private final Endpoints endpoints;
    private final Prices prices;
    private final AnswerStore store;
    private final LocalMethods local;
    private final OwnModels own;
    private final RemoteRun remoteRun;
    private final LocalRun localRun;
    private final StatementStates states = new StatementStates();

    public StoredAiExecutor(
            Endpoints endpoints,
            ModelCalls calls,
            Prices prices,
            UsageLog usage,
            AnswerStore store,
            LocalMethods local,
            OwnModels own,
            Limits limits) {
        this.endpoints = endpoints;
        this.prices = prices;
        this.store = store;
        this.local = local;
        this.own = own;
        this.remoteRun = new RemoteRun(calls, store, limits.remoteInFlight());
        this.localRun = new LocalRun(prices, usage, limits.localThreads());
    }

    @Override
    public Pinned pin(AiCalls.Statement statement, AiCall call) {
        Caller caller = statement.caller();
        String function = call.function().name();
        String named = named(statement, call);
        if (named == null) {
            Optional<LocalMethod> method = local.find(function);
            if (method.isPresent()) {
                return pinned(method.get());
            }
            named = endpoints.defaultModel(caller).orElseThrow(() -> needsModel(function));
        }
        return switch (endpoints.resolve(caller, named)) {
            case ModelName.OfEndpoint(ModelTarget target) -> pinned(statement, target);
            case ModelName.Local(String name) ->
                pinned(local.find(function, name)
                        .orElseThrow(() -> new EstranException(
                                ErrorCode.MODEL_NOT_FOUND,
                                function + " has no local method " + name + "."
                                        + local.find(function)
                                                .map(m -> " It has " + m.served() + ".")
                                                .orElse(""))));
            case ModelName.Agent(String name) ->
                throw new EstranException(ErrorCode.NOT_BUILT, "Agents as models are not built yet: " + name + ".");
            case ModelName.Own(var name) -> {
                LocalMethod method = states.of(statement)
                        .methods()
                        .computeIfAbsent(name + " " + function, key -> own.load(caller, name, function));
                yield new Pinned(name.toString(), method.served(), true, false);
            }
        };
    }

    /** The model the statement names: in the call, as the endpoint of ai_query, or for the session. */
    private static @Nullable String named(AiCalls.Statement statement, AiCall call) {
        Object option = call.options().get("model");
        if (option == null) {
            option = call.constants().get("endpoint");
        }
        return option == null ? statement.aiModel() : option.toString();
    }

    private static Pinned pinned(LocalMethod method) {
        return new Pinned(bare(method.served()), method.served(), true, false);
    }

    private Pinned pinned(AiCalls.Statement statement, ModelTarget target) {
        String name = target.endpoint().name();
        // The first look in a statement counts for all of it, whatever is replaced meanwhile.
        ModelTarget kept = states.of(statement).targets().computeIfAbsent(name, key -> target);
        return new Pinned(name, kept.servedName(), false, kept.endpoint().simulated());
    }

    private static String bare(String served) {
        int at = served.lastIndexOf('@');
        return at < 0 ? served : served.substring(0, at);
    }

    static EstranException needsModel(String function) {
        String command = "./estran models add NAME --url https://... --key-env VAR";
        return new EstranException(
                ErrorCode.NEEDS_MODEL,
                function + " needs a generative model, and none is connected. Connect one: " + command,
                Map.of("command", command, "function", function),
                null);
    }

    @Override
    public AiCalls.Stage ask(
            AiCalls.Statement statement,
            AiCall call,
            Pinned pinned,
            Iterator<List<String>> tuples,
            long total,
            Consumer<Answer> answers) {
        StatementStates.State state = states.of(statement);
        StageRun stage = new StageRun(
                statement,
                call.function().name(),
                pinned.endpoint(),
                pinned.place(),
                total,
                state.budget(),
                prices.currency(),
                answers);
        if (pinned.local()) {
            localRun.ask(statement, call, pinned, method(statement, call, pinned), tuples, state.budget(), stage);
        } else {
            ModelTarget target = target(statement, pinned);
            requirePriceUnderBudget(state, target);
            remoteRun.ask(statement, call, target, tuples, state.budget(), stage);
        }
        return stage.end();
    }

    private static void requirePriceUnderBudget(StatementStates.State state, ModelTarget target) {
        if (state.budget().limited() && target.price() == null) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The price of " + target.endpoint().name()
                            + " is unknown, so ai_budget cannot hold. Give the endpoint"
                            + " a price, or run without ai_budget.");
        }
    }

    @Override
    public long stored(AiCalls.Statement statement, AiCall call, Pinned pinned, List<List<String>> tuples) {
        if (pinned.local()) {
            return 0;
        }
        ModelTarget target = target(statement, pinned);
        CallIdentity identity = remoteRun.identity(statement, call, target, prompts(call, target));
        return store.find(tuples.stream().map(identity::of).toList()).size();
    }

    @Override
    public Price price(AiCall call, Pinned pinned, double averageChars) {
        if (pinned.local()) {
            return new Price(0, 0, prices.zero(), prices.zero());
        }
        ModelTarget target = states.targetOf(pinned)
                .orElseThrow(() -> new IllegalStateException("price of a model that is not pinned: " + pinned));
        ChatRequest empty = prompts(call, target)
                .request(call.varying().stream().map(v -> "").toList());
        long tokensIn = TokenCounter.count(empty) + Math.round(averageChars / CHARS_PER_TOKEN);
        long bound = empty.tokensInBound() + Math.round(averageChars * 2);
        long typicalOut = call.function().returns().equals("VARCHAR") && empty.schema() == null
                ? Math.min(empty.maxTokens(), TYPICAL_OUT + Math.round(averageChars / CHARS_PER_TOKEN))
                : TYPICAL_OUT;
        Money cost = prices.cost(target.price(), tokensIn, typicalOut);
        return new Price(tokensIn, empty.maxTokens(), cost, prices.cost(target.price(), bound, empty.maxTokens()));
    }

    static Prompts prompts(AiCall call, ModelTarget target) {
        // OpenAI's own reasoning models refuse any temperature but theirs.
        return new Prompts(
                call, target.endpoint(), !target.connection().provider().equals("openai"));
    }

    private ModelTarget target(AiCalls.Statement statement, Pinned pinned) {
        ModelTarget kept = states.of(statement).targets().get(pinned.endpoint());
        if (kept != null) {
            return kept;
        }
        if (endpoints.resolve(statement.caller(), pinned.endpoint()) instanceof ModelName.OfEndpoint(ModelTarget found)
                && found.servedName().equals(pinned.served())) {
            states.of(statement).targets().put(pinned.endpoint(), found);
            return found;
        }
        throw new EstranException(
                ErrorCode.ENDPOINT_NOT_FOUND,
                "The endpoint " + pinned.endpoint() + " was changed while the statement ran. Run it again.");
    }

    private LocalMethod method(AiCalls.Statement statement, AiCall call, Pinned pinned) {
        String function = call.function().name();
        Optional<LocalMethod> method = local.find(function, pinned.endpoint());
        LocalMethod kept = states.of(statement).methods().get(pinned.endpoint() + " " + function);
        if (kept != null) {
            return kept;
        }
        return method.orElseThrow(() -> new EstranException(
                ErrorCode.MODEL_NOT_FOUND, "There is no method " + pinned.endpoint() + " for " + function + "."));
    }

    @Override
    public void close() {
        store.close();
    }
}
