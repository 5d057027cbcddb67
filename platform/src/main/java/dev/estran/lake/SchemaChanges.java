package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE: changes of columns and properties that rewrite no data. Thread-safe. */
public final class SchemaChanges {

    private final Access access;
    private final TableLoader loader;
    private final TableWriter writer;

    SchemaChanges(Access access, TableLoader loader, TableWriter writer) {
        this.access = access;
        this.loader = loader;
        this.writer = writer;
    }

    /**
     * Makes one change as a new version of the table, and gives that version; the present one where there was nothing to
     * change.
     *
     * @throws EstranException TABLE_NOT_FOUND, COLUMN_NOT_FOUND, ALREADY_EXISTS, TYPE_NOT_SUPPORTED, INVALID_ARGUMENT,
     *     COMMIT_CONFLICT
     */
    public TableVersion alter(Caller caller, TableName name, SchemaChange change) {
        access.require(caller, Privilege.MODIFY, Securable.table(name));
        ReservedNames.checkSchema(caller, name.schemaName());
        ObjectEntry entry = Tables.checkTable(
                name, loader.metastore().read(handle -> loader.objects().find(handle, name)));
        Pointer base = loader.metastore()
                .read(handle -> loader.pointers().latest(handle, entry.id()).orElseThrow());
        TableMetadata table = loader.metadata(base);
        if (isNothing(table.schema(), change)) {
            return loader.version(name, base);
        }
        if (change instanceof SchemaChange.DropColumn drop) {
            requireUnprotected(entry, require(table.schema(), drop.column()));
        }
        CommitNote note = CommitNote.of(caller, "ALTER").after(base.version());
        if (change instanceof SchemaChange.CommentTable comment) {
            note = note.with(handle -> loader.objects().comment(handle, entry.id(), comment.comment()));
        } else if (change instanceof SchemaChange.SetProperties set
                && set.properties().containsKey("comment")) {
            note = note.with(handle -> loader.objects()
                    .comment(handle, entry.id(), set.properties().get("comment")));
        }
        Pointer committed = writer.change(
                name, entry.id(), List.of(), note, (transaction, files) -> apply(table, transaction, change));
        return loader.version(name, committed);
    }

    private void requireUnprotected(ObjectEntry table, Types.NestedField field) {
        Protection protection = loader.metastore().read(handle -> Protections.of(handle, table.id()));
        if (protection.uses(field.fieldId())) {
            throw new EstranException(
                    ErrorCode.NOT_EMPTY,
                    "The column " + field.name()
                            + " is masked, or a row filter or mask reads it. Take that away before dropping it.");
        }
    }

    private static boolean isNothing(Schema schema, SchemaChange change) {
        return switch (change) {
            case SchemaChange.AddColumn add ->
                add.ifNotExists() && Schemas.find(schema, add.column().name()) != null;
            case SchemaChange.DropColumn drop -> drop.ifExists() && Schemas.find(schema, drop.column()) == null;
            case SchemaChange.ChangeType type ->
                TypeMapping.toDuck(require(schema, type.column()).type()).equals(TypeMapping.castFor(type.type()));
            case SchemaChange.DropNotNull drop -> require(schema, drop.column()).isOptional();
            case SchemaChange.SetProperties set -> set.properties().isEmpty();
            default -> false;
        };
    }

    private static void apply(TableMetadata table, Transaction transaction, SchemaChange change) {
        Schema schema = table.schema();
        switch (change) {
            case SchemaChange.AddColumn add -> addColumn(table, transaction, add.column());
            case SchemaChange.DropColumn drop -> {
                Types.NestedField field = require(schema, drop.column());
                if (schema.columns().size() == 1) {
                    throw new EstranException(
                            ErrorCode.INVALID_ARGUMENT,
                            field.name() + " is the table's only column. Drop the table instead.");
                }
                transaction.updateSchema().deleteColumn(field.name()).commit();
                setProperty(transaction, table, Schemas.DEFAULT_PREFIX + field.fieldId(), null);
            }
            case SchemaChange.RenameColumn rename -> {
                Types.NestedField field = require(schema, rename.column());
                requireFree(schema, rename.to(), field);
                transaction
                        .updateSchema()
                        .renameColumn(field.name(), rename.to())
                        .commit();
            }
            case SchemaChange.ChangeType type -> changeType(transaction, require(schema, type.column()), type.type());
            case SchemaChange.DropNotNull drop ->
                transaction
                        .updateSchema()
                        .makeColumnOptional(require(schema, drop.column()).name())
                        .commit();
            case SchemaChange.SetDefault set ->
                setProperty(
                        transaction,
                        table,
                        Schemas.DEFAULT_PREFIX + require(schema, set.column()).fieldId(),
                        set.sql());
            case SchemaChange.CommentColumn comment ->
                transaction
                        .updateSchema()
                        .updateColumnDoc(require(schema, comment.column()).name(), comment.comment())
                        .commit();
            case SchemaChange.CommentTable comment -> setProperty(transaction, table, "comment", comment.comment());
            case SchemaChange.SetProperties set -> {
                TableProperties.check(set.properties());
                UpdateProperties update = transaction.updateProperties();
                set.properties().forEach(update::set);
                update.commit();
            }
        }
    }

