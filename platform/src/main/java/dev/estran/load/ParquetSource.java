package dev.estran.load;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.sql.EngineInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Parquet file. It is always written anew: a file without field ids would be read as empty. */
final class ParquetSource implements Source {

    private final LoadRequest request;
    private final Target target;
    private final EngineInstance instance;
    private @Nullable View view;
    private List<String> notes = List.of();

    ParquetSource(LoadRequest request, Target target, EngineInstance instance) {
        this.request = request;
        this.target = target;
        this.instance = instance;
    }

    @Override
    public View sample() {
        String read = "read_parquet(" + Identifiers.literal(plainPath().toString()) + ", hive_partitioning=false)";
        List<Column> columns;
        try {
            columns = instance.describe("SELECT * FROM " + read);
        } catch (EstranException e) {
            throw damaged(e);
        }
        ColumnNames names = ColumnNames.of(columns.stream().map(Column::name).toList());
        notes = names.changes();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            readings.add(JsonSource.reading(
                    columns.get(i).name(), names.names().get(i), columns.get(i).type(), target));
        }
        String from = "(SELECT t.*, file_row_number + 1 AS __line, CAST(to_json(t) AS VARCHAR) AS __text FROM " + read
                + " AS t)";
        View found = new View(from, readings);
        view = found;
        return found;
    }

    /** A name the engine does not take for a pattern. */
    private Path plainPath() {
        Path file = request.file().toAbsolutePath().normalize();
        if (file.toString().chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{')) {
            return file;
        }
        Path copy = instance.directory().resolve("input.parquet");
        try {
            Files.copy(file, copy);
            return copy;
        } catch (IOException e) {
            throw FileFormat.notReadable(request.name(), e);
        }
    }

    private EstranException damaged(EstranException e) {
        if (!Set.of(ErrorCode.ENGINE_ERROR, ErrorCode.STORAGE_FAILED, ErrorCode.BIND_ERROR, ErrorCode.CONVERSION_FAILED)
                .contains(e.code())) {
            return e;
        }
        return new EstranException(
                ErrorCode.FILE_NOT_READABLE,
                request.name()
                        + " is not a complete Parquet file; it may have been cut while it was copied. Nothing was"
                        + " loaded. Copy it again. (" + e.text() + ")",
                Map.of("file", request.name(), "reason", "damaged"),
                e);
    }

    /** The engine notices a damaged page only when it reads it. */
    EstranException translate(EstranException e) {
        return damaged(e);
    }

    @Override
    public @Nullable View direct() {
        return null;
    }

    @Override
    public View whole() {
        return java.util.Objects.requireNonNull(view);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
