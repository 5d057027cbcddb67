package dev.estran.sql;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of a result, by column. Valid only while it is being consumed.
 *
 * <p>Values are Boolean, Long (all integers that fit), Double, BigDecimal, String, LocalDate, LocalTime, LocalDateTime,
 * Instant (TIMESTAMPTZ) or byte[]; HUGEINT comes as BigDecimal with scale 0; nested values and every other type come as
 * their JSON text (nested) or their VARCHAR text. UBIGINT and UHUGEINT come as HUGEINT does; the dates and times
 * {@code infinity} and {@code -infinity} and the time 24:00:00, which Java has no values for, as these texts.
 */
public interface Chunk {

    int rowCount();

    int columnCount();

    /** The value at a row and column, both from 0. */
    @Nullable
    Object value(int row, int column);
}
