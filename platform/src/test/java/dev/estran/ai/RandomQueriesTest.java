package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.sql.AiCalls;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random queries give the rows that plain functions give, and ask about nothing that those were not called for. */
final class RandomQueriesTest {

    private static final int QUERIES = Integer.getInteger("estran.random.queries", 60);

    @Test
    void stagesEqualPlainFunctions() throws SQLException {
        long first = Long.getLong("estran.random.seed", System.nanoTime());
        System.out.println("seed " + first + ": -Destran.random.seed=" + first);
        for (int i = 0; i < QUERIES; i++) {
            check(first + i);
        }
    }

    private static void check(long seed) throws SQLException {
        String query = new RandomQueries(seed).query();
        Set<String> called = Collections.synchronizedSet(new HashSet<>());
        StubExecutor executor = new StubExecutor();
        try (PlainDuckDb plain = new PlainDuckDb(called);
                RecordingEngine engine = new RecordingEngine()) {
            PlannerFixture.load(engine);
            List<String> found;
            try {
                AiCalls.Answered answered = new StagedAiCalls(engine, executor)
                        .answer(PlannerFixture.STATEMENT, engine, engine.parseQuery(query));
                found = engine.rows(engine.printQuery(answered.query()), 10_000).stream()
                        .map(List::toString)
                        .sorted()
                        .toList();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + query, e);
            }
            assertThat(found).as("seed %d: %s", seed, query).isEqualTo(plain.rows(PlannerFixture.plain(query)));
        }
        // The engine leaves out a side of EXCEPT where the other is empty.
        if (!query.contains("EXCEPT")) {
            assertThat(executor.askedTexts)
                    .as("seed %d: asked by %s", seed, query)
                    .isSubsetOf(called);
        }
    }
}
