package dev.estran.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.StatementStatus;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files, good and bad, through the whole platform. */
class LoadCsvTest {

    private static Loads loads;

    @BeforeAll
    static void start(@TempDir Path files) {
        loads = new Loads(files);
    }

    @AfterAll
    static void stop() {
        loads.close();
    }

    private static EstranException failure(Path file, String table, String... options) {
        return catchThrowableOfType(EstranException.class, () -> loads.load(file, table, options));
    }

    @Test
    void frenchNumbersDatesAndCodes() {
        Path file = loads.file("fr.csv", """
                id;Prix;Date;Ville;Code
                1;1 234,56;31/12/2025;"Saint-Étienne; Loire";01000
                2;-12,5;01/02/2025;;75001
                3;1\u202f000;;Paris;
                """);
        assertThat(loads.load(file, "french").note())
                .contains("Prix: read as numbers with a decimal comma")
                .contains("Date: read as dates day/month/year");
        assertThat(loads.columns("french"))
                .containsExactly("id BIGINT", "Prix DECIMAL(18,2)", "Date DATE", "Ville VARCHAR", "Code VARCHAR");
        assertThat(loads.select("SELECT * FROM french ORDER BY id"))
                .containsExactly(
                        "[1,\"1234.56\",\"2025-12-31\",\"Saint-Étienne; Loire\",\"01000\"]",
                        "[2,\"-12.50\",\"2025-02-01\",null,\"75001\"]",
                        "[3,\"1000.00\",null,\"Paris\",null]");
    }

