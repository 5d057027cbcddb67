package dev.estran.model;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One small real call, sent once, to tell whether an endpoint answers. Of it only the row of the ledger stays. */
public final class TrialCalls {

    /** What the ledger calls a trial of an endpoint that exists, and of one that does not. */
    public static final String OF_ENDPOINT = "endpoint_test";

    static final String OF_DRAFT = "draft_test";

    private static final int MOST_TOKENS = 256;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final ChatRequest QUESTION = new ChatRequest(
            List.of(new ChatRequest.Message("user", "Answer with the single word: ready")),
            Map.of(),
            null,
            null,
            MOST_TOKENS);

    private final Endpoints endpoints;
    private final Map<String, ChatClient> clients;
    private final Prices prices;
    private final UsageLog usage;
    private final CallLimits limits;
    private final InstantSource clock;

    /** @param clients by provider */
    public TrialCalls(
            Endpoints endpoints,
            Map<String, ChatClient> clients,
            Prices prices,
            UsageLog usage,
            CallLimits limits,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.clients = Map.copyOf(clients);
        this.prices = prices;
        this.usage = usage;
        this.limits = limits.with(1, Math.min(PATIENCE_MILLIS, limits.attemptMillis()));
        this.clock = clock;
    }

    /**
     * How the trial ended.
     *
     * @param error null where the model answered
     * @param message what went wrong and what to do; null where the model answered
     * @param cost null where the price is unknown
     */
    public record Outcome(
            @Nullable ErrorCode error,
            @Nullable String message,
            long millis,
            long tokensIn,
            long tokensOut,
            boolean estimated,
            @Nullable Money cost) {}

    /** @throws EstranException ENDPOINT_NOT_FOUND, INVALID_ARGUMENT where the name is no endpoint's */
    public Outcome endpoint(Caller caller, String name) throws InterruptedException {
        if (endpoints.resolve(caller, name) instanceof ModelName.OfEndpoint found) {
            return call(caller, found.target(), OF_ENDPOINT);
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT, name + " runs in this process; only endpoints are tested by a call.");
    }

    /**
     * Tries what a connection and endpoint of these options would do.
     *
     * @param key what the connection's secret would be, where it is not stored yet
     */
    public Outcome draft(
            Caller caller,
            String name,
            Map<String, @Nullable Object> connection,
            Map<String, @Nullable Object> endpoint,
            @Nullable String key)
            throws InterruptedException {
        ModelTarget target = endpoints.draft(caller, name, connection, endpoint);
        String reference = target.connection().secret();
        if (key == null || reference == null) {
            return call(caller, target, OF_DRAFT);
        }
        return Secrets.<Outcome, InterruptedException>trying(reference, key, () -> call(caller, target, OF_DRAFT));
    }

    private Outcome call(Caller caller, ModelTarget target, String function) throws InterruptedException {
        List<UsageRecord> noted = new ArrayList<>();
        UsageLog noting = row -> {
            noted.add(row);
            usage.record(row);
        };
        ModelCalls calls = new ModelCalls(clients, prices, noting, limits, clock);
        ModelCalls.Context context = new ModelCalls.Context("", caller.id(), function, "", new Budget(null));
        ErrorCode error = null;
        String message = null;
        Money cost = null;
        try {
            ModelCalls.Reply reply = calls.call(context, target, QUESTION, answer -> Optional.empty());
            ChatClient.Failed failure = reply.error();
            error = failure == null ? null : failure.code();
            message = failure == null ? null : failure.message();
            cost = reply.cost();
        } catch (EstranException e) {
            // An answer to the question that was asked: the secret is not there, the key is lost.
            error = e.code();
            message = e.text();
        }
        UsageRecord row = noted.isEmpty() ? null : noted.getFirst();
        return new Outcome(
                error,
                message,
                row == null ? 0 : row.millis(),
                row == null ? 0 : row.tokensIn(),
                row == null ? 0 : row.tokensOut(),
                row != null && row.estimated(),
                cost);
    }
}
