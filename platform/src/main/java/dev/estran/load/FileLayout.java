package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is laid out: as a caller says it, or as it was found. What is null is to be found out, or has no meaning in
 * the format.
 *
 * @param header row that names the columns, counted from 1; 0 where none does
 * @param sheets the workbook's sheets in their order
 */
public record FileLayout(
        @Nullable Integer header,
        @Nullable Character delimiter,
        @Nullable Charset encoding,
        @Nullable String sheet,
        List<String> sheets) {

    static final FileLayout UNKNOWN = new FileLayout(null, null, null, null, List.of());

    private static final int MAX_HEADER = 1_000;

    /** From the options {@code header}, {@code delimiter}, {@code encoding} and {@code sheet}. */
    static FileLayout of(Map<String, String> options) {
        return new FileLayout(
                header(options.get("header")),
                delimiter(options.get("delimiter")),
                encoding(options.get("encoding")),
                options.get("sheet"),
                List.of());
    }

    private static @Nullable Integer header(@Nullable String text) {
        if (text == null || text.equalsIgnoreCase("auto")) {
            return null;
        }
        if (text.equalsIgnoreCase("none")) {
            return 0;
        }
        try {
            int row = Integer.parseInt(text);
            if (row >= 0 && row <= MAX_HEADER) {
                return row;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT,
                "header is auto, none, or the number of the row that names the columns, at most " + MAX_HEADER
                        + "; not '" + text + "'.");
    }

    private static @Nullable Character delimiter(@Nullable String text) {
        if (text == null || text.equalsIgnoreCase("auto")) {
            return null;
        }
        String one = text.equalsIgnoreCase("tab") || text.equals("\\t") ? "\t" : text;
        char c = one.length() == 1 ? one.charAt(0) : '"';
        if (c == '"' || c == '\n' || c == '\r' || Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == 0) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A delimiter is one character such as , ; | or tab, and no letter, digit or quote; not '" + text
                            + "'.");
        }
        return c;
    }

    private static @Nullable Charset encoding(@Nullable String text) {
        if (text == null || text.equalsIgnoreCase("auto")) {
            return null;
        }
        try {
            Charset charset = Charset.forName(text.toLowerCase(Locale.ROOT));
            // What is written in it must be readable character by character.
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // said below
        }
        throw new EstranException(
                ErrorCode.INVALID_ARGUMENT,
                "There is no encoding '" + text + "'. Known are " + StandardCharsets.UTF_8 + ", windows-1252, "
                        + StandardCharsets.ISO_8859_1 + ", " + StandardCharsets.UTF_16 + " and others.");
    }
}
