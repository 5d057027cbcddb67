package dev.estran.lake;

import dev.estran.Caller;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a commit besides the table's metadata.
 *
 * @param operation see {@link HistoryEntry}
 * @param baseVersion the version the commit must directly follow, or null where it may be rebased
 * @param schemaId the schema the committed files were written for, or null where that does not matter
 * @param rows rows added and deleted, or null where the snapshot says so
 * @param alongside statements of the same transaction, run before the pointer is written
 */
record CommitNote(
        Caller caller,
        String operation,
        @Nullable Long baseVersion,
        @Nullable Integer schemaId,
        @Nullable Rows rows,
        Consumer<Handle> alongside) {

    record Rows(long added, long deleted) {}

    static CommitNote of(Caller caller, String operation) {
        return new CommitNote(caller, operation, null, null, null, handle -> {});
    }

    CommitNote forSchema(int id) {
        return new CommitNote(caller, operation, baseVersion, id, rows, alongside);
    }

    CommitNote after(long version) {
        return new CommitNote(caller, operation, version, schemaId, rows, alongside);
    }

    CommitNote counting(long added, long deleted) {
        return new CommitNote(caller, operation, baseVersion, schemaId, new Rows(added, deleted), alongside);
    }

    CommitNote with(Consumer<Handle> statements) {
        return new CommitNote(caller, operation, baseVersion, schemaId, rows, statements);
    }
}
