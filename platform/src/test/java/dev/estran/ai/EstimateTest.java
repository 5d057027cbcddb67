package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.sql.AiCalls;
import org.junit.jupiter.api.Test;

final class EstimateTest {

    private static AiCalls.Estimate estimate(String query) {
        StubExecutor executor = new StubExecutor();
        try (RecordingEngine engine = new RecordingEngine()) {
            PlannerFixture.load(engine);
            AiCalls.Estimate estimate = new StagedAiCalls(engine, executor)
                    .estimate(PlannerFixture.STATEMENT, engine, engine.parseQuery(query));
            assertThat(executor.asked).as("an estimate asks nothing").isEmpty();
            assertThat(engine.executed.subList(PlannerFixture.STATEMENTS, engine.executed.size()))
                    .as("an estimate keeps no rows")
                    .noneMatch(sql -> sql.startsWith("CREATE TABLE"));
            return estimate;
        }
    }

    @Test
    void firstStageIsCountedLaterOnesAreScaled() {
        AiCalls.Estimate estimate = estimate("SELECT shop, ai_classify(body, ['a', 'b']) AS topic, count(*) AS n "
                + "FROM __t0 AS t WHERE n > 2 AND ai_filter('x', body) GROUP BY ALL ORDER BY n DESC LIMIT 5");
        assertThat(estimate.stages()).hasSize(2);
        AiCalls.EstimatedStage filter = estimate.stages().getFirst();
        assertThat(filter.function()).isEqualTo("ai_filter");
        assertThat(filter.rows()).isEqualTo(20);
        assertThat(filter.distinct()).isEqualTo(13);
        assertThat(filter.method()).isEqualTo("counted");
        AiCalls.EstimatedStage classify = estimate.stages().getLast();
        assertThat(classify.distinct()).isEqualTo(7);
        assertThat(classify.method()).isEqualTo("scaled");
        assertThat(estimate.uncut()).isEmpty();
    }

    @Test
    void guardsAndLimitsCount() {
        assertThat(estimate("SELECT id FROM __t0 AS t WHERE shop = 's1' OR ai_filter('x', body)")
                        .stages()
                        .getFirst()
                        .distinct())
                .isEqualTo(18);
        assertThat(estimate("SELECT ai_gen(body) FROM __t0 AS t ORDER BY id LIMIT 3")
                        .stages()
                        .getFirst()
                        .distinct())
                .isEqualTo(3);
    }

    @Test
    void nestedCallsAndDerivedColumnsAreScaled() {
        AiCalls.Estimate estimate = estimate(
                "SELECT ai_gen(g) FROM (SELECT ai_summarize(shop) AS g, n FROM __t0 AS t) AS q WHERE g LIKE 'x%' AND n > 1");
        assertThat(estimate.stages()).extracting(AiCalls.EstimatedStage::method).containsExactly("counted", "scaled");
    }

    @Test
    void callsThatCannotBeCutAreNamed() {
        assertThat(estimate("SELECT list_transform([body], lambda v: ai_gen(v)) AS l FROM __t0 AS t")
                        .uncut())
                .containsExactly("ai_gen");
    }
}
