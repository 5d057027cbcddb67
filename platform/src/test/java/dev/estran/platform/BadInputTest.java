package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.lake.ChildJvm;
import dev.estran.sql.SqlRequest;
import dev.estran.testing.Fault;
import dev.estran.testing.ModelSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is said with a code and a next step, and nothing is lost. */
class BadInputTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of("ai.attempts", "1", "ai.timeout_ms", "2000"));
        estran.run("CREATE TABLE kept AS SELECT range AS id, 'Appelez le 06 12 34 56 7' || range AS body FROM"
                + " range(3)");
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    /** Asserts code and words of the message, and that the table is as it was. */
    private static void refused(String sql, ErrorCode code, String... words) {
        List<String> rows = estran.rows("SELECT * FROM kept ORDER BY id");
        List<String> versions = estran.rows("DESCRIBE HISTORY kept");
        EstranException error = estran.attempt(SqlRequest.of(sql)).error();
        String shown = sql.length() > 100 ? sql.substring(0, 100) : sql;
        assertThat(error).as(shown).isNotNull();
        Objects.requireNonNull(error);
        assertThat(error.code()).as("%s: %s", shown, error).isEqualTo(code);
        assertThat(List.of(words))
                .as("%s: %s", shown, error)
                .allMatch(word -> error.text().contains(word));
        assertThat(error.text()).as(shown).doesNotContain("Exception:", "\tat ", "__t0", "__r");
        assertThat(estran.rows("SELECT * FROM kept ORDER BY id")).as(shown).isEqualTo(rows);
        assertThat(estran.rows("DESCRIBE HISTORY kept")).as(shown).isEqualTo(versions);
    }

    @Test
    void statementsThatAreNotEstrans() {
        refused("COPY kept TO '/tmp/x.csv'", ErrorCode.STATEMENT_NOT_SUPPORTED, "estran load");
        refused("COPY kept FROM '/etc/passwd'", ErrorCode.STATEMENT_NOT_SUPPORTED, "estran load");
        refused("ATTACH '/tmp/other.db' AS o", ErrorCode.STATEMENT_NOT_SUPPORTED, "ATTACH");
        refused("INSTALL httpfs", ErrorCode.STATEMENT_NOT_SUPPORTED, "INSTALL");
        refused("LOAD httpfs", ErrorCode.STATEMENT_NOT_SUPPORTED, "LOAD");
        refused("PRAGMA database_list", ErrorCode.STATEMENT_NOT_SUPPORTED, "PRAGMA");
        refused("EXPORT DATABASE '/tmp/x'", ErrorCode.STATEMENT_NOT_SUPPORTED, "EXPORT");
        refused("SET enable_external_access = true", ErrorCode.INVALID_ARGUMENT, "enable_external_access");
        refused("SELECT 1; DELETE FROM kept", ErrorCode.MULTIPLE_STATEMENTS, "one at a time");
        refused("DELETE FROM kept; SELECT 1", ErrorCode.MULTIPLE_STATEMENTS, "2 statements");
        refused("MERGE INTO kept USING kept k ON true WHEN MATCHED THEN DELETE", ErrorCode.NOT_BUILT, "planned");
        refused("DELETE kept", ErrorCode.SYNTAX_ERROR, "FROM");
        refused("", ErrorCode.SYNTAX_ERROR, "no statement");
        refused("SELECT 'unterminated", ErrorCode.SYNTAX_ERROR);
        refused("SELECT \0 1", ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void filesAreNotReachedByQueries() {
        for (String call : List.of(
                "read_parquet('/etc/passwd')",
                "read_csv('/etc/passwd')",
                "read_text('/etc/passwd')",
                "read_blob('/etc/passwd')",
                "read_json('/etc/passwd')",
                "glob('/etc/*')",
                "parquet_metadata('/etc/passwd')",
                "sniff_csv('/etc/passwd')",
                "duckdb_settings()",
                "duckdb_secrets()")) {
            refused("SELECT * FROM " + call, ErrorCode.FUNCTION_NOT_ALLOWED, call.substring(0, call.indexOf('(')));
            refused("INSERT INTO kept SELECT 1, 'x' FROM " + call, ErrorCode.FUNCTION_NOT_ALLOWED);
            refused("DELETE FROM kept WHERE id IN (SELECT 1 FROM " + call + ")", ErrorCode.FUNCTION_NOT_ALLOWED);
        }
        refused("SELECT getenv('HOME')", ErrorCode.FUNCTION_NOT_ALLOWED, "getenv");
        for (String name : List.of("'/etc/passwd'", "\"/etc/passwd\"", "'kept.csv'", "'s3://bucket/x.parquet'")) {
            EstranException error =
                    estran.attempt(SqlRequest.of("SELECT * FROM " + name)).error();
            assertThat(error).as(name).isNotNull();
            Objects.requireNonNull(error);
            assertThat(error.code()).as("%s", error).isIn(ErrorCode.TABLE_NOT_FOUND, ErrorCode.RESERVED_NAME);
        }
    }

    @Test
    void namesThatAreNotThere() {
        refused("SELECT idd FROM kept", ErrorCode.COLUMN_NOT_FOUND, "idd", "id");
        refused("UPDATE kept SET boddy = 'x'", ErrorCode.COLUMN_NOT_FOUND, "boddy", "body");
        refused("SELECT * FROM kpt", ErrorCode.TABLE_NOT_FOUND, "kpt", "kept");
        refused("SELECT no_such_function(1)", ErrorCode.FUNCTION_NOT_ALLOWED, "no_such_function");
        refused("SELECT * FROM nowhere.kept", ErrorCode.TABLE_NOT_FOUND, "nowhere");
        refused("SELECT * FROM no.such.kept", ErrorCode.TABLE_NOT_FOUND, "no");
    }

    @Test
    void theRecordsOfWhatWasDoneAreNotForWriting() {
        estran.platform().journalTables().flush(true, 0);
        refused("INSERT INTO system.query.history SELECT * FROM system.query.history", ErrorCode.RESERVED_NAME);
        refused("DELETE FROM system.access.audit", ErrorCode.RESERVED_NAME);
        refused("UPDATE system.access.audit SET caller = 'x'", ErrorCode.RESERVED_NAME);
        refused("TRUNCATE TABLE system.access.audit", ErrorCode.RESERVED_NAME);
        refused("ALTER TABLE system.access.audit DROP COLUMN caller", ErrorCode.RESERVED_NAME);
        refused("CREATE OR REPLACE TABLE system.access.audit AS SELECT 1 AS a", ErrorCode.RESERVED_NAME);
        refused("DROP SCHEMA system.access CASCADE", ErrorCode.RESERVED_NAME);
        refused("DROP TABLE system.query.history", ErrorCode.RESERVED_NAME);
        refused("CREATE TABLE lake.information_schema.t AS SELECT 1 AS a", ErrorCode.RESERVED_NAME);
    }

    @Test
    void aHugeStatementIsRefusedBeforeItIsRead() {
        EstranException error = null;
        try {
            estran.run("SELECT '" + "x".repeat(50 << 20) + "'");
        } catch (EstranException e) {
            error = e;
        }
        assertThat(error).isNotNull();
        Objects.requireNonNull(error);
        assertThat(error.code()).isEqualTo(ErrorCode.STATEMENT_TOO_LARGE);
        assertThat(error.text()).contains("estran load").hasSizeLessThan(300);
        refused("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000), ErrorCode.SYNTAX_ERROR);
        assertThat(estran.rows("SELECT 1 IN (" + "7, ".repeat(100_000) + "1)")).containsExactly("[true]");
    }

    @Test
    void aModelThatCannotBeReachedOrAnswersNonsense() {
        estran.run("CREATE CONNECTION dead WITH (provider => 'openai_compatible', url => 'http://127.0.0.1:1/v1')");
        estran.run("CREATE ENDPOINT dead WITH (served => [{'connection': 'dead', 'model': 'm', 'weight': 1}])");
        refused("SELECT ai_query('dead', 'hello')", ErrorCode.MODEL_FAILED, "MODEL_UNREACHABLE", "dead");
        refused("UPDATE kept SET body = ai_query('dead', body)", ErrorCode.MODEL_FAILED, "MODEL_UNREACHABLE");
        refused("INSERT INTO kept SELECT 9, ai_query('dead', 'x')", ErrorCode.MODEL_FAILED, "MODEL_UNREACHABLE");
        assertThat(estran.rows("SELECT state, error_code = 'MODEL_FAILED' FROM"
                        + " system.query.history WHERE statement LIKE 'UPDATE kept SET body = ai_query%'"))
                .containsExactly("[\"FAILED\",true]");
        try (ModelSimulator simulator = ModelSimulator.start(ModelSimulator.Options.defaults())) {
            estran.run("CREATE CONNECTION mad WITH (provider => 'openai_compatible', url => '" + simulator.url()
                    + "/v1')");
            estran.run("CREATE ENDPOINT mad WITH (served => [{'connection': 'mad', 'model': 'm', 'weight': 1}])");
            simulator.putFaults(Fault.share(Fault.Kind.NONSENSE, 1));
            EstranException error = estran.attempt(
                            SqlRequest.of("UPDATE kept SET body = ai_classify(body, ['spam', 'ham'], model => 'mad')"))
                    .error();
            assertThat(error).isNotNull();
            Objects.requireNonNull(error);
            assertThat(error.code()).as("%s", error).isIn(ErrorCode.MODEL_FAILED, ErrorCode.MODEL_ANSWER_INVALID);
            assertThat(estran.rows("SELECT count(*) FROM kept WHERE body LIKE 'Appelez%'"))
                    .containsExactly("[3]");
        }
    }

    /** Needs a mount of its own, as root or in a user namespace. */
    @Test
    void aFullDiskFailsTheStatementAndNothingElse(@TempDir Path root) throws Exception {
        Path disk = Files.createDirectories(root.resolve("disk"));
        String mount = "mount -t tmpfs -o size=96m tmpfs " + disk;
        int allowed =
                new ProcessBuilder("unshare", "-rm", "sh", "-c", mount).start().waitFor();
        Assumptions.assumeTrue(allowed == 0, "no mount namespaces here");
        Process child = ChildJvm.start(
                List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"),
                FillDisk.class,
                disk.toString());
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("all as expected");
    }

    /** The child: inserts until the disk is full, makes room, and goes on. */
    static final class FillDisk {

        private FillDisk() {}

        public static void main(String[] arguments) throws IOException {
            Path disk = Path.of(arguments[0]);
            Path filler = disk.resolve("filler");
            int full = 0;
            try (TestingPlatform estran = TestingPlatform.on(disk.resolve("data"))) {
                estran.run("CREATE TABLE t AS SELECT 0 AS n, 'x' AS body");
                long committed = 1;
                for (int room : List.of(4_000_000, 400_000, 60_000, 20_000, 4_096, 0)) {
                    fill(filler, disk, room);
                    EstranException error = estran.attempt(SqlRequest.of(
                                    "INSERT INTO t SELECT 1, (random() * 1e15)::VARCHAR FROM range(100000)"))
                            .error();
                    Files.delete(filler);
                    List<String> count = estran.rows("SELECT count(*) FROM t");
                    if (error == null) {
                        committed += 100_000;
                    } else {
                        assertThat(error.code()).as("room %s: %s", room, error).isEqualTo(ErrorCode.STORAGE_FULL);
                        full++;
                        // With no room for the record of it, a commit may be there without an answer.
                        if (count.equals(List.of("[" + (committed + 100_000) + "]"))) {
                            committed += 100_000;
                        }
                    }
                    assertThat(count).as("room " + room).containsExactly("[" + committed + "]");
                }
                estran.run("INSERT INTO t VALUES (2, 'after')");
                assertThat(estran.rows("SELECT count(*) FROM t")).containsExactly("[" + (committed + 1) + "]");
            }
            try (TestingPlatform estran = TestingPlatform.on(disk.resolve("data"))) {
                assertThat(estran.rows("SELECT body FROM t WHERE n = 2")).containsExactly("[\"after\"]");
            }
            assertThat(full).as("statements that found the disk full").isGreaterThan(2);
            System.out.println("all as expected");
        }

        private static void fill(Path filler, Path disk, long room) throws IOException {
            long bytes = Files.getFileStore(disk).getUsableSpace() - room;
            byte[] page = new byte[4096];
            try (var out = Files.newOutputStream(filler)) {
                for (long written = 0; written + page.length <= bytes; written += page.length) {
                    out.write(page);
                }
            }
        }
    }
}
