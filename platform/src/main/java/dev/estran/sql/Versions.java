package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.lake.VersionSelector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What {@code AT (VERSION => 3)} and {@code AT (TIMESTAMP => '...')} select. */
final class Versions {

    private static final String FORMS = "AT (VERSION => 3) or AT (TIMESTAMP => '2025-12-31 18:00:00')";

    private Versions() {}

    /** @param timeZone of times without an offset */
    static VersionSelector selected(TableRef.@Nullable At at, String timeZone) {
        if (at == null) {
            return VersionSelector.LATEST;
        }
        String constant = at.constant();
        if (constant == null) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "AT takes a constant: " + FORMS + ".");
        }
        try {
            return at.unit().equals("VERSION")
                    ? new VersionSelector.Of(Long.parseLong(constant))
                    : new VersionSelector.At(time(constant, timeZone));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "AT (" + at.unit() + " => " + constant + ") is not understood. Write " + FORMS + ".",
                    e);
        }
    }

    /**
     * A date, a date and time, or one with an offset; without an offset in the given zone.
     *
     * @throws DateTimeParseException for anything else
     */
    private static Instant time(String text, String timeZone) {
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
