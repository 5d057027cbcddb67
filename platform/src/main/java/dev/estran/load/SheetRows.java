package dev.estran.load;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The rows of a sheet's XML as text that says the same: dates as ISO, numbers in plain digits. The header is the first row
 * that has text in most of the columns the rows after it have.
 */
final class SheetRows extends DefaultHandler {

    private static final int LOOK_AHEAD = 20;
    private static final int MAX_COLUMNS = 2_000;

    private final SharedStrings strings;
    private final StylesTable styles;
    private final boolean dates1904;
    private final Runnable check;
    private final Header header;
    private final Rows rows;
    private final @Nullable Integer headerRow;
    private long headerLine;

    private final List<Row> ahead = new ArrayList<>();
    private boolean begun;
    private long count;

    private List<@Nullable String> cells = new ArrayList<>();
    private boolean anyText;
    private boolean onlyText = true;
    private long line;
    private int column;
    private String type = "n";
    private int style;
    private boolean inValue;
    private final StringBuilder value = new StringBuilder();

    SheetRows(
            SharedStrings strings,
            StylesTable styles,
            boolean dates1904,
            Runnable check,
            @Nullable Integer headerRow,
            Header header,
            Rows rows) {
        this.strings = strings;
        this.styles = styles;
        this.dates1904 = dates1904;
        this.check = check;
        this.header = header;
        this.rows = rows;
        this.headerRow = headerRow;
    }

    interface Header {
        void begin(List<@Nullable String> header, boolean named);
    }

    interface Rows {
        void row(long line, List<@Nullable String> cells);
    }

    private record Row(long line, List<@Nullable String> cells, boolean onlyText) {
        long filled() {
            return cells.stream().filter(cell -> cell != null).count();
        }
    }

    /** Whether the workbook counts its days from 1904, as those of old Macs do. */
    static boolean dates1904(XSSFReader workbook) throws IOException, OpenXML4JException {
        try (InputStream in = workbook.getWorkbookData()) {
            String text = new String(in.readNBytes(64 << 10), java.nio.charset.StandardCharsets.UTF_8);
            return text.contains("date1904=\"1\"") || text.contains("date1904=\"true\"");
        }
    }

    /** The row that named the columns, from 1; 0 where none did. */
    long headerLine() {
        return headerLine;
    }

    /** Rows after the header. */
    long count() {
        return count;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) {
        switch (local.isEmpty() ? qualified : local) {
            case "row" -> {
                String number = attributes.getValue("r");
                line = number == null ? line + 1 : Long.parseLong(number);
                cells = new ArrayList<>();
                column = -1;
                anyText = false;
                onlyText = true;
            }
            case "c" -> {
                String reference = attributes.getValue("r");
                column = reference == null ? column + 1 : new CellReference(reference).getCol();
                String given = attributes.getValue("t");
                type = given == null ? "n" : given;
                String styled = attributes.getValue("s");
                style = styled == null ? -1 : Integer.parseInt(styled);
                value.setLength(0);
            }
            case "v", "t" -> inValue = true;
            default -> {}
        }
    }

    @Override
    public void characters(char[] text, int start, int length) {
        if (inValue) {
            value.append(text, start, length);
        }
    }

    @Override
    public void endElement(String uri, String local, String qualified) throws SAXException {
        switch (local.isEmpty() ? qualified : local) {
            case "v", "t" -> inValue = false;
            case "c" -> cell();
            case "row" -> row(new Row(line, cells, anyText && onlyText));
            default -> {}
        }
    }

    private void cell() throws SAXException {
        if (value.isEmpty()) {
            return;
        }
        if (column >= MAX_COLUMNS) {
            throw new SAXException("more than " + MAX_COLUMNS + " columns");
        }
        String text = value.toString();
        boolean words = type.equals("s") || type.equals("str") || type.equals("inlineStr");
        String read = switch (type) {
            case "s" -> strings.getItemAt(Integer.parseInt(text.strip())).getString();
            case "str", "inlineStr" -> text;
            case "b" -> text.strip().equals("1") ? "true" : "false";
            case "e" -> null;
            case "d" -> text.strip();
            default -> number(text.strip());
        };
        if (read == null) {
            return;
        }
        anyText |= words;
        onlyText &= words;
        while (cells.size() < column) {
            cells.add(null);
        }
        cells.add(read);
    }

    private String number(String text) {
        if (style >= 0) {
            XSSFCellStyle format = styles.getStyleAt(style);
            double serial = format == null ? -1 : Double.parseDouble(text);
            if (format != null
                    && serial >= 0
                    && DateUtil.isADateFormat(format.getDataFormat(), format.getDataFormatString())) {
                return date(serial, text);
            }
        }
        BigDecimal plain = new BigDecimal(text).stripTrailingZeros();
        if (plain.precision() > 15) {
            // Spreadsheets keep 15 digits; what is beyond them is the noise of the binary form.
            plain = plain.round(new java.math.MathContext(15)).stripTrailingZeros();
        }
        return plain.precision() - plain.scale() > 30 || plain.scale() > 30 ? text : plain.toPlainString();
    }

    private String date(double serial, String text) {
        LocalDateTime time = DateUtil.getLocalDateTime(serial, dates1904, true);
        if (time == null) {
            return text;
        }
        if (serial < 1) {
            return time.toLocalTime().format(DateTimeFormatter.ofPattern("HH:mm:ss"));
        }
        return serial == Math.floor(serial)
                ? time.toLocalDate().toString()
                : time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    private void row(Row row) {
        if (row.filled() == 0 || (headerRow != null && row.line() < headerRow)) {
            return;
        }
        if (begun) {
            emit(row);
            return;
        }
        ahead.add(row);
        if (ahead.size() == LOOK_AHEAD) {
            begin();
        }
    }

    /** To be called after the last row. */
    void finish() {
        if (!begun && !ahead.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        begun = true;
        long widest = ahead.stream().mapToLong(Row::filled).max().orElse(0);
        int first = 0;
        boolean named = headerRow != null && headerRow > 0;
        for (int i = 0; i < ahead.size() && headerRow == null; i++) {
            // Titles and remarks above a table fill one or two cells only.
            if (ahead.get(i).filled() * 2 > widest) {
                first = i;
                named = ahead.get(i).onlyText();
                break;
            }
        }
        int width = ahead.subList(first, ahead.size()).stream()
                .mapToInt(row -> row.cells().size())
                .max()
                .orElse(0);
        List<@Nullable String> names = new ArrayList<>(named ? ahead.get(first).cells() : List.of());
        while (names.size() < width) {
            names.add(null);
        }
        headerLine = named ? ahead.get(first).line() : 0;
        header.begin(names, named);
        ahead.subList(named ? first + 1 : first, ahead.size()).forEach(this::emit);
        ahead.clear();
    }

    private void emit(Row row) {
        count++;
        if ((count & 0x3FF) == 0) {
            check.run();
        }
        rows.row(row.line(), row.cells());
    }
}
