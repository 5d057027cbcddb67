package dev.estran.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.config.Config;
import dev.estran.config.Settings;
import dev.estran.lake.VersionSelector;
import dev.estran.load.LoadRequest;
import dev.estran.platform.Platform;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.StatementStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The platform in this process, on a data directory that is deleted afterwards. */
final class OwnPlatform implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 900_000;
    private static final int PAGE = 10_000;

    private final WorkDirectory directory;
    private final Config config;
    private final Platform platform;

    private OwnPlatform(WorkDirectory directory, Config config) {
        this.directory = directory;
        this.config = config;
        this.platform = Platform.start(config);
    }

    static OwnPlatform start(int threads) throws IOException {
        WorkDirectory directory = WorkDirectory.create();
        try {
            return new OwnPlatform(
                    directory,
                    Config.load(
                            directory.path(), Map.of(), Map.of(Settings.SQL_THREADS.key(), String.valueOf(threads))));
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Config config() {
        return config;
    }

    /** Runs a statement, takes every page of its result, and forgets it. */
    Answer run(String sql) throws InterruptedException {
        String id = platform.sql().submit(Caller.OWNER, SqlRequest.of(sql));
        StatementStatus status = await(id);
        List<String> pages = new ArrayList<>();
        for (long offset = 0; offset < status.rows(); offset += PAGE) {
            pages.add(platform.sql().rows(Caller.OWNER, id, offset, PAGE));
        }
        return new Answer(status, pages);
    }

    void discard(Answer answer) {
        platform.sql().discard(Caller.OWNER, answer.status().id());
    }

    private StatementStatus await(String id) throws InterruptedException {
        StatementStatus status = platform.sql().await(Caller.OWNER, id, PATIENCE_MILLIS);
        EstranException error = status.error();
        if (error != null) {
            throw error;
        }
        if (!status.state().ended()) {
            throw new IllegalStateException(id + " did not end in " + PATIENCE_MILLIS + " ms");
        }
        return status;
    }

    /** Imports a file as a new table. */
    void load(Path file, String table) throws InterruptedException {
        await(platform.load()
                .submit(Caller.OWNER, LoadRequest.of(file, file.getFileName().toString(), Map.of("table", table))));
    }

    /** The data files of a table as it is now. */
    List<Path> files(TableName table) {
        return platform.lake()
                .tables()
                .load(Caller.OWNER, table, VersionSelector.LATEST)
                .files();
    }

    /** @param pages the rows as JSON, without the outer brackets */
    record Answer(StatementStatus status, List<String> pages) {

        List<List<String>> rows() throws JsonProcessingException {
            List<List<String>> rows = new ArrayList<>();
            for (String page : pages) {
                for (JsonNode row : JSON.readTree("[" + page + "]")) {
                    List<String> values = new ArrayList<>();
                    row.forEach(value -> values.add(value.asText()));
                    rows.add(values);
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            platform.close();
        } finally {
            directory.close();
        }
    }
}
