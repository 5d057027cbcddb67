package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.AiCalls;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments, errors of rows, and hostile values. */
final class CallsTest {

    private final RecordingEngine engine = new RecordingEngine();
    private final StubExecutor executor = new StubExecutor();

    @BeforeEach
    void load() {
        PlannerFixture.load(engine);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private AiCalls.Answered answer(String query) {
        return new StagedAiCalls(engine, executor).answer(PlannerFixture.STATEMENT, engine, engine.parseQuery(query));
    }

    private String rows(String query) {
        return engine.rows(engine.printQuery(answer(query).query()), 1000).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ai_gen()                                       | INVALID_ARGUMENT | needs the argument prompt",
                "ai_gen('a', 'b')                               | INVALID_ARGUMENT | too many arguments",
                "ai_gen(prompt := 'a', prompt := 'b')           | INVALID_ARGUMENT | twice",
                "ai_gen('a', mode := 'b')                       | INVALID_ARGUMENT | no argument mode",
                "ai_gen('a', on_error := 'skip')                | INVALID_ARGUMENT | 'fail', 'null' or 'detail'",
                "ai_classify(body, shop)                        | INVALID_ARGUMENT | ai_classify(text VARCHAR, labels VARCHAR[]) -> VARCHAR",
                "ai_classify(body, [])                          | INVALID_ARGUMENT | a list of texts",
                "ai_classify(body, ['a', NULL])                 | INVALID_ARGUMENT | NULL among its labels",
                "ai_classify(body, NULL)                        | INVALID_ARGUMENT | needs the argument labels",
                "ai_extract(body, ['a', 'A'])                   | INVALID_ARGUMENT | field A twice",
                "ai_extract(body, {'a': 'nonsense'})            | INVALID_ARGUMENT | a type that does not exist: nonsense",
                "ai_query('e', body, returnType := 'nonsense')  | TYPE_NOT_SUPPORTED | nonsense",
                "ai_filter('x', body, precision := 0.9)         | NOT_BUILT | precision",
                "ai_summarize(body, max_words := 'many')        | INVALID_ARGUMENT | max_words",
                "ai_fix_grammar(body)                           | NOT_BUILT | ai_fix_grammar",
                "ai_agg(body, 'x')                              | NOT_BUILT | ai_agg",
                "ai_gen(body) OVER ()                           | INVALID_ARGUMENT | OVER",
                "ai_gen(nothing)                                | COLUMN_NOT_FOUND | nothing",
            })
    void wrongCallsAreRefusedBeforeAnythingIsAsked(String call, ErrorCode code, String message) {
        assertThatThrownBy(() -> answer("SELECT ai_gen(shop), " + call + " FROM __t0 AS t"))
                .isInstanceOf(EstranException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((EstranException) e).code())
                .isEqualTo(code);
        assertThat(executor.asked).isEmpty();
    }

    @Test
    void namedArgumentsAndConstantExpressionsResolve() {
        assertThat(rows("SELECT ai_classify(labels := list_sort(['b', 'a']), \"text\" => 'zz') AS c"))
                .isEqualTo("[[a]]");
        assertThat(rows("SELECT ai_classify('zz', (SELECT list(shop ORDER BY shop) FROM __t1)) AS c"))
                .isEqualTo("[[s2]]");
    }

    @Test
    void nullsAreNotAskedAbout() {
        assertThat(
                        rows(
                                "SELECT ai_gen(NULL) AS a, ai_similarity(body, NULL) AS b, ai_gen(body) AS c FROM __t0 AS t WHERE id = 9"))
                .isEqualTo("[[null, null, null]]");
        assertThat(executor.asked).isEmpty();
    }

    @Test
    void constantCallsAreAskedOnceAndOnlyWhereNeeded() {
        assertThat(rows("SELECT DISTINCT ai_gen('x') AS g FROM __t0 AS t")).isEqualTo("[[gen:x]]");
        assertThat(rows("SELECT ai_gen('y') AS g FROM __t0 AS t WHERE id > 1000"))
                .isEqualTo("[]");
        assertThat(rows("SELECT CASE WHEN id > 1000 THEN ai_gen('z') END AS g FROM __t0 AS t WHERE id = 1"))
                .isEqualTo("[[null]]");
        assertThat(executor.askedTexts).containsExactly("ai_gen x");
    }

    @Test
    void errorsFollowOnError() {
        executor.failing.add("s1");
        assertThatThrownBy(() -> answer("SELECT ai_gen(shop) FROM __t0 AS t"))
                .isInstanceOf(EstranException.class)
                .hasMessageContaining("ai_gen failed for 1 of")
                .hasMessageContaining("cannot answer s1");
        executor.asked.clear();
        assertThat(rows("SELECT DISTINCT ai_gen(shop, on_error := 'null') AS g FROM __t0 AS t ORDER BY g"))
                .isEqualTo("[[gen:s0], [gen:s2], [null]]");
        executor.asked.clear();
        assertThat(rows("SELECT DISTINCT ai_gen(shop, on_error := 'detail').error AS g FROM __t0 AS t ORDER BY g"))
                .isEqualTo("[[cannot answer s1], [null]]");
        executor.asked.clear();
        assertThatThrownBy(
                        () -> answer("SELECT ai_gen(shop, on_error := 'null') AS a, ai_gen(shop) AS b FROM __t0 AS t"))
                .hasMessageContaining("cannot answer s1");
    }

    @Test
    void errorsOfUncutCallsAreThrownAsTheyAre() {
        executor.failing.add("s1");
        assertThatThrownBy(() -> answer("SELECT list_transform([shop], lambda s: ai_gen(s)) AS l FROM __t0 AS t"))
                .isInstanceOf(EstranException.class)
                .hasMessageContaining("cannot answer s1")
                .extracting(e -> ((EstranException) e).code())
                .isEqualTo(ErrorCode.MODEL_FAILED);
    }

    @Test
    void answersOfTheWrongTypeAreErrorsOfTheirRows() {
        assertThatThrownBy(() -> answer("SELECT ai_query('e', shop, returnType := 'STRUCT(a INTEGER)') FROM __t0 AS t"))
                .hasMessageContaining("not of type STRUCT(a INTEGER)");
    }

    @Test
    void hostileTextsAndNamesStayData() {
        engine.execute(
                "CREATE TABLE __t2 AS SELECT * FROM (VALUES ('it''s'), ('\"; DROP TABLE __a1; --'), ('__k0'), (''), "
                        + "('(SELECT __v FROM __a1)'), (repeat('é', 100000)), (e'line\\nbreak\\ttab'), ('naïve 😀')) AS v(__k0)");
        String query =
                "SELECT __k0, ai_gen(__k0) AS __v FROM __t2 AS __a1 WHERE ai_gen(__a1.__k0) LIKE 'gen%' ORDER BY __k0";
        List<?> found = engine.rows(engine.printQuery(answer(query).query()), 100);
        assertThat(found)
                .isEqualTo(engine.rows("SELECT __k0, 'gen:' || __k0 FROM __t2 ORDER BY __k0", 100))
                .hasSize(8);
    }

    @Test
    void generatedColumnsAreNamed() {
        AiCalls.Answered answered =
                answer("SELECT *, ai_gen(shop), upper(ai_summarize(shop)) AS u, 1 AS one FROM __t1 AS t");
        assertThat(answered.columns()).containsOnlyKeys(2, 3).containsEntry(2, "ai_gen");
        assertThat(answered.pinned()).containsEntry("stub", "stub@1");
        assertThat(answered.stages()).extracting(AiCalls.Stage::asked).containsExactly(4L, 4L);
    }
}
