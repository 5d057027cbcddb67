package dev.estran.export;

import dev.estran.Column;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Workbook;

/** Values as cells: numbers, dates, times and booleans as such where the sheet holds them exactly, else as text. */
final class XlsxCells {

    /** A sheet keeps 15 digits of a number. */
    private static final int MAX_DIGITS = 15;

    private static final int MAX_TEXT = SpreadsheetVersion.EXCEL2007.getMaxTextLength();
    private static final int MAX_DECIMALS = 15;

    /** Before it a sheet counts a 29 February 1900 that there never was. */
    private static final LocalDate FIRST_DATE = LocalDate.of(1900, 3, 1);

    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final Pattern INTEGER = Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");

    /** What XML cannot hold, and what a sheet would read as such an escape. */
    private static final Pattern TO_ESCAPE =
            Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)");

    private final Workbook workbook;
    private final String[] types;
    private final CellStyle bold;
    private final CellStyle quoted;
    private final Map<String, CellStyle> styles = new HashMap<>();
    private long cut;
    private boolean zoned;

    XlsxCells(Workbook workbook, List<Column> columns) {
        this.workbook = workbook;
        types = columns.stream().map(Column::type).toArray(String[]::new);
        Font font = workbook.createFont();
        font.setBold(true);
        bold = workbook.createCellStyle();
        bold.setFont(font);
        quoted = workbook.createCellStyle();
        quoted.setQuotePrefixed(true);
    }

    void header(Row row, int column, String name) {
        Cell cell = row.createCell(column);
        text(cell, name);
        cell.setCellStyle(bold);
    }

    void value(Row row, int column, String value) {
        Cell cell = row.createCell(column);
        String type = types[column];
        boolean kept = switch (type) {
            case "BOOLEAN" -> truth(cell, value);
            case "DOUBLE", "FLOAT" -> floating(cell, value);
            case "DATE" -> date(cell, value);
            case "TIME" -> time(cell, value);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> moment(cell, value);
            case "TIMESTAMP WITH TIME ZONE" -> instant(cell, value);
            default -> (type.startsWith("DECIMAL(") || INTEGER.matcher(type).matches()) && number(cell, value);
        };
        if (!kept) {
            text(cell, value);
        }
    }

    /** What a reader of the workbook must know, if anything. */
    List<String> notes(boolean truncated) {
        List<String> notes = new ArrayList<>();
        if (truncated) {
            notes.add("The result was cut at its row limit (sql.row_limit); more rows exist.");
        }
        if (cut > 0) {
            notes.add(cut + (cut == 1 ? " text is" : " texts are") + " longer than the " + MAX_TEXT
                    + " characters a cell holds and cut; the end of the cell says so. CSV and Parquet keep all of it.");
        }
        if (zoned) {
            notes.add("Times with a time zone are in UTC.");
        }
        return notes;
    }

    private static boolean truth(Cell cell, String value) {
        cell.setCellValue(Boolean.parseBoolean(value));
        return true;
    }

    private static boolean floating(Cell cell, String value) {
        double number = Double.parseDouble(value);
        if (!Double.isFinite(number)) {
            return false;
        }
        cell.setCellValue(number);
        return true;
    }

    private boolean number(Cell cell, String value) {
        BigDecimal number = new BigDecimal(value);
        if (number.signum() != 0 && number.stripTrailingZeros().precision() > MAX_DIGITS) {
            return false;
        }
        cell.setCellValue(number.doubleValue());
        int decimals = Math.min(number.scale(), MAX_DECIMALS);
        if (decimals > 0) {
            cell.setCellStyle(style("0." + "0".repeat(decimals)));
        }
        return true;
    }

    private boolean date(Cell cell, String value) {
        try {
            LocalDate date = LocalDate.parse(value);
            return holds(date) && set(cell, (double) (date.toEpochDay() - EPOCH.toEpochDay()), "yyyy-mm-dd");
        } catch (DateTimeException e) {
            return false; // infinity
        }
    }

    private boolean time(Cell cell, String value) {
        try {
            LocalTime time = LocalTime.parse(value);
            return millis(time) && set(cell, time.toNanoOfDay() / 1e6 / DAY_MILLIS, clock(time));
        } catch (DateTimeException e) {
            return false; // 24:00:00
        }
    }

    private boolean moment(Cell cell, String value) {
        try {
            return moment(cell, LocalDateTime.parse(value));
        } catch (DateTimeException e) {
            return false; // infinity
        }
    }

    private boolean instant(Cell cell, String value) {
        try {
            boolean kept =
                    moment(cell, Instant.parse(value).atZone(ZoneOffset.UTC).toLocalDateTime());
            zoned |= kept;
            return kept;
        } catch (DateTimeException e) {
            return false; // infinity
        }
    }

    private boolean moment(Cell cell, LocalDateTime moment) {
        if (!holds(moment.toLocalDate()) || !millis(moment.toLocalTime())) {
            return false;
        }
        double days = Duration.between(EPOCH.atStartOfDay(), moment).toMillis() / DAY_MILLIS;
        return set(cell, days, "yyyy-mm-dd " + clock(moment.toLocalTime()));
    }

    private boolean set(Cell cell, double days, String format) {
        cell.setCellValue(days);
        cell.setCellStyle(style(format));
        return true;
    }

    private static boolean holds(LocalDate date) {
        return !date.isBefore(FIRST_DATE) && !date.isAfter(LAST_DATE);
    }

    /** A sheet shows thousandths of a second, no less. */
    private static boolean millis(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MILLIS).equals(time);
    }

    private static String clock(LocalTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time) ? "hh:mm:ss" : "hh:mm:ss.000";
    }

    private CellStyle style(String format) {
        return styles.computeIfAbsent(format, wanted -> {
            CellStyle style = workbook.createCellStyle();
            style.setDataFormat(workbook.createDataFormat().getFormat(wanted));
            return style;
        });
    }

    /** Never a formula: what looks like one is marked as text, so that it stays one when somebody edits the cell. */
    private void text(Cell cell, String value) {
        String held = escaped(value);
        if (held.length() > MAX_TEXT) {
            held = cut(held, value.length());
            cut++;
        }
        cell.setCellValue(held);
        if (!value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0) {
            cell.setCellStyle(quoted);
        }
    }

    private static String cut(String held, int characters) {
        String end = " … [cut, " + characters + " characters]";
        int length = MAX_TEXT - end.length();
        if (Character.isHighSurrogate(held.charAt(length - 1))) {
            length--;
        }
        return held.substring(0, length) + end;
    }

    private static String escaped(String value) {
        return TO_ESCAPE
                .matcher(value)
                .replaceAll(
                        match -> String.format("_x%04X_", (int) match.group().charAt(0)));
    }
}
