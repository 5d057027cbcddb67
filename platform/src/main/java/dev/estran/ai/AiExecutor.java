package dev.estran.ai;

import dev.estran.Money;
import dev.estran.sql.AiCalls;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one executor of AI calls: answer store, single-flight, concurrency, budget, per-row errors. Callers give distinct
 * argument tuples only.
 */
public interface AiExecutor {

    /**
     * Pins the model that would answer the call, or fails with NEEDS_MODEL, ENDPOINT_NOT_FOUND or MODEL_NOT_FOUND before
     * anything is sent.
     */
    Pinned pin(AiCalls.Statement statement, AiCall call);

    /**
     * Asks about every tuple. Answers arrive in any order, on the calling thread.
     *
     * @param tuples values of {@link AiCall#varying()} as text (VARCHAR) in key order, none null, each tuple once
     */
    AiCalls.Stage ask(
            AiCalls.Statement statement,
            AiCall call,
            Pinned pinned,
            Iterator<List<String>> tuples,
            long total,
            Consumer<Answer> answers);

    /** Of these tuples, how many have a stored answer already. Sends nothing. */
    long stored(AiCalls.Statement statement, AiCall call, Pinned pinned, List<List<String>> tuples);

    /**
     * Price of asking, without asking: input tokens of an average call of this text length and the cost of one call.
     *
     * @param averageChars mean length of the varying arguments together
     */
    Price price(AiCall call, Pinned pinned, double averageChars);

    /**
     * @param served exact model and version that answers, for example {@code local/mask@1} or {@code sim:north@2026-10-01}
     * @param local whether nothing leaves this process
     */
    record Pinned(String endpoint, String served, boolean local, boolean simulated) {

        AiCalls.Place place() {
            return local ? AiCalls.Place.LOCAL : simulated ? AiCalls.Place.SIMULATED : AiCalls.Place.ENDPOINT;
        }
    }

    /**
     * @param tuple the arguments asked about
     * @param value typed for {@link AiCall#returns()}: String (also JSON text for nested types), Boolean, Double; null for
     *     an abstention or an error
     * @param error one line for people, or null
     */
    record Answer(
            List<String> tuple,
            @Nullable Object value,
            @Nullable String error) {}

    /** @param cost of one call; null where the price is unknown */
    record Price(
            long tokensIn,
            long tokensOutWorst,
            @Nullable Money cost,
            @Nullable Money worst) {}
}
