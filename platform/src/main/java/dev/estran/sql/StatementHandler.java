package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.Phrase;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement of Estran's own that a higher layer carries out (CREATE CONNECTION, CREATE MODEL, ...). */
public interface StatementHandler {

    /** Verb and kind it takes, upper case, for example {@code CREATE MODEL}, {@code DROP ENDPOINT}, {@code SHOW MODELS}. */
    List<String> heads();

    Result run(Context context, OwnStatement statement);

    /**
     * A parsed statement.
     *
     * @param head one of {@link #heads()}
     * @param name dotted name as resolved against the search path for schema objects, else as given; empty for SHOW
     * @param options the WITH list: String, BigDecimal, Boolean, null, List and Map values
     * @param query text of the query after FROM ( ... ), or null
     * @param predicting the column after PREDICTING, or null
     */
    record OwnStatement(
            String head,
            String name,
            boolean orReplace,
            boolean ifExists,
            Map<String, @Nullable Object> options,
            @Nullable String query,
            @Nullable String predicting) {}

    /** What a handler may use of the statement's surroundings. */
    interface Context {

        Caller caller();

        String statementId();

        /** Runs a query under the caller's rights and gives its rows; stops with RESULT_TOO_LARGE past the limit. */
        List<Column> query(String sql, long rowLimit, Consumer<Chunk> sink);

        /** Says what is being done, for people. */
        void progress(String text, double fraction);

        /** As above, so that it can be said in other languages too. */
        default void progress(Phrase what, double fraction) {
            progress(what.text(), fraction);
        }

        boolean cancelled();

        /** Says which instance a cancel has to interrupt; null when none runs. */
        default void running(@Nullable EngineInstance instance) {}
    }

    /** Work that is followed and cancelled like a statement. */
    @FunctionalInterface
    interface Job {
        Result run(Context context);
    }

    /** Rows to show. */
    record Result(List<Column> columns, List<List<@Nullable Object>> rows) {
        public static Result message(String text) {
            return new Result(List.of(new Column("result", "VARCHAR")), List.of(List.of(text)));
        }
    }
}
