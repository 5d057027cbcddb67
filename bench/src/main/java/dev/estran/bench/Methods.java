package dev.estran.bench;

/** What each figure means and how it is measured: the words of docs/benchmarks.md. */
final class Methods {

    static final String SQL = """
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

    static final String WEB = """
            Debian's Chromium, headless and without a GPU, against the server that the launcher built, on the loopback, with the
            demo's data in a directory of its own. Each look is a browser context of its own: no cache, no cookie but the
            session's. Playwright drives it; the scripts are in `web/browser/bench`.

            - `first_load_kb`: what the browser receives from opening the sign-in link until the SQL page is at rest, by its own
              count on the network (`encodedDataLength` of each request less that of its headers), in units of 1,000 bytes: the
              document, scripts, styles, fonts and the answers of the API, compressed as they came.
            - `interactive_ms`: from the moment the link is opened until a key that was pressed stands in the editor and the
              catalog tree shows the demo's tables, noted by an observer in the page; median of 5, none left out.
            - `slow_frames_pct`: a result of 1,000,000 rows and 8 columns, 5 s under the wheel (480 pixels a notch, back and
              forth) and 5 s under the dragged scroll bar, from the first row to the last and back every two seconds. The share
              of intervals between animation frames that are longer than 50 ms. Afterwards the last row must be readable.
            - `axe_serious`: findings of axe by WCAG 2.2 AA that are serious or critical, over every page, tab and dialog, in
              English and French, light and dark, at 1280 and 390 pixels.
            - `xss_ran`: payloads that ran. They stand in cells, names of tables, columns and files, comments, error messages,
              the history of statements and the words of a model; every page, tab and dialog is looked at with them.

            Repeat with `./estran bench web`; `--only load,scroll` takes groups. It needs Node 20 with npm and Chromium
            (`ESTRAN_CHROMIUM` names another file than `/usr/bin/chromium`).
            """;

    private Methods() {}
}
