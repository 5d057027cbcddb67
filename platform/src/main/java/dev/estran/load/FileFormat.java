package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of file that can be imported. */
enum FileFormat {
    CSV,
    JSON,
    NDJSON,
    PARQUET,
    XLSX;

    private static final int HEAD_BYTES = 64 << 10;
    private static final String TAKEN = "Estran takes csv, json, ndjson, parquet and xlsx.";

    /** The format given by the caller, else what the content says, else what the name says. */
    static FileFormat of(Path file, String name, @Nullable String given) {
        byte[] head = head(file, name);
        if (given != null) {
            return named(given);
        }
        FileFormat found = ofContent(head);
        FileFormat byName = ofName(name);
        if ((found == JSON && byName == NDJSON) || (found == NDJSON && byName == JSON)) {
            return byName;
        }
        if (found != null) {
            return found;
        }
        refuseWhatIsNoTable(head, name);
        boolean utf16 = TextEncoding.utf16(head) != null;
        for (byte b : head) {
            if (b == 0 && !utf16) {
                throw new EstranException(
                                ErrorCode.FILE_FORMAT_UNKNOWN,
                                name + " is a binary file of no kind Estran knows. " + TAKEN,
                                Map.of("file", name, "reason", "binary"),
                                null)
                        .with("name", name);
            }
        }
        return byName == null || byName == PARQUET || byName == XLSX ? textFormat(name, byName) : byName;
    }

    /** Kinds of file that people take for tables, each with what to do about it. */
    private static void refuseWhatIsNoTable(byte[] head, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            boolean old = lower.endsWith(".xls");
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    old
                            ? name + " is a workbook of the old kind (xls). Save it as xlsx, then load that."
                            : name + " is protected by a password, or a workbook of the old kind. Open it, take the"
                                    + " password off and save it as xlsx.",
                    Map.of("file", name, "reason", old ? "old_excel" : "password"),
                    null);
        }
        String kind = startsWith(head, 0x89, 'P', 'N', 'G')
                        || startsWith(head, 0xFF, 0xD8, 0xFF)
                        || startsWith(head, 'G', 'I', 'F', '8')
                ? "picture"
                : startsWith(head, '%', 'P', 'D', 'F') ? "pdf" : null;
        if (kind != null) {
            throw new EstranException(
                    ErrorCode.FILE_FORMAT_UNKNOWN,
                    name + " is a " + (kind.equals("pdf") ? "PDF document" : "picture")
                            + ", whatever its name says; it holds no table. " + TAKEN,
                    Map.of("file", name, "reason", kind),
                    null);
        }
    }

    private static FileFormat textFormat(String name, @Nullable FileFormat byName) {
        if (byName != null) {
            throw new EstranException(
                            ErrorCode.FILE_NOT_READABLE,
                            name + " is not " + (byName == XLSX ? "an xlsx" : "a Parquet")
                                    + " file: its first bytes are text. If it is CSV, say --file-format csv.",
                            Map.of("file", name, "reason", "text"),
                            null)
                    .with("key", "not")
                    .with("name", name)
                    .with("kind", byName.name().toLowerCase(Locale.ROOT));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches(".*\\.(txt|tsv|tab|dat|psv)") || lower.indexOf('.') < 0) {
            return CSV;
        }
        throw new EstranException(
                        ErrorCode.FILE_FORMAT_UNKNOWN,
                        "The format of " + name + " cannot be told. " + TAKEN + " Say which with --file-format.",
                        Map.of("file", name, "reason", "unknown"),
                        null)
                .with("name", name);
    }

    private static FileFormat named(String given) {
        try {
            return valueOf(given.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EstranException(
                    ErrorCode.FILE_FORMAT_UNKNOWN, "There is no file format '" + given + "'. " + TAKEN, e);
        }
    }

    private static @Nullable FileFormat ofContent(byte[] head) {
        if (startsWith(head, 'P', 'A', 'R', '1')) {
            return PARQUET;
        }
        if (startsWith(head, 'P', 'K', 3, 4)) {
            return XLSX;
        }
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        if (text.startsWith("\ufeff")) {
            text = text.substring(1).stripLeading();
        }
        if (text.startsWith("[{") || text.matches("(?s)\\[\\s*(\\{.*|\\]\\s*)")) {
            return JSON;
        }
        if (text.startsWith("{")) {
            int end = text.indexOf('\n');
            String first = (end < 0 ? text : text.substring(0, end)).strip();
            return first.endsWith("}") && first.length() > 1 && end > 0 ? NDJSON : JSON;
        }
        return null;
    }

    private static @Nullable FileFormat ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return CSV;
        }
        if (lower.endsWith(".json")) {
            return JSON;
        }
        if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return NDJSON;
        }
        if (lower.endsWith(".parquet")) {
            return PARQUET;
        }
        return lower.endsWith(".xlsx") ? XLSX : null;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first bytes of a readable, non-empty file. */
    private static byte[] head(Path file, String name) {
        if (Files.isDirectory(file)) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    name + " is a directory. Give the files in it, for example " + name + "/*.csv.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            if (head.length == 0) {
                throw new EstranException(
                                ErrorCode.FILE_NOT_READABLE,
                                name + " is empty (0 bytes). Check how it was written.",
                                Map.of("file", name, "reason", "empty"),
                                null)
                        .with("key", "empty")
                        .with("name", name);
            }
            return Arrays.copyOf(head, head.length);
        } catch (NoSuchFileException e) {
            throw new EstranException(ErrorCode.FILE_NOT_FOUND, "There is no file " + file + ". Check the path.", e);
        } catch (IOException e) {
            throw notReadable(name, e);
        }
    }

    static EstranException notReadable(String name, IOException e) {
        return new EstranException(
                ErrorCode.FILE_NOT_READABLE, name + " cannot be read (" + e + "). Nothing was loaded.", e);
    }
}
