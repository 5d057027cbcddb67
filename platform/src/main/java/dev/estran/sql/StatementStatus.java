package dev.estran.sql;

import dev.estran.Column;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.Phrase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement stands; a snapshot.
 *
 * @param doing what is being done; empty when there is nothing to say
 * @param fraction done of the current stage, 0 to 1, or -1 where unknown
 * @param columns of the result; empty until FINISHED
 * @param rows in the result
 * @param truncated whether the row limit cut the result
 * @param affected rows inserted, updated or deleted, or null for other statements
 * @param said one line about what was done, or null
 * @param generated output positions of generated columns, with the function that made them
 * @param error set when FAILED or CANCELLED
 * @param wallMillis from submission to now or to the end
 */
public record StatementStatus(
        String id,
        State state,
        Phrase doing,
        double fraction,
        List<Column> columns,
        long rows,
        boolean truncated,
        @Nullable Long affected,
        @Nullable Phrase said,
        Map<Integer, String> generated,
        List<AiCalls.Stage> aiStages,
        @Nullable Money cost,
        Map<String, String> pinned,
        @Nullable EstranException error,
        long wallMillis) {

    /** What is being done, in English. */
    public String stage() {
        return doing.text();
    }

    /** What was done, in English, or null. */
    public @Nullable String message() {
        return said == null ? null : said.text();
    }

    /** Life of a statement. */
    public enum State {
        QUEUED,
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == FINISHED || this == FAILED || this == CANCELLED;
        }
    }
}
