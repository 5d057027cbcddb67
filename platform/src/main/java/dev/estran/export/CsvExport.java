package dev.estran.export;

import dev.estran.Column;
import dev.estran.sql.StoredResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** RFC 4180 in UTF-8: a header, lines that end with CR LF; NULL is an empty field, an empty text a quoted one. */
final class CsvExport {

    private CsvExport() {}

    static void write(StoredResult result, Path file) throws IOException {
        try (Writer out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16)) {
            line(result.columns().stream().map(Column::name).toArray(String[]::new), out);
            result.read(values -> line(values, out));
        }
    }

    private static void line(@Nullable String[] values, Writer out) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            field(values[i], out);
        }
        out.write("\r\n");
    }

    private static void field(@Nullable String value, Writer out) throws IOException {
        if (value == null) {
            return;
        }
        if (isPlain(value)) {
            out.write(value);
            return;
        }
        out.write('"');
        out.write(value.replace("\"", "\"\""));
        out.write('"');
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' ') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == ',' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return true;
    }
}
