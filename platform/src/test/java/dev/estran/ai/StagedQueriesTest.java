package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.sql.AiCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every form of query, with the statements run for it and what was asked, against a file; and its rows against the same
 * query over ordinary functions. {@code -Destran.golden.write=true} writes the file anew.
 */
final class StagedQueriesTest {

    private static final Path GOLDEN =
            Path.of(System.getProperty("estran.root", ".."), "platform/src/test/resources/ai/stages.txt");

    @Test
    void stagesAreThoseOfTheFile() throws IOException {
        List<String> found = new ArrayList<>();
        String golden = Files.readString(GOLDEN);
        for (String entry : golden.split("\n\n")) {
            found.add(run(entry.lines().findFirst().orElseThrow()));
        }
        String text = String.join("\n", found);
        if (Boolean.getBoolean("estran.golden.write")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(golden);
    }

    private static String run(String query) {
        StubExecutor executor = new StubExecutor();
        try (RecordingEngine engine = new RecordingEngine()) {
            PlannerFixture.load(engine);
            AiCalls.Answered answered = new StagedAiCalls(engine, executor)
                    .answer(PlannerFixture.STATEMENT, engine, engine.parseQuery(query));
            List<String> executed = List.copyOf(engine.executed);
            String last = engine.printQuery(answered.query());
            String rows = engine.rows(last, 1000).toString();
            if (PlannerFixture.hasPlainForm(query)) {
                assertThat(rows)
                        .as(query)
                        .isEqualTo(
                                engine.rows(PlannerFixture.plain(query), 1000).toString());
            }
            StringBuilder text = new StringBuilder(query).append('\n');
            text.append("  asks ").append(executor.summary()).append('\n');
            for (String sql : executed.subList(PlannerFixture.STATEMENTS, executed.size())) {
                if (!sql.startsWith("DROP")) {
                    text.append("  ").append(sql).append('\n');
                }
            }
            return text.append("  ").append(last).append('\n').toString();
        }
    }
}
