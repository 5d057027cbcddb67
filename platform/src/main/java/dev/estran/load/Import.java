package dev.estran.load;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.Phrase;
import dev.estran.lake.StagedFile;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.StatementHandler.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One import. The file is tried as it stands first, in one strict pass of the engine; where a row is out of order or a
 * value does not have the type its column has in the sample, everything is read once more with care.
 */
final class Import {

    private static final Set<ErrorCode> OUT_OF_ORDER =
            Set.of(ErrorCode.CONVERSION_FAILED, ErrorCode.ENGINE_ERROR, ErrorCode.BIND_ERROR, ErrorCode.STORAGE_FAILED);

    private static final int SHOWN_READINGS = 20;

    private final StatementHandler.Context context;
    private final LoadRequest request;
    private final Target target;
    private final EngineInstance instance;
    private final Rejects rejects;
    private final FileFormat format;
    private final Source source;
    private final long started = System.nanoTime();

    Import(
            StatementHandler.Context context,
            LoadRequest request,
            Target target,
            EngineInstance instance,
            Rejects rejects,
            FileFormat format) {
        this.context = context;
        this.request = request;
        this.target = target;
        this.instance = instance;
        this.rejects = rejects;
        this.format = format;
        this.source = source();
    }

    private Source source() {
        return switch (format) {
            case CSV -> new CsvSource(request, target, instance, rejects, this::check);
            case XLSX -> new XlsxSource(request, target, instance, rejects, this::check);
            case JSON -> new JsonSource(request, false, target, instance, rejects, this::check);
            case NDJSON -> new JsonSource(request, true, target, instance, rejects, this::check);
            case PARQUET -> new ParquetSource(request, target, instance);
        };
    }

    private void check() {
        if (context.cancelled()) {
            throw new EstranException(ErrorCode.CANCELLED, "The import was cancelled. Nothing was loaded.");
        }
    }

    private void progress(String key, String template) {
        context.progress(Phrase.of(key, template, Map.of("name", request.name())), -1);
    }

    Result run() {
        progress("looking", "looking at {name}");
        Source.View sample = source.sample();
        target.check(sample.names());
        if (request.dryRun()) {
            return new Preview(request, target, instance, rejects, format, source).run(sample);
        }
        Written written = direct();
        if (written == null) {
            written = careful();
        }
        check();
        progress("committing", "committing");
        rejects.close();
        target.commit(written.shape(), written.file());
        return report(written);
    }

    private record Written(Target.Shape shape, StagedFile file, List<? extends Reading> readings) {}

    private @Nullable Written direct() {
        Source.View view = source.direct();
        if (view == null) {
            return null;
        }
        view = request.choices().applied(view);
        progress("loading", "loading {name}");
        Target.Shape shape = target.shape(view.readings());
        try {
            String query = "SELECT " + shape.select(view.readings(), Reading::strict) + " FROM " + view.from();
            return new Written(shape, instance.writeParquet(query, shape.fieldIds()), view.readings());
        } catch (EstranException e) {
            if (!OUT_OF_ORDER.contains(e.code())) {
                throw e;
            }
            check();
            return null;
        }
    }

    private Written careful() {
        progress("reading", "reading every row of {name}");
        Source.View view = request.choices().applied(source.whole());
        progress("loading", "loading {name}");
        try {
            String bad = rejectMisfits(view);
            Target.Shape shape = target.shape(view.readings());
            String query = "SELECT " + shape.select(view.readings(), Reading::lenient) + " FROM " + view.from()
                    + (bad.isEmpty() ? "" : " WHERE NOT (" + bad + ")");
            return new Written(shape, instance.writeParquet(query, shape.fieldIds()), view.readings());
        } catch (EstranException e) {
            throw source instanceof ParquetSource parquet ? parquet.translate(e) : e;
        }
    }

    /** Rejects the rows whose values contradict a type that is given; returns the condition they meet. */
    private String rejectMisfits(Source.View view) {
        List<? extends Reading> fixed = view.readings().stream()
                .filter(reading -> reading.fixed() && !reading.misfit().equals("false"))
                .toList();
        if (fixed.isEmpty()) {
            return "";
        }
        String bad = String.join(" OR ", fixed.stream().map(Reading::misfit).toList());
        StringBuilder column = new StringBuilder("CASE");
        StringBuilder reason = new StringBuilder("CASE");
        StringBuilder value = new StringBuilder("CASE");
        for (Reading reading : fixed) {
            column.append(" WHEN ")
                    .append(reading.misfit())
                    .append(" THEN ")
                    .append(Identifiers.literal(reading.name()));
            value.append(" WHEN ")
                    .append(reading.misfit())
                    .append(" THEN left(")
                    .append(reading.shown())
                    .append(", 1000)");
            reason.append(" WHEN ")
                    .append(reading.misfit())
                    .append(" THEN '''' || left(")
                    .append(reading.shown())
                    .append(", 100) || ''' is not ")
                    .append(reading.type())
                    .append("'");
        }
        instance.execute(
                "CREATE TABLE __bad AS SELECT __line, " + column + " END AS c, " + reason + " END AS r, __text, "
                        + value + " END AS v FROM " + view.from() + " WHERE " + bad + " LIMIT " + (Rejects.MOST + 1));
        instance.read("__bad", chunk -> {
            for (int row = 0; row < chunk.rowCount(); row++) {
                long line = chunk.value(row, 0) instanceof Number number ? number.longValue() : 0;
                rejects.add(
                        line,
                        String.valueOf(chunk.value(row, 1)),
                        String.valueOf(chunk.value(row, 4)),
                        String.valueOf(chunk.value(row, 2)),
                        String.valueOf(chunk.value(row, 3)));
            }
        });
        instance.execute("DROP TABLE __bad");
        return bad;
    }

    private Result report(Written written) {
        List<Column> columns = List.of(
                new Column("table", "VARCHAR"),
                new Column("mode", "VARCHAR"),
                new Column("rows", "BIGINT"),
                new Column("rejects", "BIGINT"),
                new Column("columns", "BIGINT"),
                new Column("bytes", "BIGINT"),
                new Column("seconds", "DOUBLE"),
                new Column("rejects_file", "VARCHAR"),
                new Column("note", "VARCHAR"));
        List<String> notes = new ArrayList<>(source.notes());
        written.readings().stream()
                .filter(Reading::doubtful)
                .limit(SHOWN_READINGS)
                .forEach(reading -> notes.add(reading.name() + ": read as " + reading.description()));
        if (written.file().rows() == 0) {
            notes.add("no row was loaded");
        }
        notes.addAll(rejects.first());
        if (rejects.count() > rejects.first().size()) {
            notes.add("and " + (rejects.count() - rejects.first().size()) + " more rejected rows");
        }
        List<@Nullable Object> row = new ArrayList<>();
        row.add(target.name().sql());
        row.add(request.mode().name().toLowerCase(Locale.ROOT));
        row.add(written.file().rows());
        row.add(rejects.count());
        row.add((long) written.shape().columns().size());
        row.add(written.file().sizeBytes());
        row.add(Math.round((System.nanoTime() - started) / 1e6) / 1e3);
        row.add(rejects.file() == null ? null : rejects.file().toString());
        row.add(notes.isEmpty() ? null : String.join("; ", notes));
        return new Result(columns, List.of(row));
    }
}
