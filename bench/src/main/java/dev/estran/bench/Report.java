package dev.estran.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** docs/benchmarks.md, from measured values only. */
final class Report {

    private Report() {}

    static String of(Figures figures, Machine before, Machine after) {
        StringBuilder text = new StringBuilder();
        text.append("# Benchmarks\n\nMeasured ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(" by `./estran bench sql --record`, which writes this page.\n\n- Machine: ")
                .append(before)
                .append("\n- Load average at the end: ")
                .append(Figures.digits(after.load()))
                .append("\n\n| figure | measured | bar | |\n|---|---|---|---|\n");
        for (Figures.Figure figure : figures.figures()) {
            text.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(Figures.digits(figure.value()))
                    .append(" | ")
                    .append(figure.bar())
                    .append(" | ")
                    .append(figure.passed() ? "pass" : "**fail**")
                    .append(" |\n");
        }
        text.append(METHOD).append("\n## What was seen\n\n```\n");
        figures.notes().forEach(note -> text.append(note).append('\n'));
        return text.append("```\n").toString();
    }

    private static final String METHOD = """

            ## Method

            - `tpch_sf1_ratio`: TPC-H data at scale 1 from io.trino.tpch, loaded into lake tables. The 22 queries, written
              from the specification with its validation parameters, run through the SQL service in process (submit,
              wait, read every page) and on one DuckDB connection that stays open, with views on the same Parquet files, the
              same number of threads and the same memory limit. One run each to compare the rows, then five of each in turn,
              150 ms apart; the sum of our 22 medians over the sum of theirs.
            - `statement_overhead_ms`: the median of 200 one-row SELECTs on a table over HTTP, one client with a kept
              connection, minus the median of the same on an open DuckDB connection; after 50 that do not count.
            - `cli_start_ms`: `./estran sql "select 42"` from the launcher's start to its end, median of 7, after one that
              does not count. `server_ready_ms`: `./estran up` until `/health/ready` says yes, median of 7, after one that does
              not count. `idle_mb`: resident memory of that server 30 s after it was ready, without any statement.
              AOT caches are there, as they are from the second start on.
            - `load_csv_ratio`: 1 GB of lineitem as CSV with a header. DuckDB's COPY to zstd Parquet with the same threads, in
              a fresh instance, over the whole command `./estran load`, its start included; medians of 3 in turn.
              `load_csv_peak_mb`: the most memory resident in that command.
            - `ai_throughput_ratio`: `ai_classify` over 5,000 distinct texts, one per call, on the model simulator in a
              process of its own with 50 ms a call, 64 in flight: 79 x 50 ms over the statement's time, median of 3 with new
              texts each, after a small one that does not count. `ai_calls_over_distinct`: calls the simulator counted over
              the distinct texts of a table in which 90 % of the rows repeat.

            Repeat with `./estran bench sql`; `--only tpch,load` takes groups, `--scale 0.1` gives a quick look. Generated data
            is kept in `estran-bench` in the system's directory for temporary files.
            """;
}
