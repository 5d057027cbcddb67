package dev.estran.export;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.SqlEngine;
import dev.estran.sql.SqlService;
import dev.estran.sql.StoredResult;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Writes whole results as files. A file is complete before its first byte is given away, so that what fails midway is never
 * taken for a result. Thread-safe.
 */
public final class ExportService {

    /** Files written at the same time; each takes a core and, for Parquet, an engine. */
    private static final int MAX_RUNNING = 4;

    private final SqlService sql;
    private final SqlEngine engine;
    private final Path directory;
    private final Semaphore places = new Semaphore(MAX_RUNNING);

    /** @param directory for the files, on the disk of the results */
    public ExportService(SqlService sql, SqlEngine engine, Path directory) {
        this.sql = sql;
        this.engine = engine;
        this.directory = directory;
    }

    /**
     * Writes the result of a finished statement. Only its own caller may.
     *
     * @throws EstranException the statement's own error; STATEMENT_NOT_FOUND, RESULT_NOT_READY, RESULT_TOO_LARGE for what
     *     the format cannot hold, TOO_MANY_STATEMENTS
     */
    public ExportedFile write(Caller caller, String id, ExportFormat format) {
        try (StoredResult result = sql.open(caller, id)) {
            if (!places.tryAcquire()) {
                throw new EstranException(
                        ErrorCode.TOO_MANY_STATEMENTS,
                        MAX_RUNNING + " files are being written; try again in a moment.");
            }
            try {
                return write(result, format);
            } finally {
                places.release();
            }
        }
    }

    private ExportedFile write(StoredResult result, ExportFormat format) {
        Path file = directory.resolve(UUID.randomUUID() + "." + format.extension());
        String name = result.name() + "." + format.extension();
        ExportedFile exported = new ExportedFile(file, name, format, result.truncated());
        try {
            Files.createDirectories(directory);
            switch (format) {
                case CSV -> CsvExport.write(result, file);
                case XLSX -> XlsxExport.write(result, file);
                case PARQUET -> ParquetExport.write(engine, result, file);
            }
            return exported;
        } catch (IOException e) {
            exported.close();
            throw StorageErrors.translate(e, file);
        } catch (RuntimeException | Error e) {
            exported.close();
            throw e;
        }
    }
}
