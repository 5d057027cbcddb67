package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for the eye: columns as wide as their values, numbers to the right, long texts cut to what the width allows. */
final class TableLayout {

    private static final String NULL = "∅";
    private static final int GAP = 2;
    private static final int LEAST = 6;

    private final List<Column> columns;
    private final List<List<String>> cells = new ArrayList<>();
    private final List<List<Boolean>> nulls = new ArrayList<>();
    private final boolean colours;
    private final int[] widths;

    TableLayout(List<Column> columns, List<List<JsonNode>> rows, boolean colours, int totalWidth) {
        this.columns = columns;
        this.colours = colours;
        this.widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = length(oneLine(columns.get(i).name()));
        }
        for (List<JsonNode> row : rows) {
            List<String> texts = new ArrayList<>();
            List<Boolean> missing = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                JsonNode value = row.get(i);
                String text = value.isNull() ? NULL : oneLine(ResultPrinter.text(value));
                texts.add(text);
                missing.add(value.isNull());
                widths[i] = Math.max(widths[i], length(text));
            }
            cells.add(texts);
            nulls.add(missing);
        }
        shrinkTo(totalWidth - GAP * (widths.length - 1));
    }

    /** The widest columns give way first. */
    private void shrinkTo(int room) {
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST) {
                return;
            }
            widths[widest]--;
        }
    }

    static boolean isNumeric(String type) {
        return type.endsWith("INT")
                || type.equals("INTEGER")
                || type.equals("DOUBLE")
                || type.equals("FLOAT")
                || type.startsWith("DECIMAL");
    }

    void print(PrintWriter out) {
        StringBuilder head = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String gap = i == 0 ? "" : " ".repeat(GAP);
            head.append(gap).append(styled("1", padded(oneLine(columns.get(i).name()), i, i == widths.length - 1)));
            rule.append(gap).append("─".repeat(widths[i]));
        }
        out.println(head);
        out.println(styled("2", rule.toString()));
        for (int r = 0; r < cells.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = padded(cells.get(r).get(i), i, i == widths.length - 1);
                line.append(i == 0 ? "" : " ".repeat(GAP)).append(nulls.get(r).get(i) ? styled("2", cell) : cell);
            }
            out.println(line);
        }
    }

    private String styled(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private String padded(String text, int column, boolean last) {
        String cut = cut(text, widths[column]);
        String fill = " ".repeat(widths[column] - length(cut));
        if (isNumeric(columns.get(column).type())) {
            return fill + cut;
        }
        return last ? cut : cut + fill;
    }

    private static String cut(String text, int width) {
        if (length(text) <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Control characters of a cell must not reach the terminal. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                line.append(c == '\n' ? "⏎" : " ");
            } else if (!Character.isISOControl(c)) {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
