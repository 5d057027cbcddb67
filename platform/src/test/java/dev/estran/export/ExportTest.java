package dev.estran.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.platform.HttpDoor;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StoredResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as files, over HTTP, read back by programs that did not write them. */
class ExportTest {

    private static final String HOSTILE = """
            SELECT * FROM (VALUES
              (1, '=1+1',            12.50::DECIMAL(18,2), true,  DATE '2025-01-02', ''),
              (2, '+33 6; "quoted"', 0.10,                 false, DATE '1850-01-01', NULL),
              (3, '-2' || chr(13) || chr(10) || 'line, é 😀', NULL, NULL, NULL, '  edges '),
              (4, '@SUM(A1)' || chr(1) || '_x0041_', -7.00,  true,  DATE 'infinity', chr(9) || 'tab')
            ) t(id, text, amount, flag, day, note) ORDER BY id""";

    private static TestingPlatform estran;
    private static ServerAddress address;
    private static HttpDoor http;

    @TempDir
    private Path root;

    @BeforeAll
    static void serve() {
        estran = TestingPlatform.start(Map.of("http.port", "0"));
        address = estran.platform().serve();
        http = new HttpDoor(address);
    }

    @AfterAll
    static void close() {
        http.close();
        estran.close();
    }

    private static HttpResponse<byte[]> get(String id, String format) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI uri = URI.create(address.url() + "/api/v1/sql/" + id + "/export?format=" + format);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + address.token())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Path export(String sql, String format) throws IOException {
        HttpResponse<byte[]> answer = get(estran.run(sql).id(), format);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return Files.write(root.resolve("export." + format), answer.body());
    }

    private static List<String> duckdb(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    @Test
    void csvIsExact() throws Exception {
        Path file = export(HOSTILE, "csv");
        assertThat(Files.readString(file))
                .isEqualTo("id,text,amount,flag,day,note\r\n"
                        + "1,=1+1,12.50,true,2025-01-02,\"\"\r\n"
                        + "2,\"+33 6; \"\"quoted\"\"\",0.10,false,1850-01-01,\r\n"
                        + "3,\"-2\r\nline, é 😀\",,,,\"  edges \"\r\n"
                        + "4,@SUM(A1)\u0001_x0041_,-7.00,true,infinity,\"\ttab\"\r\n");
    }

    @Test
    void aWorkbookHasRealValuesAndNoFormulas() throws Exception {
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(export(HOSTILE, "xlsx")))) {
            XSSFSheet sheet = workbook.getSheetAt(0);
            assertThat(workbook.getNumberOfSheets()).isEqualTo(1);
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getRow(0).getCell(0).getCellStyle().getFont().getBold())
                    .isTrue();
            Row first = sheet.getRow(1);
            assertThat(first.getCell(0).getNumericCellValue()).isEqualTo(1.0);
            assertThat(first.getCell(1).getCellType()).isEqualTo(CellType.STRING);
            assertThat(first.getCell(1).getStringCellValue()).isEqualTo("=1+1");
            assertThat(first.getCell(1).getCellStyle().getQuotePrefixed()).isTrue();
            assertThat(first.getCell(2).getNumericCellValue()).isEqualTo(12.5);
            assertThat(first.getCell(3).getBooleanCellValue()).isTrue();
            assertThat(first.getCell(4).getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.of(2025, 1, 2, 0, 0));
            assertThat(first.getCell(4).getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm-dd");
            assertThat(first.getCell(5).getStringCellValue()).isEmpty();
            assertThat(sheet.getRow(2).getCell(4).getStringCellValue()).isEqualTo("1850-01-01");
            assertThat(sheet.getRow(2).getCell(5)).isNull();
            assertThat(sheet.getRow(3).getCell(1).getStringCellValue()).isEqualTo("-2\r\nline, é 😀");
            assertThat(sheet.getRow(3).getCell(5).getStringCellValue()).isEqualTo("  edges ");
            assertThat(sheet.getRow(4).getCell(1).getStringCellValue()).isEqualTo("@SUM(A1)\u0001_x0041_");
            assertThat(sheet.getRow(4).getCell(4).getStringCellValue()).isEqualTo("infinity");
            sheet.forEach(
                    row -> row.forEach(cell -> assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA)));
        }
    }

    @Test
    void aWorkbookKeepsEveryDigitOrSaysTheValueAsText() throws Exception {
        String sql = "SELECT 123456789012345 AS a, 1234567890123456 AS b, 0.12345678901234567890::DECIMAL(38,20) AS c,"
                + " 12345678901234567890123::HUGEINT AS d, 'NaN'::DOUBLE AS e, 1e300 AS f,"
                + " TIMESTAMP '2025-01-02 03:04:05.678' AS g, TIMESTAMP '2025-01-02 03:04:05.678901' AS h,"
                + " TIMESTAMPTZ '2025-01-02 03:04:05+01' AS i, TIME '12:00:00' AS j, '\\xFF'::BLOB AS k,"
                + " {'n': [1, NULL]} AS l, repeat('😀', 20000) AS m, 900000000000000000.00::DECIMAL(20,2) AS n";
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(export(sql, "xlsx")))) {
            Row row = workbook.getSheetAt(0).getRow(1);
            assertThat(row.getCell(0).getNumericCellValue()).isEqualTo(123456789012345.0);
            assertThat(texts(row, 1, 2, 3, 4))
                    .containsExactly("1234567890123456", "0.12345678901234567890", "12345678901234567890123", "NaN");
            assertThat(row.getCell(5).getNumericCellValue()).isEqualTo(1e300);
            assertThat(row.getCell(6).getLocalDateTimeCellValue())
                    .isEqualTo(LocalDateTime.of(2025, 1, 2, 3, 4, 5, 678_000_000));
            assertThat(texts(row, 7)).containsExactly("2025-01-02T03:04:05.678901");
            assertThat(row.getCell(8).getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.of(2025, 1, 2, 2, 4, 5));
            assertThat(row.getCell(9).getNumericCellValue()).isEqualTo(0.5);
            assertThat(texts(row, 10, 11)).containsExactly("/w==", "{\"n\":[1,null]}");
            String cut = row.getCell(12).getStringCellValue();
            assertThat(cut).hasSizeLessThanOrEqualTo(32_767).endsWith("😀 … [cut, 40000 characters]");
            assertThat(row.getCell(13).getNumericCellValue()).isEqualTo(9e17);
            assertThat(workbook.getSheetAt(1).getRow(0).getCell(0).getStringCellValue())
                    .startsWith("1 text is longer");
            assertThat(workbook.getSheetAt(1).getRow(1).getCell(0).getStringCellValue())
                    .contains("UTC");
        }
    }

    private static List<String> texts(Row row, int... columns) {
        List<String> texts = new ArrayList<>();
        for (int column : columns) {
            Cell cell = row.getCell(column);
            assertThat(cell.getCellType()).as("column " + column).isEqualTo(CellType.STRING);
            texts.add(cell.getStringCellValue());
        }
        return texts;
    }

    @Test
    void parquetKeepsTypesAndValues() throws Exception {
        String sql = "SELECT * FROM (SELECT 1::TINYINT AS a, 12345678901234567890123::HUGEINT AS b,"
                + " 0.12345678901234567890::DECIMAL(38,20) AS c, TIMESTAMP '2025-01-02 03:04:00' AS d,"
                + " TIMESTAMPTZ '2025-01-02 03:04:05+01' AS e, TIME '10:30:00' AS f, '\\x00\\xFF'::BLOB AS g,"
                + " {'we ird': [1.50, NULL], 'BLOB': 'x'::BLOB, 'h': 7::HUGEINT} AS h, MAP {'k': DATE '2025-01-01'} AS i,"
                + " '-inf'::DOUBLE AS j, ['NaN'::DOUBLE, 1] AS k, 'é😀' || chr(0) || chr(10) AS l, INTERVAL 3 DAY AS m,"
                + " DATE 'infinity' AS n, '' AS o, 0.1::FLOAT AS p, '[1,\"x\"]'::JSON AS q) UNION ALL"
                + " SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                + " NULL";
        Path file = export(sql, "parquet");
        assertThat(duckdb("SELECT column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
                .containsExactly(
                        "TINYINT",
                        "DECIMAL(38,0)",
                        "DECIMAL(38,20)",
                        "TIMESTAMP",
                        "TIMESTAMP WITH TIME ZONE",
                        "TIME",
                        "BLOB",
                        "STRUCT(\"we ird\" DECIMAL(3,2)[], BLOB BLOB, h DECIMAL(38,0))",
                        "MAP(VARCHAR, DATE)",
                        "DOUBLE",
                        "DOUBLE[]",
                        "VARCHAR",
                        "INTERVAL",
                        "DATE",
                        "VARCHAR",
                        "FLOAT",
                        "JSON");
        String all = "a = 1 AND b = 12345678901234567890123 AND c = 0.12345678901234567890::DECIMAL(38,20)"
                + " AND d = TIMESTAMP '2025-01-02 03:04:00' AND e = TIMESTAMPTZ '2025-01-02 02:04:05+00'"
                + " AND f = TIME '10:30:00' AND g = '\\x00\\xFF'::BLOB AND h['we ird'] = [1.50, NULL]"
                + " AND h['BLOB'] = 'x'::BLOB AND h['h'] = 7 AND i['k'] = DATE '2025-01-01' AND j = '-inf'"
                + " AND k = ['NaN'::DOUBLE, 1] AND l = 'é😀' || chr(0) || chr(10) AND m = INTERVAL 3 DAY AND isinf(n)"
                + " AND o = '' AND p = 0.1::FLOAT AND q = '[1,\"x\"]'::JSON";
        assertThat(duckdb("SELECT count(*) FILTER (" + all + "), count(*), count(COLUMNS(*)) FROM '" + file + "'"))
                .containsExactly("1|2" + "|1".repeat(17));
        assertThat(duckdb("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
                .containsExactly("ZSTD");
    }

    @Test
    void anIntegerThatParquetCannotHoldIsSaidNotRounded() {
        String id = http.sql("SELECT 170141183460469231731687303715884105727::HUGEINT AS n")
                .id();
        HttpResponse<byte[]> answer = get(id, "parquet");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("RESULT_TOO_LARGE", "VARCHAR");
        assertThat(new String(get(id, "csv").body(), StandardCharsets.UTF_8))
                .isEqualTo("n\r\n170141183460469231731687303715884105727\r\n");
    }

    @Test
    void anEmptyResultIsAFileToo() throws Exception {
        String sql = "SELECT 1 AS a, 'x' AS b, [1] AS c WHERE false";
        assertThat(Files.readString(export(sql, "csv"))).isEqualTo("a,b,c\r\n");
        assertThat(duckdb("SELECT count(*) FROM '" + export(sql, "parquet") + "'"))
                .containsExactly("0");
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(export(sql, "xlsx")))) {
            assertThat(workbook.getSheetAt(0).getLastRowNum()).isZero();
        }
    }

    @Test
    void filesHaveNamesAndNothingIsLeftBehind() throws Exception {
        estran.run("CREATE TABLE \"été 2025\" AS SELECT 1 AS a");
        String id = http.sql("SELECT * FROM \"été 2025\"").id();
        HttpResponse<byte[]> answer = get(id, "csv");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"_t__2025.csv\"; filename*=UTF-8''%C3%A9t%C3%A9%202025.csv");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("6");
        assertThat(answer.headers().firstValue("Estran-Truncated")).hasValue("false");
        http.get("/health/live");
        try (var left = Files.list(estran.directory().resolve("tmp/exports"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        String id = http.sql("SELECT 1 AS a").id();
        assertThat(http.get("/api/v1/sql/st_nothing/export?format=csv").code()).isEqualTo("STATEMENT_NOT_FOUND");
        assertThat(http.get("/api/v1/sql/" + id + "/export?format=pdf").message())
                .contains("csv, xlsx, parquet");
        assertThat(http.get("/api/v1/sql/" + id + "/export").status()).isEqualTo(400);
        assertThat(http.get("/api/v1/sql/" + http.sql("SELECT nothing").id() + "/export?format=csv")
                        .code())
                .isEqualTo("COLUMN_NOT_FOUND");
        String made = http.sql("CREATE TABLE made (a INTEGER)").id();
        assertThat(http.get("/api/v1/sql/" + made + "/export?format=csv").message())
                .contains("no rows");
        assertThatThrownBy(() -> estran.platform().export().write(Caller.SYSTEM, id, ExportFormat.CSV))
                .as("another caller's statement")
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_NOT_FOUND));
    }

    @Test
    void aStatementThatRunsHasNoFileYetAndACancelledOneNone() {
        String id = http.post(
                        "/api/v1/sql",
                        "{\"statement\": \"SELECT count(*) FROM range(100000000) a, range(100000) b"
                                + " WHERE a.range + b.range = 7\", \"limits\": {\"wait_ms\": 0}}")
                .id();
        assertThat(http.get("/api/v1/sql/" + id + "/export?format=csv").code()).isEqualTo("RESULT_NOT_READY");
        http.post("/api/v1/sql/" + id + "/cancel", "{}");
        estran.await(id);
        assertThat(http.get("/api/v1/sql/" + id + "/export?format=csv").code()).isEqualTo("CANCELLED");
    }

    @Test
    void aCutResultSaysSo() throws Exception {
        String id = estran.run(new SqlRequest(null, "SELECT * FROM range(10)", Map.of(), 3L, null, null))
                .id();
        HttpResponse<byte[]> answer = get(id, "xlsx");
        assertThat(answer.headers().firstValue("Estran-Truncated")).hasValue("true");
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(Files.newInputStream(Files.write(root.resolve("cut.xlsx"), answer.body())))) {
            assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(3);
            assertThat(workbook.getSheet("Notes").getRow(0).getCell(0).getStringCellValue())
                    .contains("cut");
        }
    }

    @Test
    void moreRowsOrColumnsThanASheetHoldsAreRefused() {
        XlsxExport.check(1_048_575, 16_384);
        assertThatThrownBy(() -> XlsxExport.check(1_048_576, 1)).hasMessageContaining("1048576 rows");
        assertThatThrownBy(() -> XlsxExport.check(1, 16_385)).hasMessageContaining("16385 columns");
    }

    @Test
    void aResultThatIsFreedMeanwhileIsReadToItsEnd() throws IOException {
        String id = estran.run("SELECT * FROM range(100000)").id();
        List<String> seen = new ArrayList<>();
        Path file;
        try (StoredResult result = estran.platform().sql().open(Caller.OWNER, id)) {
            file = result.file();
            estran.platform().sql().discard(Caller.OWNER, id);
            result.read(values -> seen.add(values[0]));
            assertThat(file).exists();
        }
        assertThat(file).doesNotExist();
        assertThat(seen).hasSize(100_000).endsWith("99999");
    }
}