    private static void addColumn(TableMetadata table, Transaction transaction, ColumnDefinition column) {
        Schemas.checkName(column.name());
        requireFree(table.schema(), column.name(), null);
        int[] next = {1};
        Type type = TypeMapping.toIceberg(column.type(), () -> next[0]++);
        UpdateSchema update = transaction.updateSchema();
        if (column.nullable()) {
            update.addColumn(null, column.name(), type, column.comment());
        } else {
            if (holdsRows(table)) {
                throw new EstranException(
                        ErrorCode.CONSTRAINT_VIOLATED,
                        column.name() + " cannot be NOT NULL: the rows that are there have no value for it. Add it"
                                + " without NOT NULL.");
            }
            update.allowIncompatibleChanges().addRequiredColumn(null, column.name(), type, column.comment());
        }
        update.commit();
        if (column.defaultSql() != null) {
            int id = transaction.table().schema().findField(column.name()).fieldId();
            setProperty(transaction, table, Schemas.DEFAULT_PREFIX + id, column.defaultSql());
        }
    }

    private static boolean holdsRows(TableMetadata table) {
        return table.currentSnapshot() != null
                && !"0".equals(table.currentSnapshot().summary().getOrDefault("total-records", "?"));
    }

    private static void changeType(Transaction transaction, Types.NestedField field, String type) {
        Type target = TypeMapping.toIceberg(type, () -> 0);
        if (!target.isPrimitiveType()
                || !field.type().isPrimitiveType()
                || !TypeUtil.isPromotionAllowed(field.type(), target.asPrimitiveType())) {
            throw new EstranException(
                    ErrorCode.TYPE_NOT_SUPPORTED,
                    field.name() + " is " + TypeMapping.toDuck(field.type()) + " and cannot become "
                            + TypeMapping.toDuck(target)
                            + ": only INTEGER to BIGINT, FLOAT to DOUBLE and DECIMAL to more"
                            + " digits of the same scale rewrite no data. Use CREATE OR REPLACE TABLE ... AS SELECT with"
                            + " a CAST.");
        }
        transaction
                .updateSchema()
                .updateColumn(field.name(), target.asPrimitiveType())
                .commit();
    }

    private static void setProperty(Transaction transaction, TableMetadata table, String key, @Nullable String value) {
        Map<String, String> before = new HashMap<>(table.properties());
        if (value != null) {
            transaction.updateProperties().set(key, value).commit();
        } else if (before.containsKey(key)) {
            transaction.updateProperties().remove(key).commit();
        }
    }

    private static Types.NestedField require(Schema schema, String name) {
        Types.NestedField field = Schemas.find(schema, name);
        if (field == null) {
            boolean nested = schema.caseInsensitiveFindField(name) != null;
            throw nested
                    ? new EstranException(
                            ErrorCode.STATEMENT_NOT_SUPPORTED,
                            name + " is a field inside a column. Only whole columns can be changed; use CREATE OR"
                                    + " REPLACE TABLE ... AS SELECT.")
                    : new EstranException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            "There is no column " + name + ". The columns are "
                                    + String.join(
                                            ", ",
                                            schema.columns().stream()
                                                    .map(Types.NestedField::name)
                                                    .toList())
                                    + ".");
        }
        return field;
    }

    private static void requireFree(Schema schema, String name, Types.@Nullable NestedField itself) {
        Schemas.checkName(name);
        Types.NestedField taken = Schemas.find(schema, name);
        if (taken != null && (itself == null || taken.fieldId() != itself.fieldId())) {
            throw new EstranException(
                            ErrorCode.ALREADY_EXISTS,
                            "There is a column " + taken.name() + " already. Take another name.")
                    .with("name", taken.name());
        }
    }
}
