package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what {@link Rejects} has written. */
final class RejectedRows {

    private static final long MAX_TEXT_BYTES = 32L << 20;

    private final Path directory;

    RejectedRows(Path directory) {
        this.directory = directory;
    }

    private Optional<Path> find(String statementId) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> Objects.toString(file.getFileName(), "").startsWith(statementId + "-"))) {
            for (Path file : files) {
                return Optional.of(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw StorageErrors.translate(e, directory);
        }
    }

    /** Rows in their order; none where no row was rejected. */
    List<LoadService.Rejected> page(String statementId, long offset, int limit) {
        Optional<Path> file = find(statementId);
        List<LoadService.Rejected> rows = new ArrayList<>();
        if (file.isEmpty()) {
            return rows;
        }
        try (CsvRecords records = new CsvRecords(Files.newBufferedReader(file.get(), StandardCharsets.UTF_8), ',')) {
            records.next();
            long at = 0;
            for (CsvRecords.Row row; rows.size() < limit && (row = records.next()) != null; at++) {
                if (at >= offset && row.problem() == null && row.fields().size() == 5) {
                    rows.add(row(row.fields().stream()
                            .map(field -> Objects.toString(field, ""))
                            .toList()));
                }
            }
            return rows;
        } catch (IOException e) {
            throw StorageErrors.translate(e, file.get());
        }
    }

    private static LoadService.Rejected row(List<String> fields) {
        return new LoadService.Rejected(
                Long.parseLong(fields.get(0)), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
    }

    /**
     * All of them as CSV, as they are kept.
     *
     * @throws EstranException RESULT_TOO_LARGE
     */
    String csv(String statementId) {
        Optional<Path> file = find(statementId);
        if (file.isEmpty()) {
            return Rejects.HEADER;
        }
        try {
            if (Files.size(file.get()) > MAX_TEXT_BYTES) {
                throw new EstranException(
                        ErrorCode.RESULT_TOO_LARGE,
                        "The rejected rows are more than " + (MAX_TEXT_BYTES >> 20) + " MB. They are on the server, at "
                                + file.get() + ".",
                        Map.of("limit_bytes", MAX_TEXT_BYTES),
                        null);
            }
            return Files.readString(file.get());
        } catch (IOException e) {
            throw StorageErrors.translate(e, file.get());
        }
    }
}
