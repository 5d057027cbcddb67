package dev.estran.ai;

import dev.estran.Caller;
import dev.estran.sql.AiCalls;
import java.util.List;

/** Small tables, and the stub's answers as SQL macros. */
final class PlannerFixture {

    static final AiCalls.Statement STATEMENT =
            new AiCalls.Statement("st", Caller.OWNER, null, null, "s", progress -> {}, () -> false);

    static final List<String> TABLES =
            List.of("""
            CREATE TABLE __t0 AS SELECT i AS id, 's' || (i % 3) AS shop, i % 7 AS n,
              CASE WHEN i % 10 = 9 THEN NULL ELSE repeat('x', (i % 5)::INT) || (i % 4) END AS body FROM range(40) r(i)""", "CREATE TABLE __t1 AS SELECT 's' || i AS shop, 'town' || (i % 2) AS town FROM range(4) r(i)");

    private static final List<String> MACROS = List.of(
            """
            CREATE MACRO p_filter(i, a) AS CASE WHEN a IS NOT NULL THEN length(a) % 2 = 0 END,
              (i, a, b) AS CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN (length(a) + length(b) + 1) % 2 = 0 END""",
            "CREATE MACRO p_classify(a, l) AS l[length(a) % len(l) + 1]",
            "CREATE MACRO p_gen(a) AS 'gen:' || a",
            "CREATE MACRO p_detect_language(a) AS CASE WHEN a <> '' THEN a[1:1] END",
            "CREATE MACRO p_summarize(a) AS 'summarize:' || a",
            "CREATE MACRO p_similarity(a, b) AS (length(a) + length(b) + 1)::DOUBLE");

    /** How many statements {@link #load} runs. */
    static final int STATEMENTS = TABLES.size() + MACROS.size();

    private PlannerFixture() {}

    static void load(RecordingEngine engine) {
        TABLES.forEach(engine::execute);
        MACROS.forEach(engine::execute);
    }

    /** Whether the macros can stand for the query's functions, and its rows do not depend on chance. */
    static boolean hasPlainForm(String query) {
        return !query.contains("ai_extract")
                && !query.contains("ai_query")
                && !query.contains("on_error")
                && !query.contains("random()")
                && !query.contains("RECURSIVE");
    }

    static String plain(String query) {
        return query.replace("ai_", "p_");
    }
}
