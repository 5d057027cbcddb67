package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance.RowWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Collects rows and hands them to the engine's thread in batches. */
final class AppendWriter implements RowWriter {

    private static final int BATCH_ROWS = 1024;

    private final DuckDbInstance instance;
    private final DuckDBAppender appender;
    private final List<List<? extends @Nullable Object>> batch = new ArrayList<>(BATCH_ROWS);

    private final List<String> types;

    /** @param types of the table's columns; the engine's appender converts nothing */
    AppendWriter(DuckDbInstance instance, DuckDBAppender appender, List<String> types) {
        this.instance = instance;
        this.types = types;
        this.appender = appender;
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        if (values.size() != types.size()) {
            throw new EstranException(
                    ErrorCode.INTERNAL, "A row of " + values.size() + " values for " + types.size() + " columns.");
        }
        batch.add(values);
        if (batch.size() == BATCH_ROWS) {
            send();
        }
    }

    private void send() {
        instance.onThread(() -> {
            for (List<? extends @Nullable Object> row : batch) {
                appender.beginRow();
                for (int column = 0; column < types.size(); column++) {
                    append(types.get(column), row.get(column));
                }
                appender.endRow();
            }
            return true;
        });
        batch.clear();
    }

    private void append(String type, @Nullable Object value) throws SQLException {
        if (value instanceof Number number) {
            appendNumber(type, number);
            return;
        }
        switch (value) {
            case null -> appender.appendNull();
            case String text -> appender.append(text);
            case Boolean truth -> appender.append(truth.booleanValue());
            case LocalDate date -> appender.append(date);
            case LocalTime time -> appender.append(time);
            case LocalDateTime time -> appender.append(time);
            case Instant time -> appender.append(time.atOffset(ZoneOffset.UTC));
            case UUID id -> appender.append(id);
            case byte[] bytes -> appender.append(bytes);
            case List<?> list -> appender.append(list);
            default ->
                throw new EstranException(
                        ErrorCode.INTERNAL, "A value of " + value.getClass().getName() + " cannot be written.");
        }
    }

    private void appendNumber(String type, Number number) throws SQLException {
        BigDecimal exact = number instanceof BigDecimal decimal ? decimal : null;
        if (type.startsWith("DECIMAL")) {
            int scale = Integer.parseInt(
                    type.substring(type.indexOf(',') + 1, type.indexOf(')')).strip());
            BigDecimal value = exact != null ? exact : new BigDecimal(number.toString());
            appender.append(value.setScale(scale, RoundingMode.HALF_UP));
            return;
        }
        switch (type) {
            case "TINYINT" -> appender.append((byte) number.longValue());
            case "SMALLINT" -> appender.append((short) number.longValue());
            case "INTEGER" -> appender.append(Math.toIntExact(number.longValue()));
            case "BIGINT" -> appender.append(number.longValue());
            case "HUGEINT" -> appender.append(new BigDecimal(number.toString()).toBigInteger());
            case "FLOAT" -> appender.append(number.floatValue());
            case "DOUBLE" -> appender.append(number.doubleValue());
            case "VARCHAR" -> appender.append(exact != null ? exact.toPlainString() : number.toString());
            default ->
                throw new EstranException(
                        ErrorCode.INTERNAL, "A number cannot be written to a column of type " + type + ".");
        }
    }

    @Override
    public void close() {
        try {
            if (!batch.isEmpty()) {
                send();
            }
        } finally {
            instance.onThread(() -> {
                appender.close();
                return true;
            });
        }
    }
}
