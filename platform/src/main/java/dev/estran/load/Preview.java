package dev.estran.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.StatementHandler.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a dry run tells: one row for each column of the file. */
final class Preview {

    private static final int LOOKED_AT = 100;
    private static final int VALUE_CHARS = 100;

    private final LoadRequest request;
    private final Target target;
    private final EngineInstance instance;
    private final Rejects rejects;
    private final FileFormat format;
    private final Source source;

    Preview(
            LoadRequest request,
            Target target,
            EngineInstance instance,
            Rejects rejects,
            FileFormat format,
            Source source) {
        this.request = request;
        this.target = target;
        this.instance = instance;
        this.rejects = rejects;
        this.format = format;
        this.source = source;
    }

    Result run(Source.View sample) {
        Target.Shape shape = target.shape(request.choices().applied(sample).readings());
        return request.previewRows() > 0 ? grid(sample) : plain(sample, shape);
    }

    private Result plain(Source.View sample, Target.Shape shape) {
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("column", "type", "read_as", "value_1", "value_2", "value_3", "note")) {
            columns.add(new Column(name, "VARCHAR"));
        }
        List<List<@Nullable Object>> values = values(sample, LOOKED_AT);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < sample.readings().size(); i++) {
            Reading reading = sample.readings().get(i);
            List<@Nullable Object> row = new ArrayList<>();
            row.add(reading.name());
            row.add(reading.type());
            row.add(reading.description());
            for (List<@Nullable Object> value : values) {
                if (value.get(i) instanceof String text && row.size() < 6) {
                    row.add(shortened(text));
                }
            }
            while (row.size() < 6) {
                row.add(null);
            }
            row.add(i == 0 ? plan(shape) : null);
            rows.add(row);
        }
        return new Result(columns, rows);
    }

    /** As read, and where a value does not fit its type as it stands in the file. */
    private Result grid(Source.View sample) {
        List<Column> columns = List.of(
                new Column("column", "VARCHAR"),
                new Column("type", "VARCHAR"),
                new Column("read_as", "VARCHAR"),
                new Column("misfits", "BIGINT"),
                new Column("values", "VARCHAR"),
                new Column("file", "VARCHAR"));
        List<List<@Nullable Object>> values = values(sample, request.previewRows());
        int width = sample.readings().size();
        List<List<@Nullable Object>> misfits = instance.rows(
                "SELECT " + each(sample, reading -> "count(*) FILTER (WHERE " + reading.misfit() + ")") + " FROM "
                        + sample.from(),
                1);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Reading reading = sample.readings().get(i);
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            for (List<@Nullable Object> value : values) {
                if (value.get(width + i) instanceof String misfit) {
                    shown.addObject().put("misfit", shortened(misfit));
                } else {
                    shown.add(value.get(i) instanceof String text ? shortened(text) : null);
                }
            }
            List<@Nullable Object> row = new ArrayList<>();
            row.add(reading.name());
            row.add(reading.type());
            row.add(reading.description());
            row.add(misfits.getFirst().get(i) instanceof Number count ? count.longValue() : 0L);
            row.add(shown.toString());
            row.add(i == 0 ? file() : null);
            rows.add(row);
        }
        return new Result(columns, rows);
    }

    private interface Text {
        String of(Reading reading);
    }

    private static String each(Source.View sample, Text text) {
        return String.join(", ", sample.readings().stream().map(text::of).toList());
    }

    /** The values as they would be, then those that do not fit as they stand in the file. */
    private List<List<@Nullable Object>> values(Source.View sample, int rows) {
        String query = "SELECT " + each(sample, reading -> "CAST(" + reading.lenient() + " AS VARCHAR)") + ", "
                + each(
                        sample,
                        reading ->
                                "CASE WHEN " + reading.misfit() + " THEN CAST(" + reading.shown() + " AS VARCHAR) END")
                + " FROM " + sample.from() + " LIMIT " + rows;
        return instance.rows(query, rows);
    }

    private static String shortened(String text) {
        return text.length() <= VALUE_CHARS ? text : text.substring(0, VALUE_CHARS) + "...";
    }

    /** How the file was read, as JSON. */
    private String file() {
        FileLayout layout = source.layout();
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("format", format.name().toLowerCase(Locale.ROOT));
        if (layout.header() != null) {
            file.put("header", layout.header());
        }
        if (layout.delimiter() != null) {
            file.put("delimiter", String.valueOf(layout.delimiter()));
        }
        if (layout.encoding() != null) {
            file.put("encoding", layout.encoding().name());
        }
        file.put("sheet", layout.sheet());
        layout.sheets().forEach(file.putArray("sheets")::add);
        file.put("rejects", rejects.count());
        source.notes().forEach(file.putArray("notes")::add);
        return file.toString();
    }

    private String plan(Target.Shape shape) {
        String what = switch (request.mode()) {
            case CREATE -> "would create ";
            case APPEND -> "would add rows to ";
            case REPLACE -> "would replace ";
        };
        List<String> notes = new ArrayList<>(List.of(what + target.name().sql() + " with "
                + shape.columns().size() + " columns, from " + format.name().toLowerCase(Locale.ROOT)));
        notes.addAll(source.notes());
        notes.addAll(rejects.first());
        return String.join("; ", notes);
    }
}
