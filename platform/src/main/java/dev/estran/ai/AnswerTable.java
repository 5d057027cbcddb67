package dev.estran.ai;

import dev.estran.sql.EngineInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of the instance that holds the answers of one kind of call: its keys, the value and the error. */
final class AnswerTable {

    private static final int ROWS_PER_WRITE = 2_000;
    private static final Set<String> WRITTEN_AS_THEY_ARE = Set.of("VARCHAR", "BOOLEAN", "DOUBLE");

    private final EngineInstance instance;
    private final PrivateNames names;
    private final String name;
    private final int keys;
    private final String type;
    private final List<AiExecutor.Answer> waiting = new ArrayList<>();
    private long rows;
    private long failures;
    private @Nullable String firstError;

    private AnswerTable(EngineInstance instance, PrivateNames names, String name, int keys, String type) {
        this.instance = instance;
        this.names = names;
        this.name = name;
        this.keys = keys;
        this.type = type;
    }

    static AnswerTable create(EngineInstance instance, PrivateNames names, BoundCall call) {
        AnswerTable table = new AnswerTable(
                instance,
                names,
                names.answers(),
                call.keys().size(),
                call.call().returns());
        instance.execute(table.definition(table.name, table.type));
        return table;
    }

    private String definition(String table, String valueType) {
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(table).append("(");
        for (int i = 0; i < keys; i++) {
            sql.append(names.key(i)).append(" VARCHAR, ");
        }
        return sql.append(names.value())
                .append(" ")
                .append(valueType)
                .append(", ")
                .append(names.error())
                .append(" VARCHAR)")
                .toString();
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    long failures() {
        return failures;
    }

    @Nullable
    String firstError() {
        return firstError;
    }

    void add(AiExecutor.Answer answer) {
        rows++;
        waiting.add(answer);
        if (waiting.size() >= ROWS_PER_WRITE) {
            flush();
        }
    }

    /** Makes every answer visible to queries. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        if (WRITTEN_AS_THEY_ARE.contains(type)) {
            write(name, false);
        } else {
            writeConverted();
        }
        for (AiExecutor.Answer answer : waiting) {
            if (answer.error() != null) {
                fail(1, answer.error());
            }
        }
        waiting.clear();
    }

    private void fail(long count, String error) {
        failures += count;
        if (firstError == null) {
            firstError = error;
        }
    }

    private void write(String table, boolean asText) {
        try (EngineInstance.RowWriter writer = instance.writer(table)) {
            for (AiExecutor.Answer answer : waiting) {
                List<@Nullable Object> row = new ArrayList<>(answer.tuple());
                Object value = answer.error() == null ? answer.value() : null;
                row.add(asText && value != null ? value.toString() : value);
                row.add(answer.error());
                writer.row(row);
            }
        }
    }

    /** Values of other types come as text; one that does not convert is an error of its row. */
    private void writeConverted() {
        String raw = names.distinct();
        instance.execute(definition(raw, "VARCHAR"));
        write(raw, true);
        String value = names.value();
        String json = nested() ? "TRY_CAST(" + value + " AS JSON)" : value;
        String converted = "TRY_CAST(" + json + " AS " + type + ")";
        // The engine casts any JSON to a STRUCT of NULLs; JSON null is an abstention.
        String failed = nested()
                ? value + " IS NOT NULL AND coalesce(json_type(" + json + "), '') NOT IN ('" + jsonKind() + "', 'NULL')"
                : value + " IS NOT NULL AND " + converted + " IS NULL";
        long bad = instance.number("SELECT count(*) FROM " + raw + " WHERE " + failed);
        String message = "the answer is not of type " + type;
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            columns.append(names.key(i)).append(", ");
        }
        instance.execute("INSERT INTO " + name + " SELECT " + columns + converted + ", CASE WHEN " + failed + " THEN "
                + dev.estran.Identifiers.literal(message) + " ELSE " + names.error() + " END FROM " + raw);
        instance.execute("DROP TABLE " + raw);
        if (bad > 0) {
            fail(bad, message);
        }
    }

    private String jsonKind() {
        return type.endsWith("]") ? "ARRAY" : "OBJECT";
    }

    private boolean nested() {
        return type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
    }
}
