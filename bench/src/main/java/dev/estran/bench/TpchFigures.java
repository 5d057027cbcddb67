package dev.estran.bench;

import dev.estran.TableName;
import dev.estran.sql.SqlLimits;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The 22 queries of TPC-H through the SQL service, against one warm DuckDB connection on the same files. */
final class TpchFigures implements Bench.Group {

    private static final int QUERIES = 22;
    private static final int RUNS = 5;
    private static final int REST_MILLIS = 150;

    private final TpchData data;
    private final double scale;

    TpchFigures(TpchData data, double scale) {
        this.data = data;
        this.scale = scale;
    }

    @Override
    public void measure(Figures figures) throws IOException, SQLException, InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (OwnPlatform platform = OwnPlatform.start(threads);
                WarmConnection warm = WarmConnection.open(threads)) {
            // A statement alone is lent half of the engine memory.
            warm.limitMemory(SqlLimits.of(platform.config()).engineMemoryBytes() / 2);
            for (String table : TpchData.TABLES) {
                figures.progress("loading " + table);
                platform.load(data.parquet(table, scale), "lake.default." + table);
                warm.view(table, platform.files(new TableName("lake", "default", table)));
            }
            Sides sums = new Sides();
            for (int query = 1; query <= QUERIES; query++) {
                sums.add(measure(query, platform, warm, figures));
            }
            figures.note(String.format(
                    Locale.ROOT,
                    "tpch: sum of medians %.0f ms, warm connection %.0f ms; CPU of this process in all runs %.0f ms,"
                            + " warm connection %.0f ms (ratio %.3f)",
                    sums.ours,
                    sums.warm,
                    sums.oursCpu,
                    sums.warmCpu,
                    sums.oursCpu / sums.warmCpu));
            figures.atMost("tpch_sf1_ratio", sums.ours / sums.warm, 1.25);
        }
    }

    private static Sides measure(int query, OwnPlatform platform, WarmConnection warm, Figures figures)
            throws IOException, SQLException, InterruptedException {
        String sql = text(query);
        compare(query, platform.run(sql), warm.rows(sql));
        Samples ours = new Samples();
        Samples theirs = new Samples();
        Sides sides = new Sides();
        for (int run = 0; run < RUNS; run++) {
            rest();
            double cpu = Machine.cpuMillis();
            long started = System.nanoTime();
            OwnPlatform.Answer answer = platform.run(sql);
            ours.addSince(started);
            double between = Machine.cpuMillis();
            platform.discard(answer);
            rest();
            double afterRest = Machine.cpuMillis();
            started = System.nanoTime();
            warm.rows(sql);
            theirs.addSince(started);
            sides.oursCpu += between - cpu;
            sides.warmCpu += Machine.cpuMillis() - afterRest;
            // What is done after the answer is ours as well.
            sides.oursCpu += afterRest - between;
        }
        sides.ours = ours.median();
        sides.warm = theirs.median();
        figures.note(String.format(
                Locale.ROOT,
                "tpch q%02d: %.0f ms, warm connection %.0f ms, ratio %.2f, difference %.0f ms, CPU of a run %.0f and %.0f ms",
                query,
                sides.ours,
                sides.warm,
                sides.ours / sides.warm,
                sides.ours - sides.warm,
                sides.oursCpu / RUNS,
                sides.warmCpu / RUNS));
        return sides;
    }

    /** Lets end what one side still does after its answer, so that the other does not pay for it. */
    private static void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    }

    /** Medians of one query, or their sums, in milliseconds. */
    private static final class Sides {
        private double ours;
        private double warm;
        private double oursCpu;
        private double warmCpu;

        void add(Sides other) {
            ours += other.ours;
            warm += other.warm;
            oursCpu += other.oursCpu;
            warmCpu += other.warmCpu;
        }
    }

    private static String text(int query) throws IOException {
        String name = String.format(Locale.ROOT, "tpch/q%02d.sql", query);
        try (InputStream in = TpchFigures.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void compare(int query, OwnPlatform.Answer answer, List<List<String>> warm) throws IOException {
        List<String> ours = canonical(answer.rows());
        List<String> theirs = canonical(warm);
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("query " + query + " gives " + ours.size() + " rows, the warm connection "
                    + theirs.size() + ", and they differ: " + first(ours, theirs) + " | " + first(theirs, ours));
        }
    }

    private static String first(List<String> rows, List<String> others) {
        return rows.stream().filter(row -> !others.contains(row)).findFirst().orElse("-");
    }

    /** Rows with numbers rounded, in an order of their own, for ties may come in any. */
    private static List<String> canonical(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(TpchFigures::rounded).toList().toString())
                .sorted()
                .toList();
    }

    private static String rounded(String value) {
        try {
            return new BigDecimal(value)
                    .setScale(2, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString();
        } catch (NumberFormatException e) {
            return value;
        }
    }
}
