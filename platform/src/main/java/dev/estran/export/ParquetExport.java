package dev.estran.export;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.SqlEngine;
import dev.estran.sql.StoredResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parquet, written by the engine: typed columns, nested ones too, zstd. */
final class ParquetExport {

    private static final long MEMORY_BYTES = 512L << 20;
    private static final long TIMEOUT_MILLIS = 3_600_000;
    private static final int LEAST_ROW_BYTES = 16 << 20;

    /** Words of a type's text but names of fields, which a type follows. */
    private static final Pattern WORD = Pattern.compile("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|\\b[A-Z]+\\b(?=[,)\\[]|$)");

    private ParquetExport() {}

    static void write(SqlEngine engine, StoredResult result, Path file) throws IOException {
        SqlEngine.Binding binding =
                new SqlEngine.Binding(List.of(result.file()), List.of(), "UTC", TIMEOUT_MILLIS, MEMORY_BYTES);
        try (EngineInstance instance = engine.open(binding)) {
            Path written = instance.exportParquet(query(result));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (EstranException e) {
            throw e.code() == ErrorCode.CONVERSION_FAILED && holdsHuge(result)
                    ? new EstranException(
                            ErrorCode.RESULT_TOO_LARGE,
                            "A number of the result has more than 38 digits, which Parquet cannot hold. Cast its column to"
                                    + " VARCHAR, or export CSV.",
                            e)
                    : e;
        }
    }

    private static boolean holdsHuge(StoredResult result) {
        return result.columns().stream().anyMatch(column -> column.type().contains("HUGEINT"));
    }

    private static String query(StoredResult result) {
        List<Column> columns = result.columns();
        String select = IntStream.range(0, columns.size())
                .mapToObj(i -> value("v[" + (i + 1) + "]", columns.get(i).type()) + " AS "
                        + Identifiers.quote(columns.get(i).name()))
                .collect(Collectors.joining(", "));
        int longest = Math.max(LEAST_ROW_BYTES, result.longestRowBytes() + 1);
        return "SELECT " + select + " FROM read_json("
                + Identifiers.literal(result.file().toAbsolutePath().normalize().toString())
                + ", format='newline_delimited', records='false', columns={v: 'JSON[]'}, maximum_object_size=" + longest
                + ")";
    }

    private static String value(String json, String type) {
        String text = "(" + json + "->>'$')";
        if (StoredResult.isJson(type)) {
            boolean typed = !type.equals("JSON") && !type.equals("VARIANT") && !type.contains("UNION");
            String kept = "CASE WHEN json_type(" + json + ") <> 'NULL' THEN " + json + " END";
            return typed ? "CAST(CAST(" + kept + " AS " + read(type) + ") AS " + held(type) + ")" : kept;
        }
        if (type.equals("BLOB")) {
            return "from_base64" + text;
        }
        // What the engine would write as a rounded number is written as text.
        return type.equals("UHUGEINT") ? text : "CAST(" + text + " AS " + held(type) + ")";
    }

    /** As which a nested value is read: its blobs are text with escapes. */
    private static String read(String type) {
        return replaced(held(type), "BLOB", "VARCHAR");
    }

    /** As which a value is written: Parquet's largest integers are decimals. */
    private static String held(String type) {
        return replaced(replaced(type, "HUGEINT", "DECIMAL(38,0)"), "UHUGEINT", "VARCHAR");
    }

    private static String replaced(String type, String word, String by) {
        return WORD.matcher(type)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().equals(word) ? by : match.group()));
    }
}
