package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file to import.
 *
 * @param file where its bytes are
 * @param name its own name, for messages and to tell its format
 * @param table dotted name of the target, one to three parts
 * @param format csv, json, ndjson, parquet or xlsx; null to tell from name and content
 * @param dryRun only say what would be done
 * @param maxRejects rows that may be rejected before the whole import fails
 * @param previewRows values of each column that a dry run shows, at most 100; 0 for the three of the plain report
 * @param layout what is said about how the file is laid out
 * @param choices what is wanted of its columns
 */
public record LoadRequest(
        Path file,
        String name,
        String table,
        Mode mode,
        @Nullable String format,
        boolean dryRun,
        long maxRejects,
        int previewRows,
        FileLayout layout,
        ColumnChoices choices) {

    static final int MAX_PREVIEW_ROWS = 100;

    private static final Set<String> OPTIONS = Set.of(
            "table",
            "mode",
            "format",
            "dry_run",
            "preview_rows",
            "max_rejects",
            "sheet",
            "header",
            "delimiter",
            "encoding",
            "types",
            "names",
            "skip",
            "name");

    /** What happens to a table that is there. */
    public enum Mode {
        CREATE,
        APPEND,
        REPLACE
    }

    /** From the options of the command line and of HTTP. */
    public static LoadRequest of(Path file, String name, Map<String, String> options) {
        for (String key : options.keySet()) {
            if (!OPTIONS.contains(key)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no option '" + key + "'. Known are " + new TreeSet<>(OPTIONS) + ".");
            }
        }
        String table = options.get("table");
        if (table == null || table.isBlank()) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "Say where the rows go: --into TABLE.");
        }
        return new LoadRequest(
                file,
                name,
                table,
                mode(options.getOrDefault("mode", "create")),
                options.get("format"),
                truth(options.getOrDefault("dry_run", "false")),
                number("max_rejects", options.getOrDefault("max_rejects", String.valueOf(Long.MAX_VALUE))),
                (int) Math.min(MAX_PREVIEW_ROWS, number("preview_rows", options.getOrDefault("preview_rows", "0"))),
                FileLayout.of(options),
                ColumnChoices.of(options));
    }

    private static Mode mode(String text) {
        try {
            return Mode.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "The mode is create, append or replace, not '" + text + "'.", e);
        }
    }

    private static long number(String option, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT, option + " expects a whole number of at least 0, not '" + text + "'.");
    }

    /** A dry run that was misspelt must not load. */
    private static boolean truth(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new EstranException(ErrorCode.INVALID_ARGUMENT, "dry_run is true or false, not '" + text + "'.");
    }
}
