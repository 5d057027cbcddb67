package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.storage.LocalFileIO;
import dev.estran.storage.StorageErrors;
import dev.estran.storage.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries commits through: brings staged files into the table, commits, and takes the files back where it is certain that
 * the commit failed. Commits of one table queue in this process, so that only other processes cause rebasing.
 */
final class TableWriter {

    private static final Logger log = LoggerFactory.getLogger(TableWriter.class);
    private static final int STRIPES = 64;

    /** Iceberg's own reports of each commit would fill the log; the history has what matters of them. */
    private static final MetricsReporter NO_REPORT = report -> {};

    private final TableLoader loader;
    private final Warehouse warehouse;
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    TableWriter(TableLoader loader, Warehouse warehouse) {
        this.loader = loader;
        this.warehouse = warehouse;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock(true);
        }
    }

    /** The work of one commit: it fills the transaction, which is then committed. */
    interface Change {
        void apply(Transaction transaction, List<DataFile> added);
    }

    /** Commits a change to a table that is there, and gives the version it became. */
    Pointer change(TableName name, String tableId, List<StagedFile> staged, CommitNote note, Change change) {
        ReentrantLock lock = locks[Math.floorMod(tableId.hashCode(), STRIPES)];
        lock.lock();
        try {
            PointerOperations operations = new PointerOperations(loader, tableId, "", note);
            TableMetadata current = requireTable(name, operations);
            Path location = LocalFileIO.path(current.location());
            Transaction transaction = Transactions.newTransaction(name.toString(), operations, NO_REPORT);
            run(name, location, current.schema(), staged, transaction, change);
            return operations.result();
        } finally {
            lock.unlock();
        }
    }

    /** Commits a change that replaces the table's schema, properties and data, keeping its history. */
    Pointer replace(TableName name, Pointer base, TableMetadata replacement, List<StagedFile> staged, CommitNote note) {
        ReentrantLock lock = locks[Math.floorMod(base.tableId().hashCode(), STRIPES)];
        lock.lock();
        try {
            PointerOperations operations = new PointerOperations(loader, base.tableId(), "", note);
            requireTable(name, operations);
            Path location = LocalFileIO.path(replacement.location());
            Transaction transaction =
                    Transactions.replaceTableTransaction(name.toString(), operations, replacement, NO_REPORT);
            run(name, location, replacement.schema(), staged, transaction, TableWriter::append);
            return operations.result();
        } finally {
            lock.unlock();
        }
    }

    /** Commits new metadata for a table that is there; no file comes or goes. */
    Pointer rewrite(TableName name, String tableId, CommitNote note, UnaryOperator<TableMetadata> change) {
        ReentrantLock lock = locks[Math.floorMod(tableId.hashCode(), STRIPES)];
        lock.lock();
        try {
            PointerOperations operations = new PointerOperations(loader, tableId, "", note);
            TableMetadata current = requireTable(name, operations);
            try {
                operations.commit(current, change.apply(current));
            } catch (RuntimeException e) {
                throw CommitErrors.translate(e, name, LocalFileIO.path(current.location()));
            }
            return operations.result();
        } finally {
            lock.unlock();
        }
    }

    /** Commits the first version of a table. Where that fails for certain its directory is gone again. */
    Pointer create(TableName name, String tableId, TableMetadata first, List<StagedFile> staged, CommitNote note) {
        Path location = LocalFileIO.path(first.location());
        PointerOperations operations = new PointerOperations(loader, tableId, first.location(), note);
        Transaction transaction = Transactions.createTableTransaction(name.toString(), operations, first, NO_REPORT);
        try {
            run(name, location, first.schema(), staged, transaction, TableWriter::append);
        } catch (EstranException e) {
            if (CommitErrors.certain(e)) {
                deleteQuietly(location);
            }
            throw e;
        }
        return operations.result();
    }

    /** Deletes staged files nobody needs any more. */
    static void discard(List<StagedFile> staged) {
        staged.forEach(file -> deleteFile(file.path()));
    }

    private static void append(Transaction transaction, List<DataFile> added) {
        if (!added.isEmpty()) {
            var append = transaction.newAppend();
            added.forEach(append::appendFile);
            append.commit();
        }
    }

    private void run(
            TableName name,
            Path location,
            Schema schema,
            List<StagedFile> staged,
            Transaction transaction,
            Change change) {
        List<Path> adopted = new ArrayList<>();
        try {
            staged.forEach(file -> checkRequired(schema, file));
            List<DataFile> added = new ArrayList<>();
            for (StagedFile file : staged) {
                if (file.rows() == 0) {
                    continue;
                }
                Path path = warehouse.adopt(file.path(), location);
                adopted.add(path);
                added.add(dataFile(schema, file, path));
            }
            change.apply(transaction, added);
            transaction.commitTransaction();
        } catch (RuntimeException e) {
            if (CommitErrors.certain(e)) {
                adopted.forEach(TableWriter::deleteFile);
            }
            throw CommitErrors.translate(e, name, location);
        } finally {
            discard(staged);
        }
    }

    private static DataFile dataFile(Schema schema, StagedFile file, Path path) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(LocalFileIO.location(path))
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.sizeBytes())
                .withMetrics(FileMetrics.of(schema, file))
                .build();
    }

    private static void checkRequired(Schema schema, StagedFile file) {
        for (Types.NestedField field : schema.columns()) {
            long nulls = field.isRequired() ? FileMetrics.nullCount(file, field.name()) : 0;
            if (nulls > 0) {
                throw new EstranException(
                        ErrorCode.CONSTRAINT_VIOLATED,
                        nulls + " of the new rows have no value for " + field.name()
                                + ", which is NOT NULL. Give one, or drop the constraint.");
            }
        }
    }

    private static TableMetadata requireTable(TableName name, PointerOperations operations) {
        TableMetadata current = operations.current();
        if (current == null) {
            throw new EstranException(
                    ErrorCode.TABLE_NOT_FOUND, "The table " + name.sql() + " was dropped while it was being written.");
        }
        return current;
    }

    private static void deleteFile(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("Left behind a data file of a failed commit", StorageErrors.translate(e, path));
        }
    }

    private void deleteQuietly(Path location) {
        try {
            warehouse.deleteLocation(location);
        } catch (EstranException e) {
            log.warn("Left behind the directory of a failed CREATE TABLE", e);
        }
    }
}
