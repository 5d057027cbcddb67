package dev.estran.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** {@code estran load} of a large CSV file, against DuckDB's own COPY to zstd Parquet. */
final class LoadFigures implements Bench.Group {

    private static final int RUNS = 3;
    private static final int PATIENCE_SECONDS = 900;
    private static final long BYTES = 1_000_000_000;

    private final Launcher launcher;
    private final TpchData data;
    private final double scale;

    LoadFigures(Launcher launcher, TpchData data, double scale) {
        this.launcher = launcher;
        this.data = data;
        this.scale = scale;
    }

    @Override
    public void measure(Figures figures) throws IOException, SQLException, InterruptedException {
        launcher.prepare();
        Path csv = data.lineitemCsv((long) (BYTES * scale));
        Samples copies = new Samples();
        Samples loads = new Samples();
        double peak = 0;
        for (int run = 0; run < RUNS; run++) {
            copies.add(copy(csv));
            try (WorkDirectory work = WorkDirectory.create()) {
                long started = System.nanoTime();
                try (Child child = launcher.start(
                        "load",
                        csv.toString(),
                        "--into",
                        "lake.default.lineitem",
                        "--data",
                        work.path().resolve("data").toString())) {
                    child.finish(PATIENCE_SECONDS);
                    loads.addSince(started);
                    peak = Math.max(peak, child.peakMib());
                }
            }
            figures.progress("load: DuckDB's COPY " + copies + ", estran load " + loads);
        }
        figures.note("load of " + Files.size(csv) / 1_000_000 + " MB: DuckDB's COPY " + copies + ", estran load "
                + loads + ", peak resident memory " + Figures.digits(peak) + " MB");
        figures.atLeast("load_csv_ratio", copies.median() / loads.median(), 0.6);
        figures.atMost("load_csv_peak_mb", peak, 1536);
    }

    private static double copy(Path csv) throws IOException, SQLException {
        try (WorkDirectory work = WorkDirectory.create();
                WarmConnection duckdb = WarmConnection.open(Runtime.getRuntime().availableProcessors())) {
            long started = System.nanoTime();
            duckdb.execute("COPY (SELECT * FROM read_csv(" + WarmConnection.literal(csv) + ")) TO "
                    + WarmConnection.literal(work.path().resolve("lineitem.parquet"))
                    + " (FORMAT parquet, COMPRESSION zstd)");
            return (System.nanoTime() - started) / 1e6;
        }
    }
}
