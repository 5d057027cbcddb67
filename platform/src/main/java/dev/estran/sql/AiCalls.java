package dev.estran.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.Money;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the SQL layer needs of the AI layer above it. Wired in Platform. */
public interface AiCalls {

    /** Whether this is the name of an AI function, in lower case. */
    boolean owns(String function);

    /** Names of the AI functions that are built, for SHOW FUNCTIONS and completion. */
    List<String> names();

    /**
     * Runs every AI call of the query in stages and returns the query with each call replaced by a look-up of its answers.
     * The tree given is the bound one: its tables are the private names of the instance. May create tables named
     * {@code __b1, __d1, __a1, ...} in the instance.
     */
    Answered answer(Statement statement, EngineInstance instance, ObjectNode query);

    /** The columns the query would give; nothing is asked. */
    List<Column> describe(EngineInstance instance, ObjectNode query);

    /** What {@link #answer} would do and cost, without a call. */
    Estimate estimate(Statement statement, EngineInstance instance, ObjectNode query);

    /**
     * The statement the calls belong to.
     *
     * @param aiModel value of {@code SET ai_model}, or null
     * @param aiBudget money this statement may spend at most, or null
     * @param sharing hash of the fences the data passed through: answers are shared between equal ones only
     * @param progress told of every change
     * @param cancelled asked before every call
     */
    record Statement(
            String id,
            Caller caller,
            @Nullable String aiModel,
            @Nullable Money aiBudget,
            String sharing,
            Consumer<Progress> progress,
            java.util.function.BooleanSupplier cancelled) {}

    /** Where an AI stage stands. */
    record Progress(String function, long done, long total, Money spent) {}

    /**
     * @param columns for output columns that hold generated values the function's name, by output position from 0
     * @param pinned endpoint or method to the exact model version that answered
     * @param cost null where a price is unknown or nothing was asked
     */
    record Answered(
            ObjectNode query,
            List<Stage> stages,
            Map<Integer, String> columns,
            Map<String, String> pinned,
            @Nullable Money cost) {}

    /** Where a model answers. */
    enum Place {
        /** In this process: nothing leaves. */
        LOCAL,
        ENDPOINT,
        /** An endpoint that makes its answers up, for trying things out. */
        SIMULATED
    }

    /** One stage as it ran. Counts are of distinct argument tuples; cost is null where a price is unknown. */
    record Stage(
            String function,
            String model,
            Place place,
            long distinct,
            long asked,
            long stored,
            long failed,
            @Nullable Money cost) {}

    /**
     * @param uncut functions that run row by row because they cannot be cut into stages
     * @param worst null where a price is unknown
     */
    record Estimate(
            List<EstimatedStage> stages,
            @Nullable Money cost,
            @Nullable Money worst,
            List<String> uncut) {}

    /**
     * @param method how {@code distinct} was found: counted, sampled, approximated or scaled
     * @param cost null where the price is unknown
     */
    record EstimatedStage(
            String function,
            String model,
            Place place,
            long rows,
            long distinct,
            String method,
            long stored,
            long tokensIn,
            @Nullable Money cost) {

        /** Calls that would be made. */
        public long calls() {
            return Math.max(0, distinct - stored);
        }
    }
}
