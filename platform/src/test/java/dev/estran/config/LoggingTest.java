package dev.estran.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class LoggingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("unset");

    @AfterEach
    void restore() throws IOException {
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void oneRecordIsOneLineOfJson() throws IOException {
        LogRecord record = new LogRecord(Level.WARNING, "a \"quoted\" {0}\n{\"level\":\"forged\"}");
        record.setParameters(new Object[] {"value"});
        record.setLoggerName("dev.estran.sql");
        record.setInstant(Instant.parse("2026-03-01T10:00:00.007Z"));
        record.setThrown(new IllegalStateException("first", new IOException("below")));

        String line = new JsonLogFormatter().format(record);

        assertThat(line.strip()).doesNotContain("\n");
        JsonNode json = JSON.readTree(line);
        assertThat(json.get("time").asText()).isEqualTo("2026-03-01T10:00:00.007Z");
        assertThat(json.get("level").asText()).isEqualTo("warn");
        assertThat(json.get("logger").asText()).isEqualTo("dev.estran.sql");
        assertThat(json.get("message").asText()).startsWith("a \"quoted\" ").contains("\n");
        assertThat(json.get("thread").asText()).isEqualTo(Thread.currentThread().getName());
        assertThat(json.at("/error/type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.at("/error/stack").toString()).contains("caused by java.io.IOException: below");
    }

    @Test
    void longMessagesAndEndlessCausesAreCut() throws IOException {
        Throwable error = new IllegalStateException("x".repeat(100_000));
        for (int i = 0; i < 1000; i++) {
            error = new IllegalStateException("level " + i, error);
        }
        LogRecord record = new LogRecord(Level.SEVERE, "y".repeat(1_000_000));
        record.setThrown(error);

        String line = new JsonLogFormatter().format(record);

        assertThat(line.length()).isLessThan(40_000);
        assertThat(JSON.readTree(line).get("message").asText()).endsWith("characters cut]");
    }

    @Test
    void theFileKeepsRecordsFromItsLevelOn() throws IOException {
        Path file = folder.resolve("logs").resolve("50%done.log");
        Logging.configure(file, Level.INFO);

        LoggerFactory.getLogger("dev.estran.x").info("kept {}", 1);
        LoggerFactory.getLogger("dev.estran.x").debug("too fine");
        LoggerFactory.getLogger("org.apache.iceberg.util.Tasks").warn("retried");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1);
        assertThat(JSON.readTree(lines.getFirst()).get("message").asText()).isEqualTo("kept 1");
    }

    @Test
    void theFileIsRotatedAndOldOnesAreDeleted() throws IOException {
        Path file = folder.resolve("estran.log");
        RotatingFileHandler handler = new RotatingFileHandler(file, 1_000, 3);
        handler.setFormatter(new JsonLogFormatter());
        for (int i = 0; i < 100; i++) {
            handler.publish(new LogRecord(Level.INFO, "record " + i));
        }
        handler.close();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("estran.log", "estran.log.1", "estran.log.2");
        }
        assertThat(Files.readString(file)).contains("record 99");
        assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
        assertThat(Files.size(folder.resolve("estran.log.1"))).isLessThanOrEqualTo(1_000);
    }

    @Test
    void theConsoleIsPlainAndWithoutStacks() {
        LogRecord record = new LogRecord(Level.WARNING, "the file is old");
        record.setThrown(new IOException("gone"));
        assertThat(new Logging.PlainFormatter().format(record).strip())
                .isEqualTo("warning: the file is old (IOException: gone)");
    }

    @Test
    void aLogFileThatCannotBeWrittenSaysWhatToDo() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> Logging.configure(blocked.resolve("estran.log"), Level.INFO))
                .isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
                    assertThat(e.text()).contains("estran.log").contains("--data");
                });
    }
}
