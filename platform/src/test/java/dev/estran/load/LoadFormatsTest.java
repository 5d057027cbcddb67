package dev.estran.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON, NDJSON, Parquet and xlsx files, good and bad, through the whole platform. */
class LoadFormatsTest {

    private static Loads loads;

    @BeforeAll
    static void start(@TempDir Path files) {
        loads = new Loads(files);
    }

    @AfterAll
    static void stop() {
        loads.close();
    }

    private static ErrorCode failure(Path file, String table, String... options) {
        return catchThrowableOfType(EstranException.class, () -> loads.load(file, table, options))
                .code();
    }

    @Test
    void jsonDocuments() throws IOException {
        loads.load(
                loads.file("a.json", "[{\"id\":1,\"x\":{\"a\":[1,2]},\"d\":\"2025-01-01\"},\n{\"id\":2,\"m\":1.5}]"),
                "docs");
        assertThat(loads.columns("docs")).containsExactly("id BIGINT", "x STRUCT(a BIGINT[])", "d DATE", "m DOUBLE");
        assertThat(loads.select("SELECT id, x.a[2], d, m FROM docs ORDER BY id"))
                .containsExactly("[1,2,\"2025-01-01\",null]", "[2,null,null,1.5]");
        loads.load(loads.file("one.json", "{\"id\": 1,\n \"s\": \"x\"}"), "single");
        assertThat(loads.select("SELECT * FROM single")).containsExactly("[1,\"x\"]");
        assertThat(failure(loads.file("cut.json", "[{\"id\":1},{\"id\":2,\"x\""), "cutjson"))
                .isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(loads.file("none.json", "[]"), "cutjson")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        loads.assertNothingLeft("cutjson");
    }

    @Test
    void brokenJsonLinesAreKept() throws IOException {
        Path file = loads.file("n.ndjson", "{\"id\":1,\"m\":1}\n{\"id\":2,\"m\":\"x\"}\n{bad\n\n[1]\n{\"id\":3}\n");
        Loads.Report report = loads.load(file, "lines");
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.rejects()).isEqualTo(2);
        assertThat(Files.readString(Path.of(report.rejectsFile())))
                .contains("\n3,\"\",\"\",\"is not JSON")
                .contains("\n5,\"\",\"\",\"is not a JSON object\",\"[1]\"");
        assertThat(loads.select("SELECT m FROM lines ORDER BY id")).containsExactly("[\"1\"]", "[\"x\"]", "[null]");
        Loads.Report typed = loads.load(file, "lines_typed", "types", "m=BIGINT");
        assertThat(typed.note()).contains("line 2, column m: 'x' is not BIGINT");
        assertThat(typed.rows()).isEqualTo(2);
    }

    @Test
    void parquetWhichIsWrittenAnew() throws IOException {
        loads.estran.run("CREATE TABLE origin AS SELECT i AS id, 'r' || i AS name, [i] AS list, DATE '2025-01-01' AS d"
                + " FROM range(5000) t(i)");
        Path written = parquet();
        loads.load(Files.copy(written, written.resolveSibling("odd[1].parquet")), "copied");
        assertThat(loads.select("SELECT count(*), sum(id), max(list[1]) FROM copied"))
                .containsExactly("[5000,12497500,4999]");
        byte[] bytes = Files.readAllBytes(written);
        assertThat(failure(loads.file("half.parquet", Arrays.copyOf(bytes, bytes.length / 2)), "halved"))
                .isEqualTo(ErrorCode.FILE_NOT_READABLE);
        Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x5a);
        assertThat(failure(loads.file("holed.parquet", bytes), "halved")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(loads.file("text.parquet", "a,b\n1,2\n"), "halved")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        loads.assertNothingLeft("halved");
    }

    private static Path parquet() throws IOException {
        try (Stream<Path> files = Files.walk(loads.estran.directory().resolve("warehouse"))) {
            return files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void workbooks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            CellStyle day = book.createCellStyle();
            day.setDataFormat(book.createDataFormat().getFormat("dd/mm/yyyy"));
            CellStyle moment = book.createCellStyle();
            moment.setDataFormat(book.createDataFormat().getFormat("dd/mm/yyyy hh:mm"));
            XSSFSheet sheet = book.createSheet("Ventes");
            sheet.createRow(0).createCell(0).setCellValue("Ventes 2025");
            String[] names = {"Boutique", "Jour", "Heure", "Montant", "Payé", "Double"};
            Row header = sheet.createRow(2);
            for (int i = 0; i < names.length; i++) {
                header.createCell(i).setCellValue(names[i]);
            }
            for (int i = 0; i < 30; i++) {
                Row row = sheet.createRow(3 + i);
                row.createCell(0).setCellValue("été \"" + i);
                row.createCell(1).setCellValue(LocalDate.of(2025, 1, 1).plusDays(i));
                row.getCell(1).setCellStyle(day);
                row.createCell(2).setCellValue(LocalDateTime.of(2025, 1, 1, 10, 30));
                row.getCell(2).setCellStyle(moment);
                row.createCell(3).setCellValue(i + 0.1);
                row.createCell(4).setCellValue(i % 2 == 0);
                row.createCell(5).setCellFormula("D" + (4 + i) + "*2");
                book.getCreationHelper().createFormulaEvaluator().evaluateFormulaCell(row.getCell(5));
            }
            XSSFSheet second = book.createSheet("Autre");
            second.createRow(0).createCell(0).setCellValue("x");
            second.createRow(1).createCell(0).setCellValue(7);
            book.write(bytes);
        }
        Path file = loads.file("book.xlsx", bytes.toByteArray());
        Loads.Report report = loads.load(file, "book");
        assertThat(report.note()).contains("Ventes").contains("--sheet");
        assertThat(loads.columns("book"))
                .containsExactly(
                        "Boutique VARCHAR",
                        "Jour DATE",
                        "Heure TIMESTAMP",
                        "Montant DECIMAL(18,1)",
                        "Payé BOOLEAN",
                        "Double DECIMAL(18,1)");
        assertThat(loads.select("SELECT * REPLACE (CAST(Heure AS VARCHAR) AS Heure) FROM book WHERE Montant = 3.1"))
                .containsExactly("[\"été \\\"3\",\"2025-01-04\",\"2025-01-01 10:30:00\",\"3.1\",false,\"6.2\"]");
        loads.load(file, "autre", "sheet", "autre");
        assertThat(loads.select("SELECT x FROM autre")).containsExactly("[7]");
        assertThat(failure(file, "nosheet", "sheet", "Absente")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        assertThat(failure(loads.file("cut.xlsx", cut), "nosheet")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        loads.assertNothingLeft("nosheet");
    }

    @Test
    void archivesThatAreNoWorkbooksOrBombs() throws IOException {
        assertThat(failure(zip("plain.xlsx", "readme.txt", 10), "bomb")).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(zip("bomb.xlsx", "[Content_Types].xml", 64 << 20), "bomb"))
                .isEqualTo(ErrorCode.FILE_NOT_READABLE);
        loads.assertNothingLeft("bomb");
    }

    private static Path zip(String name, String entry, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(new byte[size]);
        }
        return loads.file(name, bytes.toByteArray());
    }
}
