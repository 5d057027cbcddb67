package dev.estran.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Points in time as people write them in AT (TIMESTAMP => '...'). */
final class Timestamps {

    private Timestamps() {}

    /**
     * A date, a date and time, or one with an offset; without an offset in the given zone.
     *
     * @throws DateTimeParseException for anything else
     */
    static Instant parse(String text, String timeZone) {
        ZoneId zone = ZoneId.of(timeZone);
        String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
        }
        try {
            return OffsetDateTime.parse(iso.matches(".*[+-]\\d{2}$") ? iso + ":00" : iso)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(iso).atZone(zone).toInstant();
        }
    }
}
