package dev.estran.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The figures of the data and SQL foundation. */
final class SqlBench {

    private SqlBench() {}

    static Map<String, Bench.Group> groups(BenchOptions options, Figures figures) throws IOException {
        TpchData data = new TpchData(cache(), figures);
        Launcher launcher = new Launcher(options.home());
        return Map.of(
                "tpch", new TpchFigures(data, options.scale()),
                "statement", new StatementFigures(launcher),
                "start", new StartFigures(launcher),
                "load", new LoadFigures(launcher, data, options.scale()),
                "ai", new AiFigures(options.scale()));
    }

    /** Generated data is kept between runs. */
    private static Path cache() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve("estran-bench"));
    }
}
