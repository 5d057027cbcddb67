package dev.estran.load;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.CreateMode;
import dev.estran.lake.Lake;
import dev.estran.lake.StagedFile;
import dev.estran.lake.TableVersion;
import dev.estran.lake.TypeMapping;
import dev.estran.lake.WritePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table an import writes to, as it was when the import began. */
final class Target {

    private final Lake lake;
    private final Caller caller;
    private final TableName name;
    private final LoadRequest request;
    private final @Nullable TableVersion existing;

    private Target(Lake lake, Caller caller, TableName name, LoadRequest request, @Nullable TableVersion existing) {
        this.lake = lake;
        this.caller = caller;
        this.name = name;
        this.request = request;
        this.existing = existing;
    }

    /** @throws EstranException ALREADY_EXISTS, TABLE_NOT_FOUND, SCHEMA_NOT_FOUND */
    static Target of(Lake lake, Caller caller, LoadRequest request) {
        TableName name = name(request.table());
        if (!lake.catalogs().schemaExists(caller, name.schemaName())) {
            throw new EstranException(
                            ErrorCode.SCHEMA_NOT_FOUND,
                            "There is no schema " + name.schemaName() + ". CREATE SCHEMA " + name.schemaName()
                                    + " makes it.")
                    .with("name", name.schemaName());
        }
        boolean there = lake.catalogs().kind(caller, name).isPresent();
        if (there && request.mode() == LoadRequest.Mode.CREATE) {
            throw new EstranException(
                            ErrorCode.ALREADY_EXISTS,
                            "There is a "
                                    + lake.catalogs()
                                            .kind(caller, name)
                                            .get()
                                            .name()
                                            .toLowerCase(Locale.ROOT) + " "
                                    + name.sql()
                                    + " already. Add to it with --mode append, put the file in its place with"
                                    + " --mode replace, or choose another name.",
                            Map.of("name", name.sql()),
                            null)
                    .with("name", name.sql());
        }
        TableVersion existing =
                request.mode() == LoadRequest.Mode.APPEND ? lake.tables().loadToChange(caller, name) : null;
        return new Target(lake, caller, name, request, existing);
    }

    private static TableName name(String dotted) {
        List<String> parts = parts(dotted);
        return switch (parts.size()) {
            case 1 -> new TableName("lake", "default", parts.get(0));
            case 2 -> new TableName("lake", parts.get(0), parts.get(1));
            case 3 -> new TableName(parts.get(0), parts.get(1), parts.get(2));
            default ->
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A table's name has one to three parts, for example sales or lake.default.sales; not '" + dotted
                                + "'.");
        };
    }

    private static List<String> parts(String dotted) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < dotted.length() && dotted.charAt(i + 1) == '"';
                if (doubled) {
                    part.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (parts.stream().anyMatch(String::isBlank) || quoted) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "'" + dotted + "' is not the name of a table.");
        }
        return parts.stream().map(String::strip).toList();
    }

    TableName name() {
        return name;
    }

    /** The type a column of the file must have, by the caller or by the table; empty where it is inferred. */
    Optional<String> givenType(String column) {
        if (!request.choices().keeps(column)) {
            return Optional.empty();
        }
        if (existing != null) {
            String name = request.choices().name(column);
            return existing.columns().stream()
                    .filter(c -> c.name().equalsIgnoreCase(name))
                    .map(ColumnDefinition::type)
                    .findFirst();
        }
        return request.choices().types().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(entry -> TypeMapping.castFor(entry.getValue()))
                .findFirst();
    }

    /** @throws EstranException COLUMN_NOT_FOUND for a column that the table, or the file, does not have */
    void check(List<String> columns) {
        request.choices().check(request.name(), columns);
        if (existing == null) {
            return;
        }
        List<String> known =
                existing.columns().stream().map(ColumnDefinition::name).toList();
        List<String> unknown = columns.stream()
                .filter(request.choices()::keeps)
                .map(request.choices()::name)
                .filter(column -> known.stream().noneMatch(column::equalsIgnoreCase))
                .toList();
        if (!unknown.isEmpty()) {
            throw new EstranException(
                    ErrorCode.COLUMN_NOT_FOUND,
                    name.sql() + " has no column " + some(unknown) + ". It has " + some(known)
                            + ". Rename the columns in the file, or ALTER TABLE " + name.sql()
                            + " ADD COLUMN first. Nothing was loaded.",
                    Map.of("table", name.sql(), "columns", some(unknown), "known", some(known)),
                    null);
        }
    }

    static String some(List<String> columns) {
        return columns.size() <= 20
                ? String.join(", ", columns)
                : String.join(", ", columns.subList(0, 20)) + " and " + (columns.size() - 20) + " more";
    }

    /** What to write, and how. */
    Shape shape(List<? extends Reading> readings) {
        if (existing != null) {
            return new Shape(null, existing.columns(), existing.fieldIds());
        }
        CreateMode mode = request.mode() == LoadRequest.Mode.REPLACE ? CreateMode.OR_REPLACE : CreateMode.CREATE;
        List<ColumnDefinition> columns = readings.stream()
                .map(reading -> ColumnDefinition.of(reading.name(), reading.type()))
                .toList();
        WritePlan plan = lake.tables().planCreate(caller, name, columns, mode);
        return new Shape(plan, plan.columns(), plan.fieldIds());
    }

    /** The columns of the file to write, in the table's types. */
    record Shape(@Nullable WritePlan plan, List<ColumnDefinition> columns, String fieldIds) {

        /** The SELECT list that makes this table's rows of a file's columns. */
        String select(List<? extends Reading> readings, Function<Reading, String> value) {
            Map<String, Reading> byName = new LinkedHashMap<>();
            readings.forEach(reading -> byName.put(reading.name().toLowerCase(Locale.ROOT), reading));
            List<String> selected = new ArrayList<>();
            for (ColumnDefinition column : columns) {
                Reading reading = byName.get(column.name().toLowerCase(Locale.ROOT));
                String sql = reading != null
                        ? value.apply(reading)
                        : column.defaultSql() == null ? "NULL" : "(" + column.defaultSql() + ")";
                boolean cast = reading == null || !reading.type().equals(column.type());
                selected.add((cast ? "CAST(" + sql + " AS " + column.type() + ")" : sql) + " AS "
                        + Identifiers.quote(column.name()));
            }
            return String.join(", ", selected);
        }
    }

    /** Makes the rows part of the table, in one commit. Takes the file over. */
    void commit(Shape shape, StagedFile file) {
        List<StagedFile> files = List.of(file);
        WritePlan plan = shape.plan();
        if (plan != null) {
            lake.tables().create(caller, plan, Map.of(), files);
        } else if (existing != null && file.rows() > 0) {
            lake.commits().append(caller, existing, files, Map.of());
        }
    }
}
