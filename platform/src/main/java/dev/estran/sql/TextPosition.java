package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.Map;

/** A place in a SQL text, as people count: line and column from 1. */
public record TextPosition(int line, int column) {

    /** The place of a 0-based offset; past the end means the end. */
    public static TextPosition of(String text, int offset) {
        int end = Math.clamp(offset, 0, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPosition(line, text.codePointCount(lineStart, end) + 1);
    }

    /** An error at an offset: "Line 1, column 8: message", with {@code line}, {@code column}, {@code position}. */
    public static EstranException error(ErrorCode code, String text, int offset, String message) {
        TextPosition at = of(text, offset);
        return new EstranException(
                code,
                "Line " + at.line + ", column " + at.column + ": " + message,
                Map.of("line", at.line, "column", at.column, "position", offset),
                null);
    }
}
