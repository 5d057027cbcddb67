package dev.estran.config;

import java.util.List;

/** Every setting there is. The reference page is generated from this list. */
public final class Settings {

    private static final long MIB = 1L << 20;

    public static final Setting<String> HTTP_HOST = Setting.text(
            "http.host", "127.0.0.1", "Address the server listens on. Only loopback until sign-in is configured.");
    public static final Setting<Integer> HTTP_PORT =
            Setting.integer("http.port", 8080, 0, 65_535, "Port the server listens on; 0 takes a free one.");
    public static final Setting<Long> HTTP_BODY_LIMIT = Setting.number(
            "http.body_limit_bytes", 16 * MIB, 1024, 1L << 31, "Largest request body of the API in bytes.");
    public static final Setting<Long> HTTP_UPLOAD_LIMIT = Setting.number(
            "http.upload_limit_bytes", 10L << 30, 1024, 1L << 44, "Largest file that can be uploaded, in bytes.");

    public static final Setting<Integer> SQL_STATEMENTS = Setting.integer(
            "sql.concurrent_statements", 8, 1, 256, "Statements that run at the same time; more wait in a queue.");
    public static final Setting<Integer> SQL_QUEUE =
            Setting.integer("sql.queued_statements", 64, 0, 10_000, "Statements that may wait for their turn.");
    public static final Setting<Integer> SQL_THREADS =
            Setting.integer("sql.threads", 0, 0, 1024, "Engine threads per statement; 0 takes one per processor.");
    public static final Setting<Long> SQL_MEMORY = Setting.number(
            "sql.memory_mib", 0, 0, 1L << 30, "Engine memory of all statements in MiB; 0 takes 40 % of the machine's.");
    public static final Setting<Long> SQL_TIMEOUT = Setting.number(
            "sql.timeout_ms", 3_600_000, 100, 604_800_000, "Time a statement may take, in milliseconds.");
    public static final Setting<Long> SQL_ROW_LIMIT = Setting.number(
            "sql.row_limit", 1_000_000, 1, 1L << 40, "Rows a result keeps; the rest is cut and said so.");
    public static final Setting<Long> SQL_BYTE_LIMIT = Setting.number(
            "sql.result_limit_bytes", 2L << 30, 1 << 16, 1L << 40, "Size of a result kept for paging, in bytes.");
    public static final Setting<Long> SQL_STATEMENT_LIMIT =
            Setting.number("sql.statement_limit_bytes", 4 * MIB, 1024, 1L << 30, "Longest statement text in bytes.");
    public static final Setting<Long> SQL_RESULT_MINUTES =
            Setting.number("sql.result_minutes", 15, 1, 10_080, "Minutes a result is kept for paging.");
    public static final Setting<Integer> SQL_SESSIONS =
            Setting.integer("sql.sessions", 1000, 1, 100_000, "Open sessions; the longest unused makes room.");

    public static final Setting<Integer> AI_CONCURRENCY =
            Setting.integer("ai.concurrency", 64, 1, 4096, "Model calls of one statement in flight at the same time.");
    public static final Setting<Long> AI_TIMEOUT =
            Setting.number("ai.timeout_ms", 120_000, 100, 3_600_000, "Time one model call may take, in milliseconds.");
    public static final Setting<Integer> AI_ATTEMPTS =
            Setting.integer("ai.attempts", 4, 1, 20, "Attempts of one model call, the first included.");
    public static final Setting<Long> AI_STORE_BYTES = Setting.number(
            "ai.answer_store_bytes", 1L << 30, MIB, 1L << 44, "Size of the store of model answers, in bytes.");
    public static final Setting<String> AI_CURRENCY =
            Setting.text("ai.currency", "EUR", "Currency that costs are reported in.");

    public static final Setting<String> LAKE_WAREHOUSE = Setting.text(
            "lake.warehouse",
            "",
            "Folder of the tables' files and own models, the same for all that share a metastore; empty takes the data"
                    + " directory's.");

    public static final Setting<String> METASTORE_URL = new Setting<>(
            "metastore.url",
            "",
            url -> url.isBlank() ? "" : checkedUrl(url),
            "PostgreSQL database of the metastore, as `jdbc:postgresql://host:5432/db` or `postgresql://user@host/db`;"
                    + " empty takes an SQLite file in the data directory.");
    public static final Setting<String> METASTORE_USER =
            Setting.text("metastore.user", "", "User of the PostgreSQL metastore, where the URL names none.");
    public static final Setting<String> METASTORE_PASSWORD = Setting.secret(
            "metastore.password", "Password of the PostgreSQL metastore, as `env:NAME` of an environment variable.");
    public static final Setting<Integer> METASTORE_CONNECTIONS = Setting.integer(
            "metastore.connections", 10, 2, 500, "Connections to the PostgreSQL metastore at most, of this process.");
    public static final Setting<Integer> METASTORE_TIMEOUT = Setting.integer(
            "metastore.timeout_ms",
            15_000,
            250,
            600_000,
            "Time to wait for a connection to the PostgreSQL metastore, and for each of its answers, in milliseconds.");

    public static final Setting<String> LOG_LEVEL =
            Setting.text("log.level", "INFO", "Least level written to the log: ERROR, WARNING, INFO or FINE.");

    private static final List<Setting<?>> ALL = List.of(
            HTTP_HOST,
            HTTP_PORT,
            HTTP_BODY_LIMIT,
            HTTP_UPLOAD_LIMIT,
            SQL_STATEMENTS,
            SQL_QUEUE,
            SQL_THREADS,
            SQL_MEMORY,
            SQL_TIMEOUT,
            SQL_ROW_LIMIT,
            SQL_BYTE_LIMIT,
            SQL_STATEMENT_LIMIT,
            SQL_RESULT_MINUTES,
            SQL_SESSIONS,
            AI_CONCURRENCY,
            AI_TIMEOUT,
            AI_ATTEMPTS,
            AI_STORE_BYTES,
            AI_CURRENCY,
            LAKE_WAREHOUSE,
            METASTORE_URL,
            METASTORE_USER,
            METASTORE_PASSWORD,
            METASTORE_CONNECTIONS,
            METASTORE_TIMEOUT,
            LOG_LEVEL);

    private Settings() {}

    public static List<Setting<?>> all() {
        return ALL;
    }

    private static String checkedUrl(String url) {
        DatabaseUrl.parse(url);
        return url.strip();
    }
}
