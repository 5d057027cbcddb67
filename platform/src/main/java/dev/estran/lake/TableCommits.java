package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.storage.LocalFileIO;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;

/**
 * Changes to the rows of a table. Staged files are taken over: moved into the table, or deleted where they hold no row or
 * the commit fails. Every file must have been written for the base version's columns; a change of columns in between is a
 * conflict. Thread-safe.
 */
public final class TableCommits {

    private final Access access;
    private final TableLoader loader;
    private final TableWriter writer;

    TableCommits(Access access, TableLoader loader, TableWriter writer) {
        this.access = access;
        this.loader = loader;
        this.writer = writer;
    }

    /**
     * Adds files. Appends of several writers all land.
     *
     * @param marks notes of the writer by name, kept with the table in the same commit until it notes something else under
     *     the name; {@code TableVersion.marks} gives them back
     * @throws EstranException COMMIT_CONFLICT, TABLE_NOT_FOUND, CONSTRAINT_VIOLATED, STORAGE_FULL
     */
    public TableVersion append(Caller caller, TableVersion base, List<StagedFile> added, Map<String, String> marks) {
        access.require(caller, Privilege.MODIFY, Securable.table(base.name()));
        ReservedNames.checkSchema(caller, base.name().schemaName());
        return commit(caller, base, added, "APPEND", (transaction, files) -> {
            AppendFiles append = transaction.newAppend();
            files.forEach(append::appendFile);
            append.commit();
            if (!marks.isEmpty()) {
                UpdateProperties update = transaction.updateProperties();
                marks.forEach((name, value) -> update.set(TableProperties.mark(name), value));
                update.commit();
            }
        });
    }

    /**
     * Replaces files of the base version by others, as UPDATE and DELETE do. Anything committed since then is a conflict:
     * plan and write again.
     *
     * @param removed files of the base version
     * @throws EstranException COMMIT_CONFLICT, TABLE_NOT_FOUND, CONSTRAINT_VIOLATED, STORAGE_FULL
     */
    public TableVersion overwrite(
            Caller caller, TableVersion base, List<Path> removed, List<StagedFile> added, Map<String, String> summary) {
        access.require(caller, Privilege.MODIFY, Securable.table(base.name()));
        ReservedNames.checkSchema(caller, base.name().schemaName());
        if (removed.isEmpty() && added.stream().allMatch(file -> file.rows() == 0)) {
            TableWriter.discard(added);
            return base;
        }
        List<DataFile> old = dataFiles(base, removed);
        return commit(caller, base, added, "OVERWRITE", (transaction, files) -> {
            OverwriteFiles overwrite = transaction
                    .newOverwrite()
                    .conflictDetectionFilter(Expressions.alwaysTrue())
                    .validateNoConflictingData()
                    .validateNoConflictingDeletes();
            if (base.snapshotId() != null) {
                overwrite.validateFromSnapshot(base.snapshotId());
            }
            summary.forEach(overwrite::set);
            old.forEach(overwrite::deleteFile);
            files.forEach(overwrite::addFile);
            overwrite.commit();
        });
    }

    /**
     * Puts the files in the place of all rows, whatever was committed since the base; without files the table is emptied.
     *
     * @throws EstranException COMMIT_CONFLICT (columns changed), TABLE_NOT_FOUND, CONSTRAINT_VIOLATED, STORAGE_FULL
     */
    public TableVersion replaceAll(
            Caller caller, TableVersion base, List<StagedFile> added, Map<String, String> summary) {
        access.require(caller, Privilege.MODIFY, Securable.table(base.name()));
        ReservedNames.checkSchema(caller, base.name().schemaName());
        return commit(caller, base, added, "REPLACE_DATA", (transaction, files) -> {
            OverwriteFiles overwrite = transaction.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
            summary.forEach(overwrite::set);
            files.forEach(overwrite::addFile);
            overwrite.commit();
        });
    }

    private TableVersion commit(
            Caller caller, TableVersion base, List<StagedFile> added, String operation, TableWriter.Change change) {
        int schemaId = loader.metadata(pointer(base)).currentSchemaId();
        CommitNote note = CommitNote.of(caller, operation).forSchema(schemaId);
        return loader.version(base.name(), writer.change(base.name(), base.tableId(), added, note, change));
    }

    private Pointer pointer(TableVersion base) {
        return loader.metastore()
                .read(handle ->
                        loader.pointers().select(handle, base.tableId(), new VersionSelector.Of(base.version())))
                .orElseThrow(() -> new EstranException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "The table " + base.name().sql() + " was dropped while it was being written."));
    }

    private List<DataFile> dataFiles(TableVersion base, List<Path> removed) {
        Set<Path> wanted = new HashSet<>(removed);
        List<DataFile> found = new ArrayList<>();
        for (DataFile file : loader.files(pointer(base))) {
            if (wanted.remove(LocalFileIO.path(file.location()))) {
                found.add(file);
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(wanted + " are not files of " + base.name() + " at " + base.version());
        }
        return found;
    }
}
