package dev.estran.sql;

import dev.estran.config.Config;
import dev.estran.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/** The bounds of the SQL service, from the configuration. */
public record SqlLimits(
        Path directory,
        int concurrentStatements,
        int queuedStatements,
        long timeoutMillis,
        long rowLimit,
        long resultBytes,
        long statementBytes,
        Duration resultRetention,
        int sessions,
        String currency,
        long engineMemoryBytes) {

    public static final int MAX_PAGE_ROWS = 100_000;

    public static SqlLimits of(Config config) {
        int concurrent = config.get(Settings.SQL_STATEMENTS);
        return new SqlLimits(
                config.dataDirectory().resolve("tmp"),
                concurrent,
                config.get(Settings.SQL_QUEUE),
                config.get(Settings.SQL_TIMEOUT),
                config.get(Settings.SQL_ROW_LIMIT),
                config.get(Settings.SQL_BYTE_LIMIT),
                config.get(Settings.SQL_STATEMENT_LIMIT),
                Duration.ofMinutes(config.get(Settings.SQL_RESULT_MINUTES)),
                config.get(Settings.SQL_SESSIONS),
                config.get(Settings.AI_CURRENCY),
                memoryBytes(config));
    }

    private static long memoryBytes(Config config) {
        long configured = config.get(Settings.SQL_MEMORY) << 20;
        if (configured > 0) {
            return configured;
        }
        var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long physical = system instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 4L << 30;
        return physical / 5 * 2;
    }
}
