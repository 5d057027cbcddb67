package dev.estran.sql.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbParserTest {

    private static DuckDbParser parser;

    @BeforeAll
    static void start() {
        parser = new DuckDbParser();
    }

    @AfterAll
    static void stop() {
        parser.close();
    }

    @Test
    void syntaxErrorsSayWhere() {
        assertThatThrownBy(() -> parser.parseQuery("SELECT 'é'\n  FORM t WHERE"))
                .isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
                    assertThat(e.text()).startsWith("Line 2, column 8: syntax error at or near \"t\"");
                    assertThat(e.details()).containsEntry("position", 18).containsEntry("line", 2);
                });
        assertThatThrownBy(() -> parser.parseExpression("a + + )"))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.details()).containsEntry("position", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1, 2",
                "1 FROM t",
                "a WHERE b",
                "1; SELECT 2",
                "",
                "1 LIMIT 1",
                "1 UNION SELECT 2",
                "DISTINCT a",
                "a GROUP BY b",
                "* FROM t"
            })
    void anExpressionIsOneExpression(String sql) {
        assertThatThrownBy(() -> parser.parseExpression(sql)).isInstanceOf(EstranException.class);
    }

    @Test
    void expressionsPrint() {
        assertThat(parser.printExpression(parser.parseExpression("a=1 or b in (1,2) -- end")))
                .isEqualTo("((a = 1) OR (b IN (1, 2)))");
        assertThat(parser.printExpression(parser.parseExpression("f(x := 1) AS y")))
                .isEqualTo("f(x := 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric(12, 2) | DECIMAL(12,2)",
                "int | INTEGER",
                "text | VARCHAR",
                "timestamptz | TIMESTAMP WITH TIME ZONE",
                "int[] | INTEGER[]",
                "struct(a int, \"B c\" text) | STRUCT(a INTEGER, \"B c\" VARCHAR)",
                "map(text, double) | MAP(VARCHAR, DOUBLE)",
                "decimal | DECIMAL(18,3)",
                "int8 | BIGINT",
                "json | JSON"
            })
    void typesAreCanonical(String type, String canonical) {
        assertThat(parser.canonicalType(type)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "int) FROM t --",
                "int), (SELECT 1",
                "int) + CAST(1 AS int",
                "",
                "decimal(99,1)",
                "int; SELECT 1",
                "decimal((SELECT 1), 2)"
            })
    void whatIsNoTypeIsRefused(String type) {
        assertThatThrownBy(() -> parser.canonicalType(type))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED));
    }

    @Test
    void deepTextsAreRefusedBeforeTheyReachTheEngine() {
        for (String sql : List.of(
                "SELECT " + "(".repeat(100_000) + "1",
                "SELECT * FROM t" + ", t".repeat(100_000),
                "SELECT * FROM t" + " JOIN t USING (a)".repeat(100_000),
                "SELECT 1" + " EXCEPT SELECT 1".repeat(100_000),
                "SELECT 1" + " + 1".repeat(100_000),
                "SELECT " + "- ".repeat(100_000) + "1",
                "FROM t" + " PIVOT (sum(a) FOR b IN (1))".repeat(10_000))) {
            assertThatThrownBy(() -> parser.parseQuery(sql)).isInstanceOf(EstranException.class);
        }
        assertThat(parser.parseQuery("SELECT a IN (1" + ", 1".repeat(50_000) + ")")
                        .isObject())
                .isTrue();
    }

    @Test
    void threadsShareIt() throws Exception {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> printed = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int n = i;
                printed.add(threads.submit(() -> parser.printQuery(parser.parseQuery("SELECT shop, count(*) AS n, " + n
                        + " FROM lake.demo.tickets WHERE opened >= DATE '2025-01-01' AND body LIKE '%x%'"
                        + " GROUP BY ALL ORDER BY n DESC LIMIT 5"))));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(printed.get(i).get()).contains("AS n, " + i + " FROM lake.demo.tickets");
            }
        }
        System.out.printf("parse and print, each of 200: %.2f ms%n", (System.nanoTime() - start) / 200e6);
    }
}
