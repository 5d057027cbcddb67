package dev.estran.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The figures of the data and SQL foundation. */
final class SqlBench {

    /** Some figures that belong together. */
    interface Group {
        void measure(Figures figures) throws Exception;
    }

    private SqlBench() {}

    /** @return whether every figure holds its bar */
    static boolean run(BenchOptions options, PrintStream out) throws Exception {
        Figures figures = new Figures(out, options.scale() == 1);
        Machine before = Machine.now();
        figures.progress(before.toString());
        TpchData data = new TpchData(cache(), figures);
        Launcher launcher = new Launcher(options.home());
        Map<String, Group> groups = Map.of(
                "tpch", new TpchFigures(data, options.scale()),
                "statement", new StatementFigures(launcher),
                "start", new StartFigures(launcher),
                "load", new LoadFigures(launcher, data, options.scale()),
                "ai", new AiFigures(options.scale()));
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
            Path file = options.home().resolve("docs").resolve("benchmarks.md");
            Files.writeString(file, Report.of(figures, before, Machine.now()));
            figures.progress("wrote " + file);
        }
        return complete && figures.passed();
    }

    /** Generated data is kept between runs. */
    private static Path cache() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve("estran-bench"));
    }
}