    @Test
    void encodings() {
        String text = "id,nom\n1,Hélène\n2,Zoé – cœur\n";
        for (String charset : new String[] {"windows-1252", "UTF-16", "UTF-16LE"}) {
            byte[] bytes = text.getBytes(Charset.forName(charset));
            boolean bom = charset.equals("UTF-16LE");
            byte[] marked = bom ? ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE) : bytes;
            String table = "enc" + charset.replaceAll("\\W", "").toLowerCase(java.util.Locale.ROOT);
            assertThat(loads.load(loads.file(table + ".csv", marked), table).note())
                    .contains("converted to UTF-8");
            assertThat(loads.select("SELECT nom FROM " + table + " ORDER BY id"))
                    .containsExactly("[\"Hélène\"]", "[\"Zoé – cœur\"]");
        }
        loads.load(loads.file("bom.csv", "\ufeff" + text), "encbom");
        assertThat(loads.columns("encbom")).containsExactly("id BIGINT", "nom VARCHAR");
    }

    @Test
    void windows1252BytesFarBehindTheSample() {
        String rows =
                IntStream.range(0, 400_000).mapToObj(i -> i + ",plain text").collect(Collectors.joining("\n"));
        Path file = loads.file("late.csv", "id,t\n" + rows + "\n400000,é\n", Charset.forName("windows-1252"));
        assertThat(loads.load(file, "late").rows()).isEqualTo(400_001);
        assertThat(loads.select("SELECT t FROM late WHERE id = 400000")).containsExactly("[\"é\"]");
    }

    @Test
    void valuesBehindTheSampleWidenTheColumn() {
        StringBuilder text = new StringBuilder("whole,code,day,word\n");
        for (int i = 0; i < 21_000; i++) {
            text.append(i)
                    .append(',')
                    .append(10_000 + i)
                    .append(",2025-01-01,")
                    .append(i)
                    .append('\n');
        }
        text.append("1.5,01000,2025-01-01 10:30:00,none\n");
        Loads.Report report = loads.load(loads.file("widen.csv", text.toString()), "widened");
        assertThat(report.rows()).isEqualTo(21_001);
        assertThat(report.rejects()).isZero();
        assertThat(loads.columns("widened"))
                .containsExactly("whole DECIMAL(18,1)", "code VARCHAR", "day TIMESTAMP", "word VARCHAR");
        assertThat(loads.select("SELECT * REPLACE (CAST(day AS VARCHAR) AS day) FROM widened WHERE code = '01000'"))
                .containsExactly("[\"1.5\",\"01000\",\"2025-01-01 10:30:00\",\"none\"]");
    }

    @Test
    void nothingIsRoundedOrCutInSilence() {
        StringBuilder text = new StringBuilder("a,b,c,d\n");
        for (int i = 0; i < 21_000; i++) {
            text.append("1,1.25,2025-01-01,7\n");
        }
        text.append("1e3,1.255,2025-01-01 23:59:59,99999999999999999999\n");
        loads.load(loads.file("round.csv", text.toString()), "rounded");
        assertThat(loads.select("SELECT * FROM rounded WHERE b <> 1.25"))
                .containsExactly("[1000.0,\"1.255\",\"2025-01-01T23:59:59\",\"99999999999999999999\"]");
    }

    @Test
    void quotesLineEndsAndEmptyFields() {
        Path file =
                loads.file("quotes.csv", "a,b,c\r\n1,\"x\r\ny \"\"q\"\" z\",\n2,\"\",é\r3,a\"b,\r\n4,\"u\rv\nw\",\n");
        assertThat(loads.load(file, "quotes").rows()).isEqualTo(4);
        assertThat(loads.select("SELECT * FROM quotes ORDER BY a"))
                .containsExactly(
                        "[1,\"x\\r\\ny \\\"q\\\" z\",null]",
                        "[2,\"\",\"é\"]",
                        "[3,\"a\\\"b\",null]",
                        "[4,\"u\\rv\\nw\",null]");
    }

    @Test
    void brokenRowsAreKeptWithTheirLines() throws IOException {
        Path file = loads.file(
                "broken.csv",
                "id,a,b\n1,x,10\n2,y\n3,\"q,30\n4,\"m\nl\",40\n5,\"z\"z,50\n6,p,60,7\n7,ok,70\n8,\"open,80\n");
        Loads.Report report = loads.load(file, "broken");
        assertThat(report.rejects()).isEqualTo(5);
        assertThat(loads.select("SELECT id, a FROM broken ORDER BY id"))
                .containsExactly("[1,\"x\"]", "[4,\"m\\nl\"]", "[7,\"ok\"]");
        assertThat(Files.readAllLines(Path.of(report.rejectsFile())))
                .containsExactly(
                        "line,column,value,reason,text",
                        "3,\"\",\"\",\"has 2 fields where 3 are expected\",\"2,y\"",
                        "4,\"\",\"\",\"text follows a closing quote\",\"3,\"\"q,30\"",
                        "7,\"\",\"\",\"text follows a closing quote\",\"5,\"\"z\"\"z,50\"",
                        "8,\"\",\"\",\"has 4 fields where 3 are expected\",\"6,p,60,7\"",
                        "10,\"\",\"\",\"a quote is opened and never closed\",\"8,\"\"open,80\"");
        assertThat(report.note()).contains("line 8: has 4 fields");
        EstranException tooMany = failure(file, "toomany", "max_rejects", "4");
        assertThat(tooMany.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS);
        loads.assertNothingLeft("toomany");
    }

    @Test
    void appendMatchesColumnsByName() throws IOException {
        loads.load(loads.file("base.csv", "a,b,c\nq,1,2025-01-01\n"), "appended");
        Path file = loads.file("more.csv", "B,A\n5,x1\nzz,x2\n7,x3\n");
        Loads.Report report = loads.load(file, "appended", "mode", "append");
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.note()).contains("line 3, column B: 'zz' is not BIGINT");
        assertThat(Files.readString(Path.of(report.rejectsFile())))
                .contains("3,\"B\",\"zz\",\"'zz' is not BIGINT\",\"zz,x2\"");
        assertThat(loads.select("SELECT * FROM appended ORDER BY b"))
                .containsExactly("[\"q\",1,\"2025-01-01\"]", "[\"x1\",5,null]", "[\"x3\",7,null]");
        EstranException unknown = failure(loads.file("unknown.csv", "a,zz\n1,2\n"), "appended", "mode", "append");
        assertThat(unknown.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
        assertThat(unknown.text()).contains("zz");
        assertThat(failure(file, "nosuchtable", "mode", "append").code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(failure(file, "appended").code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void replaceKeepsTheOldVersion() {
        loads.load(loads.file("v1.csv", "a,b\n1,x\n"), "replaced");
        loads.load(loads.file("v2.csv", "b,c\ny,2025-01-01\n"), "replaced", "mode", "replace");
        assertThat(loads.select("SELECT * FROM replaced")).containsExactly("[\"y\",\"2025-01-01\"]");
        assertThat(loads.select("SELECT * FROM replaced AT (VERSION => 1)")).containsExactly("[1,\"x\"]");
        loads.load(loads.file("v3.csv", "a,b\n1,x\n"), "replaced_new", "mode", "replace");
        assertThat(loads.exists("replaced_new")).isTrue();
    }

    @Test
    void givenTypesReject() {
        Path file = loads.file("typed.csv", "id,v\n1,2\n2,2.5\n3,99999999999\n");
        Loads.Report report = loads.load(file, "typed", "types", "v=INTEGER");
        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.note()).contains("line 3, column v").contains("line 4, column v");
        assertThat(failure(file, "typed2", "types", "nope=INTEGER").code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
    }

    @Test
    void dryRunLoadsNothing() throws IOException {
        Path file = loads.file("dry.csv", "id;prix\n1;1,5\n2;\n3;2,25\n");
        var rows = loads.rows(file, "dry", "dry_run", "true");
        assertThat(rows.get(1).toString())
                .isEqualTo("[\"prix\",\"DECIMAL(18,2)\",\"numbers with a decimal comma\",\"1.50\",\"2.25\",null,null]");
        assertThat(rows.getFirst().get(6).asText()).contains("would create lake.default.dry");
        loads.assertNothingLeft("dry");
    }

    @Test
    void headers() {
        Loads.Report report = loads.load(loads.file("dup.csv", "a,A, b ,,\n1,2,3,4,5\n"), "headers");
        assertThat(loads.columns("headers"))
                .containsExactly("a BIGINT", "A_2 BIGINT", "b BIGINT", "column4 BIGINT", "column5 BIGINT");
        assertThat(report.note()).contains("'A' is called 'A_2'");
        loads.load(loads.file("none.csv", "1,Paris,2025-01-01\n2,Brest,2025-01-02\n"), "headerless");
        assertThat(loads.select("SELECT column2 FROM headerless ORDER BY column1"))
                .containsExactly("[\"Paris\"]", "[\"Brest\"]");
        assertThat(loads.load(loads.file("only.csv", "a,b\n"), "headeronly").rows())
                .isZero();
        assertThat(loads.columns("headeronly")).containsExactly("a VARCHAR", "b VARCHAR");
    }

    @Test
    void wideAndLong() {
        String header = IntStream.range(0, 1000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 1000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        loads.load(loads.file("wide.csv", header + "\n" + row + "\n" + row + "\n"), "wide");
        assertThat(loads.select("SELECT sum(c999) FROM wide")).containsExactly("[1998]");
        loads.load(
                loads.file("long.csv", "a,b\n1," + "x".repeat(1 << 20) + "\n2," + "y".repeat(3 << 20) + "\n"), "long_");
        assertThat(loads.select("SELECT length(b) FROM long_ ORDER BY a")).containsExactly("[1048576]", "[3145728]");
    }

    @Test
    void filesThatCannotBeRead(@TempDir Path directory) throws IOException {
        assertThat(failure(directory, "unreadable").code()).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(directory.resolve("missing.csv"), "unreadable").code())
                .isEqualTo(ErrorCode.FILE_NOT_FOUND);
        assertThat(failure(loads.file("empty.csv", ""), "unreadable").code()).isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(loads.file("blank.csv", "\n\r\n\n"), "unreadable").code())
                .isEqualTo(ErrorCode.FILE_NOT_READABLE);
        assertThat(failure(loads.file("image.csv", new byte[] {1, 0, 2, 0, 3}), "unreadable")
                        .code())
                .isEqualTo(ErrorCode.FILE_FORMAT_UNKNOWN);
        assertThat(failure(loads.file("note.pdf", "%PDF-1.7 text"), "unreadable")
                        .text())
                .contains("csv, json, ndjson, parquet and xlsx");
        loads.assertNothingLeft("unreadable");
    }

    @Test
    void cancelLeavesNothing() throws IOException {
        String rows = IntStream.range(0, 400_000)
                .mapToObj(i -> i + ",\"some text that takes a while\"," + i + ".5")
                .collect(Collectors.joining("\n"));
        // The last line breaks the fast pass, so that both passes are there to be cancelled.
        Path file = loads.file("cancel.csv", "id,t,v\n" + rows + "\nx\n");
        String id = loads.submit(file, "cancelled");
        var sql = loads.estran.platform().sql();
        while (sql.status(Caller.OWNER, id).stage().isEmpty()
                && !sql.status(Caller.OWNER, id).state().ended()) {
            Thread.onSpinWait();
        }
        sql.cancel(Caller.OWNER, id);
        StatementStatus status = loads.estran.await(id);
        assertThat(status.state()).isEqualTo(StatementStatus.State.CANCELLED);
        loads.assertNothingLeft("cancelled");
    }
}
