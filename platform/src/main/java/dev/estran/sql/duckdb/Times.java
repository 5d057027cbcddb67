package dev.estran.sql.duckdb;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBReadableVector;

/** Dates and times from vectors. The engine writes infinity as the ends of its ranges, which JDBC takes for dates. */
final class Times {

    private static final LocalDate LAST_DATE = LocalDate.ofEpochDay(Integer.MAX_VALUE);
    private static final LocalDate FIRST_DATE = LocalDate.ofEpochDay(-Integer.MAX_VALUE);
    private static final LocalDateTime LAST_TIME = ofMicros(Long.MAX_VALUE);
    private static final LocalDateTime FIRST_TIME = ofMicros(-Long.MAX_VALUE);

    private Times() {}

    private static LocalDateTime ofMicros(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }

    static Object date(DuckDBReadableVector vector, int row) {
        LocalDate date = vector.getLocalDate(row);
        return date.equals(LAST_DATE) ? "infinity" : date.equals(FIRST_DATE) ? "-infinity" : date;
    }

    static Object timestamp(DuckDBReadableVector vector, int row) {
        LocalDateTime time = vector.getLocalDateTime(row);
        return time.equals(LAST_TIME) ? "infinity" : time.equals(FIRST_TIME) ? "-infinity" : time;
    }

    static Object instant(DuckDBReadableVector vector, int row) {
        LocalDateTime time = vector.getOffsetDateTime(row)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
        return time.equals(LAST_TIME)
                ? "infinity"
                : time.equals(FIRST_TIME) ? "-infinity" : time.toInstant(ZoneOffset.UTC);
    }
}
