package dev.estran.sql;

import dev.estran.Identifiers;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.TableDetails;
import dev.estran.lake.ViewDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statement that would make an object anew, without its rows. */
public final class CreateText {

    /** What every table gets anyway. */
    private static final Set<String> USUAL = Set.of("format-version", "comment");

    private CreateText() {}

    public static String table(TableName name, List<ColumnDefinition> columns, TableDetails details) {
        StringBuilder text = new StringBuilder("CREATE TABLE " + name.sql() + " (\n  ");
        text.append(columns.stream().map(CreateText::column).collect(Collectors.joining(",\n  ")))
                .append("\n)");
        String comment = details.entry().comment();
        if (comment != null) {
            text.append("\nCOMMENT ").append(Identifiers.literal(comment));
        }
        Map<String, String> properties = new TreeMap<>(details.properties());
        properties
                .keySet()
                .removeIf(key -> USUAL.contains(key) || key.startsWith("write.") || key.startsWith("commit.retry."));
        if (!properties.isEmpty()) {
            text.append("\nTBLPROPERTIES (")
                    .append(properties.entrySet().stream()
                            .map(one -> Identifiers.literal(one.getKey()) + " = " + Identifiers.literal(one.getValue()))
                            .collect(Collectors.joining(", ")))
                    .append(')');
        }
        return text.append(';').toString();
    }

    private static String column(ColumnDefinition column) {
        return Identifiers.quoteIfNeeded(column.name())
                + " "
                + column.type()
                + (column.nullable() ? "" : " NOT NULL")
                + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
                + (column.comment() == null ? "" : " COMMENT " + Identifiers.literal(column.comment()));
    }

    public static String view(ViewDefinition view) {
        String columns = view.columns().stream()
                .map(column -> Identifiers.quoteIfNeeded(column.name()))
                .collect(Collectors.joining(", "));
        return "CREATE OR REPLACE VIEW " + view.name().sql() + " (" + columns + ") AS\n" + view.sql() + ";";
    }
}
