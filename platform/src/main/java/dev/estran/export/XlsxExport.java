package dev.estran.export;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.StoredResult;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.streaming.SheetDataWriter;

/**
 * An Excel workbook: one sheet with a bold, frozen header, and a sheet of notes where something is not as it was. Only a
 * window of rows is in memory.
 */
final class XlsxExport {

    private static final int MAX_ROWS = SpreadsheetVersion.EXCEL2007.getMaxRows() - 1;
    private static final int MAX_COLUMNS = SpreadsheetVersion.EXCEL2007.getMaxColumns();
    private static final int WINDOW_ROWS = 100;
    private static final int LEAST_WIDTH = 8;
    private static final int MOST_WIDTH = 60;

    private XlsxExport() {}

    static void write(StoredResult result, Path file) throws IOException {
        check(result.rows(), result.columns().size());
        try (Workbook workbook = new Workbook(file);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            Sheet sheet = workbook.createSheet("Result");
            XlsxCells cells = new XlsxCells(workbook, result.columns());
            rows(result, sheet, cells);
            notes(workbook, cells.notes(result.truncated()));
            workbook.write(out);
        } catch (UncheckedIOException e) { // as the library wraps those of its own temporary file
            throw e.getCause();
        }
    }

    /** Refuses what a sheet cannot hold before any of it is written. */
    static void check(long rows, int columns) {
        if (rows > MAX_ROWS) {
            throw tooLarge(rows + " rows; an Excel sheet holds " + MAX_ROWS + " below its header");
        }
        if (columns > MAX_COLUMNS) {
            throw tooLarge(columns + " columns; an Excel sheet holds " + MAX_COLUMNS);
        }
    }

    private static EstranException tooLarge(String what) {
        return new EstranException(
                ErrorCode.RESULT_TOO_LARGE, "The result has " + what + ". Export CSV or Parquet, or select less.");
    }

    private static void rows(StoredResult result, Sheet sheet, XlsxCells cells) throws IOException {
        List<Column> columns = result.columns();
        int[] widths = new int[columns.size()];
        Row header = sheet.createRow(0);
        for (int i = 0; i < widths.length; i++) {
            cells.header(header, i, columns.get(i).name());
            widths[i] = columns.get(i).name().length() + 2;
        }
        sheet.createFreezePane(0, 1);
        int[] at = {0};
        result.read(values -> {
            Row row = sheet.createRow(++at[0]);
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                if (value != null) {
                    cells.value(row, i, value);
                    if (at[0] <= WINDOW_ROWS) {
                        widths[i] = Math.max(widths[i], value.length() + 1);
                    }
                }
            }
        });
        for (int i = 0; i < widths.length; i++) {
            sheet.setColumnWidth(i, Math.clamp(widths[i], LEAST_WIDTH, MOST_WIDTH) * 256);
        }
    }

    private static void notes(SXSSFWorkbook workbook, List<String> notes) {
        if (notes.isEmpty()) {
            return;
        }
        Sheet sheet = workbook.createSheet("Notes");
        sheet.setColumnWidth(0, 120 * 256);
        for (int i = 0; i < notes.size(); i++) {
            sheet.createRow(i).createCell(0).setCellValue(notes.get(i));
        }
    }

    /** Its temporary file holds values, so it lies beside the workbook, not where everybody's temporary files are. */
    private static final class Workbook extends SXSSFWorkbook {

        private final Path file;

        Workbook(Path file) {
            super(WINDOW_ROWS);
            this.file = file;
        }

        @Override
        protected SheetDataWriter createSheetDataWriter() throws IOException {
            Path directory = file.toAbsolutePath().getParent();
            return new SheetDataWriter() {
                @Override
                @SuppressWarnings("deprecation") // no other way says where the file lies
                public File createTempFile() throws IOException {
                    return Files.createTempFile(directory, "sheet", ".xml").toFile();
                }
            };
        }
    }
}
