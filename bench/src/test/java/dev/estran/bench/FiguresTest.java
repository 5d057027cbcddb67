package dev.estran.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a benchmark says must be right also when what it measures is bad. */
final class FiguresTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsNameValueBarAndVerdict() {
        Figures figures = new Figures(out, true);
        figures.atMost("idle_mb", 350, 350);
        figures.atMost("cli_start_ms", 1200.4, 1200);
        figures.atLeast("load_csv_ratio", 0.5996, 0.6);
        figures.atLeast("broken", Double.NaN, 0);
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "figure idle_mb 350 <=350 pass",
                        "figure cli_start_ms 1200 <=1200 fail",
                        "figure load_csv_ratio 0.6 >=0.6 fail",
                        "figure broken NaN >=0 fail");
        assertThat(figures.passed()).isFalse();
    }

    @Test
    void aQuickLookGivesNoFigures() {
        new Figures(out, false).atMost("idle_mb", 1, 350);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("quick idle_mb 1 <=350 pass\n");
    }

    @Test
    void mediansOfOddAndEvenCounts() {
        Samples samples = new Samples();
        for (int value : new int[] {9, 1, 5}) {
            samples.add(value);
        }
        assertThat(samples.median()).isEqualTo(5);
        samples.add(6);
        assertThat(samples.median()).isEqualTo(5.5);
        assertThat(samples.least()).isEqualTo(1);
        assertThat(samples.most()).isEqualTo(9);
    }

    @Test
    void onlyACompleteRunIsRecorded() {
        assertThat(BenchOptions.parse(new String[] {"sql", "--record"}).record())
                .isTrue();
        assertThat(BenchOptions.parse(new String[] {"sql", "--only", "ai,tpch"}).only())
                .containsExactly("ai", "tpch");
        for (String[] wrong : new String[][] {
            {},
            {"gateway"},
            {"web", "--only", "tpch"},
            {"web", "--scale", "0.1"},
            {"web", "--record", "--only", "axe"},
            {"sql", "--record", "--scale", "0.1"},
            {"sql", "--record", "--only", "ai"},
            {"sql", "--only", "tpch,sql"},
            {"sql", "--scale"},
            {"sql", "--scale", "NaN"},
            {"sql", "--fast"}
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> BenchOptions.parse(wrong));
        }
    }

    @Test
    void aPartOfThePageIsReplacedAndTheOthersStay() {
        String page = Report.placed(Report.placed("# Benchmarks\n", "sql", "old\n"), "web", "pages\n");
        String written = Report.placed(page, "sql", "new\n");
        assertThat(written).isEqualTo("""
                # Benchmarks

                <!-- bench: sql -->
                new
                <!-- end of sql -->

                <!-- bench: web -->
                pages
                <!-- end of web -->
                """);
        assertThat(Report.placed(written, "web", "pages\n")).isEqualTo(written);
    }
}
