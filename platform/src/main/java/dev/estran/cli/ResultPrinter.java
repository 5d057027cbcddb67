package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints pages of rows in one format. */
abstract class ResultPrinter {

    final List<Column> columns;
    final PrintWriter out;

    private ResultPrinter(List<Column> columns, PrintWriter out) {
        this.columns = columns;
        this.out = out;
    }

    static ResultPrinter of(ResultFormat format, List<Column> columns, PrintWriter out, boolean colours, int width) {
        return switch (format) {
            case TABLE -> new Table(columns, out, colours, width);
            case CSV -> new Csv(columns, out);
            case JSON -> new Json(columns, out);
            case MARKDOWN -> new Markdown(columns, out);
        };
    }

    abstract void rows(List<JsonNode> rows);

    void end() {}

    /** A value as text; NULL is told apart by its caller. */
    static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static final class Table extends ResultPrinter {

        private final List<List<JsonNode>> kept = new ArrayList<>();
        private final boolean colours;
        private final int width;

        Table(List<Column> columns, PrintWriter out, boolean colours, int width) {
            super(columns, out);
            this.colours = colours;
            this.width = width;
        }

        @Override
        void rows(List<JsonNode> rows) {
            rows.forEach(row -> {
                List<JsonNode> values = new ArrayList<>();
                row.forEach(values::add);
                kept.add(values);
            });
        }

        @Override
        void end() {
            new TableLayout(columns, kept, colours, width).print(out);
        }
    }

    /** RFC 4180; NULL is an empty field, an empty text is quoted. */
    private static final class Csv extends ResultPrinter {

        Csv(List<Column> columns, PrintWriter out) {
            super(columns, out);
            line(columns.stream().map(column -> quoted(column.name())).toList());
        }

        @Override
        void rows(List<JsonNode> rows) {
            for (JsonNode row : rows) {
                List<String> fields = new ArrayList<>();
                row.forEach(value -> fields.add(value.isNull() ? "" : quoted(text(value))));
                line(fields);
            }
        }

        private void line(List<String> fields) {
            out.print(String.join(",", fields));
            out.print("\r\n");
        }

        private static String quoted(String text) {
            boolean plain = !text.isEmpty()
                    && text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                    && text.equals(text.strip());
            return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
        }
    }

    /** One object a line. */
    private static final class Json extends ResultPrinter {

        Json(List<Column> columns, PrintWriter out) {
            super(columns, out);
        }

        @Override
        void rows(List<JsonNode> rows) {
            for (JsonNode row : rows) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < columns.size(); i++) {
                    object.set(columns.get(i).name(), row.get(i));
                }
                out.println(object);
            }
        }
    }

    private static final class Markdown extends ResultPrinter {

        Markdown(List<Column> columns, PrintWriter out) {
            super(columns, out);
            List<String> rules = columns.stream()
                    .map(column -> TableLayout.isNumeric(column.type()) ? "---:" : "---")
                    .toList();
            line(columns.stream().map(column -> escaped(column.name())).toList());
            line(rules);
        }

        @Override
        void rows(List<JsonNode> rows) {
            for (JsonNode row : rows) {
                List<String> cells = new ArrayList<>();
                row.forEach(value -> cells.add(value.isNull() ? "" : escaped(text(value))));
                line(cells);
            }
        }

        private void line(List<String> cells) {
            out.println("| " + String.join(" | ", cells) + " |");
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\")
                    .replace("|", "\\|")
                    .replace("\r", "")
                    .replace("\n", "<br>");
        }
    }
}
