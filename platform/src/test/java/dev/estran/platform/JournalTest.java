package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.lake.ChildJvm;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was run and decided is on record: after a crash, through a flush, and while others write. */
class JournalTest {

    private static final String COUNT_MARKED =
            "SELECT count(*), count(DISTINCT statement_id) FROM system.query.history WHERE statement LIKE 'SELECT % AS"
                    + " marked'";

    @Test
    void aFlushMovesRecordsOnceHoweverOftenItIsInterrupted(@TempDir Path root) throws IOException {
        Path journal = root.resolve("data").resolve("journal");
        Path saved = Files.createDirectories(root.resolve("saved"));
        try (TestingPlatform estran = TestingPlatform.on(root.resolve("data"))) {
            for (int i = 0; i < 5; i++) {
                estran.run("SELECT " + i + " AS marked");
            }
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[5,5]");
            for (Path segment : segments(journal, "history")) {
                Files.copy(segment, saved.resolve(segment.getFileName()));
            }
            estran.platform().journalTables().flush(true, 0);
            assertThat(estran.rows(COUNT_MARKED)).as("committed, not discarded").containsExactly("[5,5]");
            estran.run("SELECT 5 AS marked");
            estran.platform().journalTables().flush(true, 0);
            estran.platform().journalTables().flush(true, 0);
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[6,6]");
        }
        // As if the process had died between the commit and the deletion of the segments.
        for (Path segment : segments(saved, "history")) {
            Files.copy(segment, journal.resolve(segment.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        try (TestingPlatform estran = TestingPlatform.on(root.resolve("data"))) {
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[6,6]");
            estran.platform().journalTables().flush(true, 0);
            estran.run("SELECT 6 AS marked");
            estran.platform().journalTables().flush(true, 0);
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[7,7]");
        }
    }

    @Test
    void aLineCutOffByACrashIsDropped(@TempDir Path data) throws Exception {
        try (TestingPlatform estran = TestingPlatform.on(data)) {
            estran.run("CREATE TABLE torn AS SELECT 1 AS a");
            estran.run("SELECT 1 AS marked");
        }
        for (String type : List.of("history", "audit", "usage")) {
            for (Path segment : segments(data.resolve("journal"), type)) {
                Files.writeString(segment, "{\"seq\":9999,\"statement_id\":\"st_to", StandardOpenOption.APPEND);
            }
        }
        try (TestingPlatform estran = TestingPlatform.on(data)) {
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[1,1]");
            estran.run("SELECT * FROM torn");
            chainIsUnbroken(estran);
            estran.platform().journalTables().flush(true, 0);
            estran.run("SELECT a FROM torn");
            chainIsUnbroken(estran);
        }
        try (TestingPlatform estran = TestingPlatform.on(data)) {
            estran.platform().journalTables().flush(true, 0);
            estran.platform().journalTables().flush(true, 0);
            estran.run("SELECT a FROM torn");
            chainIsUnbroken(estran);
        }
    }

    @Test
    void systemTablesAreWholeWhileOthersWriteAndFlush() throws InterruptedException {
        try (TestingPlatform estran = TestingPlatform.start()) {
            estran.run("CREATE TABLE busy (thread INTEGER, i INTEGER)");
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 20; t++) {
                int thread = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = 0; i < 3; i++) {
                            estran.run("SELECT " + thread * 10 + i + " AS marked");
                            if (thread % 5 == 0) {
                                estran.run("INSERT INTO busy VALUES (" + thread + ", " + i + ")");
                            }
                        }
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                }));
            }
            long seen = 0;
            while (threads.stream().anyMatch(Thread::isAlive)) {
                estran.platform().journalTables().flush(true, 0);
                String counts = estran.rows(COUNT_MARKED).getFirst();
                long[] parts = Stream.of(
                                counts.substring(1, counts.length() - 1).split(",", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
                assertThat(parts[0]).as(counts).isEqualTo(parts[1]).isGreaterThanOrEqualTo(seen);
                seen = parts[0];
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(estran.rows(COUNT_MARKED)).containsExactly("[60,60]");
            assertThat(estran.rows("SELECT count(*), count(DISTINCT (thread, i)) FROM busy"))
                    .containsExactly("[12,12]");
            assertThat(estran.rows(
                            "SELECT DISTINCT state FROM system.query.history WHERE statement LIKE '% AS marked'"))
                    .containsExactly("[\"FINISHED\"]");
        }
    }

    @Test
    void failedAndCancelledStatementsAreRecorded() {
        try (TestingPlatform estran = TestingPlatform.start()) {
            estran.attempt(SqlRequest.of("SELECT nope FROM (SELECT 1 AS a)"));
            String id = estran.platform()
                    .sql()
                    .submit(
                            Caller.OWNER,
                            SqlRequest.of("SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range *"
                                    + " b.range = 7"));
            estran.platform().sql().cancel(Caller.OWNER, id);
            StatementStatus cancelled = estran.await(id);
            assertThat(cancelled.state()).isEqualTo(StatementStatus.State.CANCELLED);
            assertThat(estran.rows(
                            "SELECT state, error_code, ended_at IS NOT NULL FROM system.query.history WHERE state"
                                    + " IN ('FAILED', 'CANCELLED') ORDER BY state"))
                    .containsExactly("[\"CANCELLED\",\"CANCELLED\",true]", "[\"FAILED\",\"COLUMN_NOT_FOUND\",true]");
            assertThat(estran.rows("SELECT state FROM system.query.history WHERE statement LIKE '%query.history%' AND"
                            + " state = 'RUNNING'"))
                    .as("the statement that looks sees itself")
                    .hasSize(1);
        }
    }

    @Test
    void aSecretThatWasWrittenOutIsInNoFile(@TempDir Path data) throws IOException {
        String secret = "sk-4f9aQ7";
        List<String> forms = List.of(
                "secret => '" + secret + "'",
                "SECRET = '" + secret + "'",
                "\"secret\" => '" + secret + "'",
                "secret => 'x''" + secret + "'",
                "secret => $$" + secret + "$$",
                "secret => $q$" + secret + "$q$",
                "secret /* the key */ => '" + secret + "'",
                "secret => -- here\n '" + secret + "'",
                "api_key => '" + secret + "'",
                "key => '" + secret + "'",
                "token => '" + secret + "'",
                "secret => '" + secret,
                "secret '" + secret + "'",
                "secret => " + secret);
        try (TestingPlatform estran = TestingPlatform.on(data)) {
            for (String form : forms) {
                StatementStatus status =
                        estran.attempt(SqlRequest.of("CREATE CONNECTION c WITH (provider => 'openai_compatible', url =>"
                                + " 'http://127.0.0.1:9/v1', " + form + ")"));
                assertThat(status.error()).as(form).isNotNull();
            }
            StatementStatus url = estran.attempt(
                    SqlRequest.of("CREATE CONNECTION c WITH (provider => 'openai_compatible', url => 'https://u:"
                            + secret + "@x/v1')"));
            assertThat(url.error()).isNotNull();
            estran.run("CREATE CONNECTION good WITH (provider => 'openai_compatible', url => 'http://127.0.0.1:9/v1',"
                    + " secret => 'env:SOME_KEY')");
            assertThat(estran.rows("SELECT count(*) FROM system.query.history WHERE statement LIKE '%env:SOME_KEY%' AND"
                            + " statement LIKE 'CREATE%'"))
                    .containsExactly("[1]");
            estran.platform().journalTables().flush(true, 0);
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void aKilledProcessLeavesTablesHistoryAndAuditWhole(@TempDir Path root) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path data = root.resolve("data");
        try (TestingPlatform estran = TestingPlatform.on(data)) {
            estran.run("CREATE TABLE crash AS SELECT range AS id, 0 AS n FROM range(4)");
        }
        long ended = 0;
        for (int round = 0; round < 2; round++) {
            String seen = "seed " + seed + ", round " + round;
            long acknowledged = runUntilKilled(data, 3 + random.nextInt(3), random.nextInt(80));
            ended += acknowledged;
            try (TestingPlatform estran = TestingPlatform.on(data)) {
                List<String> sums = estran.rows("SELECT count(*), min(n), max(n) FROM crash WHERE id < 4");
                assertThat(sums).as(seen).hasSize(1);
                String[] parts = sums.getFirst().replaceAll("[\\[\\]]", "").split(",", -1);
                assertThat(parts[1])
                        .as(seen + ": an UPDATE of all rows is whole")
                        .isEqualTo(parts[2]);
                assertThat(Long.parseLong(parts[1])).as(seen).isBetween(ended / 2, ended / 2 + 1 + round);
                assertThat(estran.rows("DESCRIBE HISTORY crash").size())
                        .as(seen)
                        .isBetween((int) ended + 1, (int) ended + 2 + round);
                String finished = estran.rows("SELECT count(*) FROM system.query.history WHERE state = 'FINISHED' AND"
                                + " (statement LIKE 'UPDATE crash%' OR statement LIKE 'INSERT INTO crash%')")
                        .getFirst();
                assertThat(Long.parseLong(finished.replaceAll("\\D", "")))
                        .as(seen + ": all that was answered is recorded")
                        .isGreaterThanOrEqualTo(ended);
                chainIsUnbroken(estran);
                if (round == 0) {
                    estran.platform().journalTables().flush(true, 0);
                }
            }
        }
    }

    private static long runUntilKilled(Path data, int statements, int millis) throws Exception {
        Process child = ChildJvm.start(List.of(), ChangeForever.class, data.toString());
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            long answered = 0;
            List<String> said = new ArrayList<>();
            while (answered < statements) {
                String line = lines.readLine();
                said.add(line);
                assertThat(line).as("the child ended: " + said).isNotNull();
                answered += line.equals("answered") ? 1 : 0;
            }
            child.waitFor(millis, TimeUnit.MILLISECONDS);
            child.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answered += line.equals("answered") ? 1 : 0;
            }
            return answered;
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
    }

    /** The child: changes rows until it is killed, and says when a statement was answered. */
    static final class ChangeForever {

        private ChangeForever() {}

        public static void main(String[] arguments) {
            try (TestingPlatform estran = TestingPlatform.on(Path.of(arguments[0]))) {
                for (int i = 0; i < 100_000; i++) {
                    estran.run(
                            i % 2 == 0
                                    ? "UPDATE crash SET n = n + 1 WHERE id < 4"
                                    : "INSERT INTO crash VALUES (100, 0)");
                    System.out.println("answered");
                    System.out.flush();
                }
            }
        }
    }

    /** Follows the hash chain through the table and the segments that are not in it yet. */
    private static void chainIsUnbroken(TestingPlatform estran) throws Exception {
        List<String> sequence = estran.rows("SELECT count(*), min(seq), max(seq), count(DISTINCT seq), count(DISTINCT"
                + " prev) FROM system.access.audit");
        String[] counts = sequence.getFirst().replaceAll("[\\[\\]]", "").split(",", -1);
        assertThat(counts)
                .as("numbered without a gap")
                .containsExactly(counts[0], "1", counts[0], counts[0], counts[0]);
        String hash = null;
        for (Path segment : segments(estran.directory().resolve("journal"), "audit")) {
            for (String line : Files.readAllLines(segment)) {
                JsonNode record = new ObjectMapper().readTree(line);
                if (hash != null) {
                    assertThat(record.path("prev").asText()).as(line).isEqualTo(hash);
                }
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
                hash = HexFormat.of().formatHex(digest);
            }
        }
    }

    private static List<Path> segments(Path directory, String type) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(type + "-\\d+\\.ndjson"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anErrorNamesWhatWasRunWithoutItsRows() {
        try (TestingPlatform estran = TestingPlatform.start()) {
            estran.attempt(SqlRequest.of("SELECT CAST('not a number' AS INTEGER)"));
            assertThat(estran.rows("SELECT error_code FROM system.query.history WHERE state = 'FAILED'"))
                    .containsExactly("[\"" + ErrorCode.CONVERSION_FAILED + "\"]");
        }
    }
}
