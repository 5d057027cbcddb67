package dev.estran.load;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.Lake;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.StatementHandler.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo company: files beside the launcher that become tables of {@code lake.demo}. Thread-safe. */
public final class DemoCompany {

    public static final SchemaName SCHEMA = new SchemaName("lake", "demo");

    /** Files of samples/ and the tables they become. */
    public static final List<Sample> SAMPLES = List.of(
            new Sample("shops.csv", "shops"),
            new Sample("products.json", "products"),
            new Sample("customers.ndjson", "customers"),
            new Sample("orders.csv", "orders"),
            new Sample("tickets.csv", "tickets"),
            new Sample("budget.xlsx", "budget"));

    private final SqlService sql;
    private final Lake lake;
    private final LoadService load;

    DemoCompany(SqlService sql, Lake lake, LoadService load) {
        this.sql = sql;
        this.lake = lake;
        this.load = load;
    }

    /** A file and the table it becomes. */
    public record Sample(String file, String table) {

        public TableName name() {
            return SCHEMA.table(table);
        }
    }

    /** Where the files should be, said by the launcher. */
    public static Path directory() {
        return Path.of(System.getProperty("estran.home", ".")).resolve("samples");
    }

    /** Whether all files are there. */
    public static boolean available() {
        return SAMPLES.stream()
                .allMatch(sample -> Files.isRegularFile(directory().resolve(sample.file())));
    }

    /** The tables that are there already. */
    public List<TableName> loaded(Caller caller) {
        if (!lake.catalogs().schemaExists(caller, SCHEMA)) {
            return List.of();
        }
        return SAMPLES.stream()
                .map(Sample::name)
                .filter(name -> lake.catalogs().kind(caller, name).isPresent())
                .toList();
    }

    /**
     * Queues the loading of those that are not there; followed and cancelled like a statement. Its result has one row for
     * each table.
     *
     * @return the statement's id
     * @throws EstranException FILE_NOT_FOUND where the files are not
     */
    public String submit(Caller caller) {
        return sql.submitJob(caller, "LOAD DEMO INTO " + SCHEMA, context -> {
            if (!available()) {
                throw new EstranException(
                        ErrorCode.FILE_NOT_FOUND,
                        "The demo's files are not at " + directory() + ". Start the server with ./estran up.",
                        Map.of("path", directory().toString()),
                        null);
            }
            return run(context);
        });
    }

    private Result run(StatementHandler.Context context) {
        Caller caller = context.caller();
        lake.catalogs().createSchema(caller, SCHEMA, true);
        List<TableName> there = loaded(caller);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int done = 0;
        for (Sample sample : SAMPLES) {
            context.progress(sample.table(), (double) done++ / SAMPLES.size());
            long loaded = there.contains(sample.name()) ? 0 : load(context, sample);
            rows.add(List.of(sample.name().toString(), loaded));
        }
        return new Result(List.of(new Column("table", "VARCHAR"), new Column("rows", "BIGINT")), rows);
    }

    private long load(StatementHandler.Context context, Sample sample) {
        Map<String, String> options = Map.of("table", sample.name().toString());
        Path file = directory().resolve(sample.file());
        Result result = load.run(context, LoadRequest.of(file, sample.file(), options));
        int column = result.columns().stream().map(Column::name).toList().indexOf("rows");
        return result.rows().getFirst().get(column) instanceof Number number ? number.longValue() : 0;
    }
}
