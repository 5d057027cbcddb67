package dev.estran.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** One benchmark: its groups of figures, one after the other, and its part of the page. */
final class Bench {

    /** Some figures that belong together. */
    interface Group {
        void measure(Figures figures) throws Exception;
    }

    private Bench() {}

    /** @return whether every figure holds its bar */
    static boolean run(BenchOptions options, PrintStream out) throws Exception {
        Figures figures = new Figures(out, options.scale() == 1);
        Machine before = Machine.now();
        figures.progress(before.toString());
        boolean web = options.bench().equals("web");
        Map<String, Group> groups = web ? WebFigures.groups(options) : SqlBench.groups(options, figures);
        boolean complete = true;
        for (String name : options.only()) {
            long started = System.nanoTime();
            try {
                Objects.requireNonNull(groups.get(name)).measure(figures);
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    throw e;
                }
                // The other groups are worth their figures all the same.
                figures.progress(name + " failed: " + e);
                e.printStackTrace();
                complete = false;
            }
            figures.progress(name + " took " + (System.nanoTime() - started) / 1_000_000_000 + " s");
        }
        if (options.record() && complete) {
            Path page = options.home().resolve("docs").resolve("benchmarks.md");
            String method = web ? Methods.WEB : Methods.SQL;
            Report.write(page, options.bench(), Report.part(options.bench(), method, figures, before, Machine.now()));
            figures.progress("wrote " + page);
        }
        return complete && figures.passed();
    }
}
