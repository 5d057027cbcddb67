package dev.estran.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.lake.ChildJvm;
import dev.estran.platform.TestingPlatform;
import dev.estran.query.QueryDraft;
import dev.estran.query.QueryParameter;
import dev.estran.testing.ModelSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as people type them, in this process and in processes of their own. */
class CliTest {

    private record Run(int code, String out, String err) {}

    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void directory() {
        data = root.resolve("data");
    }

    /** Runs a command on the test's data directory. */
    private Run estran(String... command) {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        words.add("--data");
        words.add(data.toString());
        return plain(words.toArray(String[]::new));
    }

    private static Run plain(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Run(code, out.toString(), err.toString());
    }

    private static final String MIXED = "SELECT 1 AS id, 'a,\"b\"' AS t, NULL AS n, 2.50 AS d UNION ALL SELECT 2,"
            + " 'x|y' || chr(10) || 'z', '', -0.5 ORDER BY id";

    @Test
    void resultsInEveryFormat() {
        assertThat(estran("sql", MIXED, "--format", "csv").out())
                .isEqualTo("id,t,n,d\r\n1,\"a,\"\"b\"\"\",,2.50\r\n2,\"x|y\nz\",\"\",-0.50\r\n");
        assertThat(estran("sql", MIXED, "--format", "json").out().lines())
                .containsExactly(
                        "{\"id\":1,\"t\":\"a,\\\"b\\\"\",\"n\":null,\"d\":\"2.50\"}",
                        "{\"id\":2,\"t\":\"x|y\\nz\",\"n\":\"\",\"d\":\"-0.50\"}");
        assertThat(estran("sql", MIXED, "--format", "markdown").out().lines())
                .containsExactly(
                        "| id | t | n | d |",
                        "| ---: | --- | --- | ---: |",
                        "| 1 | a,\"b\" |  | 2.50 |",
                        "| 2 | x\\|y<br>z |  | -0.50 |");
        Run table = estran("sql", MIXED);
        assertThat(table.out().lines().toList().getFirst()).matches("id +t +n +d");
        assertThat(table.out()).contains("2 rows").doesNotContain("\u001b");
        assertThat(estran("sql", "SELECT 'x' || chr(27) || '[31m' AS t").out()).doesNotContain("\u001b");
    }

    @Test
    void rowsGoToAFileOfTheUsersInThisProcessAndFromAServer() throws Exception {
        rowsGoToAFile();
        try (TestingPlatform server = TestingPlatform.start(Map.of("http.port", "0"))) {
            server.platform().serve();
            data = server.directory();
            rowsGoToAFile();
        }
    }

    private void rowsGoToAFile() throws IOException {
        Path csv = Files.writeString(root.resolve("out.csv"), "what was there before");
        Run run = estran("sql", MIXED, "--output", csv.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(csv + ": 2 rows");
        assertThat(Files.readString(csv))
                .isEqualTo("id,t,n,d\r\n1,\"a,\"\"b\"\"\",,2.50\r\n2,\"x|y\nz\",\"\",-0.50\r\n");
        for (String ending : List.of("xlsx", "PARQUET")) {
            Path file = root.resolve("out." + ending);
            assertThat(estran("sql", MIXED, "-o", file.toString(), "--quiet")).isEqualTo(new Run(0, "", ""));
            assertThat(Files.readAllBytes(file))
                    .startsWith(
                            ending.equals("xlsx")
                                    ? "PK".getBytes(StandardCharsets.UTF_8)
                                    : "PAR1".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(estran("sql", "SELECT 1", "-o", root.resolve("out.pdf").toString())
                        .err())
                .startsWith("INVALID_ARGUMENT")
                .contains(".csv, .xlsx, .parquet");
        assertThat(estran("sql", "SELECT 1; SELECT 2", "-o", csv.toString()).err())
                .contains("one statement, not 2");
        assertThat(estran("sql", "SELECT 1", "-o", root.resolve("none/out.csv").toString())
                        .err())
                .startsWith("STORAGE_FAILED");
        Run failed = estran("sql", "SELECT nothing", "-o", csv.toString());
        assertThat(failed.code()).isEqualTo(1);
        assertThat(Files.readString(csv)).as("a failed query leaves the file").startsWith("id,t,n,d");
        try (var files = Files.list(root)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void aMillionRowsPassThroughAHeapThatDoesNotHoldThem() throws Exception {
        for (String ending : List.of("csv", "xlsx", "parquet")) {
            Path file = root.resolve("million." + ending);
            Process process = ChildJvm.start(
                    List.of(),
                    "128m",
                    Main.class,
                    "sql",
                    "SELECT i, repeat('x', 150) || i AS t FROM range(1000000) r(i)",
                    "-o",
                    file.toString(),
                    "--data",
                    data.toString());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(ending + ": " + output).isZero();
            assertThat(output).contains("1000000 rows");
        }
        try (var lines = Files.lines(root.resolve("million.csv"))) {
            assertThat(lines.count()).isEqualTo(1_000_001);
        }
    }

    @Test
    void peopleAndRightsAreLookedAfterFromTheCommandLine() {
        assertThat(estran("user", "add", "ana", "--name", "Ana", "--email", "ana@example.com")
                        .code())
                .isZero();
        assertThat(estran("group", "create", "crew").code()).isZero();
        assertThat(estran("group", "add", "crew", "ana").out()).contains("ana joined crew");
        assertThat(estran("grant", "add", "USE SCHEMA, SELECT", "--on", "SCHEMA lake.default", "--to", "crew,ana")
                        .code())
                .isZero();
        assertThat(estran("grant", "list", "--on", "SCHEMA lake.default", "--format", "csv")
                        .out())
                .contains("crew,SELECT,SCHEMA");
        assertThat(estran("grant", "revoke", "SELECT", "--on", "SCHEMA lake.default", "--from", "ana")
                        .code())
                .isZero();
        Run token = estran("token", "create", "laptop", "--for", "ana", "--scope", "read");
        assertThat(token.out().strip()).startsWith("est_");
        assertThat(token.err()).contains("not shown again");
        assertThat(estran("token", "list", "--for", "ana").out())
                .contains("laptop")
                .doesNotContain("est_");
        assertThat(estran("user", "disable", "ana").code()).isZero();
        assertThat(estran("user", "remove", "ana").code()).isZero();
        assertThat(estran("user", "remove", "nobody").err()).startsWith("PRINCIPAL_NOT_FOUND");
        assertThat(estran("group", "drop", "crew").code()).isZero();
    }

    @Test
    void exitCodesSayHowItWent() {
        assertThat(estran("sql", "SELECT 42", "--format", "csv")).isEqualTo(new Run(0, "42\r\n42\r\n", ""));
        Run failed = estran("sql", "SELECT * FROM nowhere");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).startsWith("TABLE_NOT_FOUND: ").doesNotContain("\tat ");
        assertThat(plain("sql", "SELECT 1", "--format", "xml").code()).isEqualTo(2);
        assertThat(plain("nonsense").code()).isEqualTo(2);
        assertThat(plain().code()).isEqualTo(2);
        assertThat(plain("models").code()).isEqualTo(2);
        assertThat(plain("load").code()).isEqualTo(2);
        Run setting = estran("sql", "SELECT 1", "--set", "no.such=1");
        assertThat(setting.code()).isEqualTo(2);
        assertThat(setting.err()).contains("no.such").doesNotContain("\tat ");
        Run model = estran("sql", "SELECT ai_translate('bonjour','en')");
        assertThat(model.code()).isEqualTo(1);
        assertThat(model.err()).startsWith("NEEDS_MODEL").contains("estran models add");
        for (String planned : List.of("agents", "eval", "ask", "audit", "lake")) {
            Run answer = plain(planned, "list");
            assertThat(answer.code()).as(planned).isEqualTo(1);
            assertThat(answer.err()).as(planned).startsWith("NOT_BUILT");
        }
        assertThat(plain("--help").code()).isZero();
        assertThat(plain("--version").out()).startsWith("estran ");
        for (String odd : List.of("http://127.0.0.1:1", "not a url", "ftp://x", "127.0.0.1:8080")) {
            Run unreachable = plain("sql", "SELECT 1", "--server", odd, "--token", "x");
            assertThat(unreachable.code()).as(odd).isIn(1, 2);
            assertThat(unreachable.err()).as(odd).matches("(?s)[A-Z_]+: .*").doesNotContain("\tat ");
        }
        assertThat(plain("sql", "SELECT 1", "--server", "http://127.0.0.1:1").err())
                .contains("--token");
    }

    @Test
    void aFileOfStatementsRunsInOneSessionAndStopsAtAnError() throws IOException {
        Path file = Files.write(
                root.resolve("some.sql"),
                List.of(
                        "CREATE SCHEMA lake.f; USE lake.f; -- here; not there",
                        "CREATE TABLE t AS SELECT ';' AS a;",
                        "SELECT a FROM t;",
                        "SELECT nope FROM t;",
                        "DROP TABLE t;"));
        Run run = estran("sql", "-f", file.toString(), "--format", "csv", "--quiet");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("a\r\n;\r\n");
        assertThat(run.err()).startsWith("COLUMN_NOT_FOUND");
        assertThat(estran("sql", "SELECT count(*) AS n FROM lake.f.t", "--format", "csv")
                        .out())
                .isEqualTo("n\r\n1\r\n");
        Run none = estran("sql", "-f", root.resolve("none.sql").toString());
        assertThat(none.err()).startsWith("FILE_NOT_FOUND");
        assertThat(estran("sql", "-f", root.toString()).err()).startsWith("FILE_NOT_READABLE");
        Files.write(file, new byte[] {'S', (byte) 0xff, (byte) 0xfe});
        assertThat(estran("sql", "-f", file.toString()).err()).startsWith("FILE_NOT_READABLE");
        assertThat(estran("sql", " ; -- nothing").err()).startsWith("SYNTAX_ERROR");
    }

    @Test
    void loadPreviewsLoadsAndKeepsWhatDoesNotFit() throws IOException {
        Path file = Files.writeString(root.resolve("people.csv"), "id,name\n1,Ana\ntwo,Bo\n3,Cy\n4,Di,extra\n");
        Run preview = estran("load", file.toString(), "--into", "lake.default.people", "--dry-run");
        assertThat(preview.code()).as(preview.err()).isZero();
        assertThat(preview.out()).contains("id").contains("name");
        assertThat(estran("sql", "SHOW TABLES", "--format", "csv").out()).doesNotContain("people");
        Run loaded = estran(
                "load", file.toString(), "--into", "lake.default.people", "--type", "id=INTEGER", "--format", "json");
        assertThat(loaded.code()).as(loaded.err()).isZero();
        assertThat(loaded.out()).contains("rejects");
        assertThat(estran("sql", "SELECT id, name FROM people ORDER BY id", "--format", "csv")
                        .out())
                .isEqualTo("id,name\r\n1,Ana\r\n3,Cy\r\n");
        try (var rejects = Files.walk(data.resolve("rejects"))) {
            String kept =
                    rejects.filter(Files::isRegularFile).map(CliTest::read).reduce("", String::concat);
            assertThat(kept).contains("two,Bo").contains("4,Di,extra");
        }
        Run again = estran("load", file.toString(), "--into", "lake.default.people");
        assertThat(again.err()).startsWith("ALREADY_EXISTS");
        Run strict = estran(
                "load", file.toString(), "--into", "lake.default.strict", "--type", "id=INTEGER", "--max-rejects", "0");
        assertThat(strict.err()).startsWith("TOO_MANY_REJECTS");
        assertThat(estran("load", root.resolve("none.csv").toString(), "--into", "x")
                        .err())
                .startsWith("FILE_NOT_FOUND");
        Run directory = estran("load", root.toString(), "--into", "lake.default.d");
        assertThat(directory.code()).isEqualTo(1);
        assertThat(directory.err()).matches("(?s)FILE_[A-Z_]+: .*").doesNotContain("\tat ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void savedQueriesRunWithParameters() {
        Run typed = estran(
                "sql",
                "SELECT $d + 1 AS d, $n * 2 AS n, $t AS t, $x IS NULL AS x",
                "--format",
                "csv",
                "--param",
                "d:date=2025-02-28",
                "--param",
                "$n=1.25",
                "--param",
                "t:text=007",
                "--param",
                "x:null");
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).isEqualTo("d,n,t,x\r\n2025-03-01,2.50,007,true\r\n");
        Run hostile = estran("sql", "SELECT $t AS t", "--format", "json", "--param", "t='; DROP TABLE x; -- $$ =");
        assertThat(hostile.out().strip()).isEqualTo("{\"t\":\"'; DROP TABLE x; -- $$ =\"}");
        for (String wrong : List.of("n", "n:date", "=1", "a b=1", "")) {
            Run refused = estran("sql", "SELECT 1", "--param", wrong);
            assertThat(refused.code()).as(wrong).isEqualTo(1);
            assertThat(refused.err()).startsWith("INVALID_ARGUMENT").contains("name=value");
        }
        assertThat(estran("sql", "SELECT $n").err())
                .startsWith("PARAMETER_MISSING")
                .contains("--param n=");
        assertThat(estran("sql", "--saved", "none").err()).startsWith("QUERY_NOT_FOUND");
        assertThat(estran("sql", "SELECT 1", "--saved", "none").err()).startsWith("INVALID_ARGUMENT");
        try (TestingPlatform testing = TestingPlatform.on(data)) {
            var parameters = Map.of(
                    "since",
                    new QueryParameter("DATE", true, "2025-01-01"),
                    "n",
                    new QueryParameter("BIGINT", false, null));
            testing.platform()
                    .savedQueries()
                    .create(
                            Caller.OWNER,
                            new QueryDraft("Two", "SELECT $since AS s; SELECT $n + 1 AS n", parameters, null));
        }
        assertThat(estran("sql", "--saved", "Two", "--format", "csv", "--param", "n=1")
                        .out())
                .isEqualTo("s\r\n2025-01-01\r\nn\r\n2\r\n");
        assertThat(estran("sql", "--saved", "Two", "--param", "n=1", "--param", "since=soon")
                        .err())
                .startsWith("CONVERSION_FAILED")
                .contains("$since");
    }

    @Test
    void modelsAreAddedTestedListedAndRemoved() {
        try (ModelSimulator simulator = ModelSimulator.start(ModelSimulator.Options.defaults())) {
            String url = simulator.url() + "/v1";
            Run added = estran("models", "add", "small", "--url", url, "--price", "0.40/1.60/eur");
            assertThat(added.code()).as(added.err()).isZero();
            assertThat(added.out()).contains("Created endpoint small");
            Run test = estran("models", "test", "small");
            assertThat(test.code()).as(test.err()).isZero();
            assertThat(test.out()).contains("1 row").contains("1 call");
            Run list = estran("models", "list");
            assertThat(list.out()).contains("small").contains("ai_mask").doesNotContain("\u001b");
            Run translated = estran("sql", "SELECT ai_translate('bonjour', 'en') AS t", "--format", "csv");
            assertThat(translated.code()).as(translated.err()).isZero();
            assertThat(estran("models", "add", "bad", "--url", url, "--price", "cheap")
                            .err())
                    .startsWith("INVALID_ARGUMENT")
                    .contains("0.40/1.60/EUR");
            assertThat(estran("models", "add", "bad", "--url", "nonsense").code())
                    .isEqualTo(1);
            Run keyless = estran("models", "add", "keyed", "--url", url, "--key-env", "ESTRAN_TEST_NO_SUCH_KEY");
            assertThat(keyless.code()).as(keyless.err()).isZero();
            Run secret = estran("models", "test", "keyed");
            assertThat(secret.err()).startsWith("SECRET_NOT_FOUND").contains("ESTRAN_TEST_NO_SUCH_KEY");
            assertThat(estran("models", "remove", "small").code()).isZero();
            assertThat(estran("models", "remove", "small").err()).startsWith("ENDPOINT_NOT_FOUND");
            assertThat(estran("models", "list", "--format", "csv").out()).doesNotContain("small");
        }
        Run gone = estran("models", "test", "nobody");
        assertThat(gone.err()).startsWith("ENDPOINT_NOT_FOUND").contains("models add");
    }

    @Test
    void commandsFindTheServerOfTheirDirectoryAndSayTheSame() throws Exception {
        List<String[]> commands = List.of(
                new String[] {"sql", MIXED, "--format", "csv"},
                new String[] {"sql", MIXED, "--format", "json"},
                new String[] {"sql", "SELECT * FROM range(25000)", "--format", "csv"},
                new String[] {
                    "sql", "SELECT 0.1::FLOAT, 1e300, 'NaN'::DOUBLE, [1, NULL], {'a': 1.50}", "--format", "json"
                },
                new String[] {"sql", "SELECT * FROM nowhere"},
                new String[] {"sql", "SELECT 1 +"},
                new String[] {"sql", "SELECT ai_translate('bonjour','en')"},
                new String[] {"sql", "SHOW TABLES; SELECT 2", "--format", "csv"},
                new String[] {"load", "/no/such.csv", "--into", "x"},
                new String[] {"load", root.toString(), "--into", "lake.default.d"},
                new String[] {"sql", "SELECT '" + "x".repeat(5_000_000) + "'", "--format", "csv"},
                new String[] {"models", "test", "nobody"});
        List<Run> local = commands.stream().map(this::estran).toList();
        Files.createDirectories(data);
        Files.writeString(data.resolve("estran.properties"), "http.port=0\n");
        try (TestingPlatform server = TestingPlatform.start(Map.of("http.port", "0"))) {
            server.platform().serve();
            data = server.directory();
            for (int i = 0; i < commands.size(); i++) {
                assertThat(estran(commands.get(i)))
                        .as(String.join(" ", commands.get(i)).substring(0, 5))
                        .isEqualTo(local.get(i));
            }
            Path file = Files.writeString(root.resolve("up.csv"), "id,name\n1,Ana\n");
            Run loaded = estran("load", file.toString(), "--into", "lake.default.up");
            assertThat(loaded.code()).as(loaded.err()).isZero();
            assertThat(estran("sql", "SELECT * FROM up", "--format", "csv").out())
                    .isEqualTo("id,name\r\n1,Ana\r\n");
            Run doctor = estran("doctor");
            assertThat(doctor.code()).as(doctor.out()).isZero();
            assertThat(doctor.out()).contains("runs, server http://127.0.0.1:");
            Run second = estran("up", "--port", "0");
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).startsWith("DATA_DIRECTORY_IN_USE");
        }
    }

    @Test
    void aKilledServerDoesNotDisturbWhatComesNext() throws Exception {
        Process up = ChildJvm.start(List.of(), Main.class, "up", "--port", "0", "--data", data.toString());
        try (BufferedReader lines = up.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Estran is ready on http://127.0.0.1:")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            assertThat(estran("sql", "CREATE TABLE kept AS SELECT 7 AS a").code())
                    .isZero();
            up.toHandle().destroyForcibly();
            up.waitFor();
        } finally {
            up.destroyForcibly();
        }
        assertThat(data.resolve("server.json")).as("what the dead server left").exists();
        Run after = estran("sql", "SELECT a FROM kept", "--format", "csv");
        assertThat(after).isEqualTo(new Run(0, "a\r\n7\r\n", ""));
        Files.writeString(data.resolve("server.json"), "{\"port\": 1, \"tok");
        assertThat(estran("sql", "SELECT a FROM kept", "--format", "csv").out()).isEqualTo("a\r\n7\r\n");
        Process again = ChildJvm.start(List.of(), Main.class, "up", "--port", "0", "--data", data.toString());
        try (BufferedReader lines = again.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Estran is ready")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            again.destroy(); // as Ctrl-C does
            assertThat(again.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            assertThat(data.resolve("server.json")).doesNotExist();
        } finally {
            again.destroyForcibly();
        }
    }

    @Test
    void theDoctorLooksWithoutHarm() throws IOException {
        Run fresh = estran("doctor");
        assertThat(fresh.code()).as(fresh.out()).isZero();
        assertThat(fresh.out()).contains("Everything checked is in order").contains("ai_mask");
        Path file = Files.writeString(root.resolve("file"), "x");
        data = file;
        Run wrong = estran("doctor");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).contains("FAIL").doesNotContain("\tat ");
        Run sql = estran("sql", "SELECT 1");
        assertThat(sql.code()).isEqualTo(2);
        assertThat(sql.err()).matches("(?s)[A-Z_]+: .*").doesNotContain("\tat ");
    }
}
