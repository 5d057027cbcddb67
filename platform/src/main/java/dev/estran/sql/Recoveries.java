package dev.estran.sql;

import dev.estran.Column;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.DroppedTable;
import dev.estran.lake.Lake;
import dev.estran.lake.TableDetails;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import dev.estran.sql.StatementRun.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Carries out the statements that bring back what was, and those that say how something was made. */
final class Recoveries {

    private final Lake lake;
    private final Names names;

    Recoveries(Lake lake, Names names) {
        this.lake = lake;
        this.names = names;
    }

    Outcome undrop(StatementContext context, Statement.Undrop undrop) {
        TableName name = Names.created(context, undrop.name());
        lake.recovery().undrop(context.caller(), name);
        return Outcome.message("undropped", "Table {name} is back, with all of its versions.", Map.of("name", name));
    }

    Outcome restore(StatementContext context, Statement.Restore restore) {
        TableName name = names.table(context, restore.name());
        long before = lake.tables()
                .load(context.caller(), name, VersionSelector.LATEST)
                .version();
        TableVersion now = lake.recovery().restore(context.caller(), name, restore.selector());
        return now.version() == before
                ? Outcome.message("at_version", "{name} is at that version; nothing was changed.", Map.of("name", name))
                : Outcome.message(
                        "restored",
                        "Table {name} is restored, as version {version}. RESTORE TABLE {name} TO VERSION {before} undoes it.",
                        Map.of("name", name, "version", now.version(), "before", before));
    }

    /** The tables of a schema that UNDROP brings back. */
    Outcome dropped(StatementContext context, SchemaName schema, Predicate<String> like) {
        List<Column> columns = List.of(
                new Column("name", "VARCHAR"),
                new Column("dropped_at", "TIMESTAMP WITH TIME ZONE"),
                new Column("dropped_by", "VARCHAR"),
                new Column("kept_until", "TIMESTAMP WITH TIME ZONE"));
        List<List<@Nullable Object>> rows = lake.recovery().dropped(context.caller(), schema).stream()
                .filter(table -> like.test(table.name().name()))
                .map(Recoveries::row)
                .toList();
        return Statements.rows(context, columns, rows);
    }

    private static List<@Nullable Object> row(DroppedTable table) {
        return Arrays.asList(table.name().name(), table.droppedAt(), table.droppedBy(), table.keptUntil());
    }

    Outcome showCreate(StatementContext context, Statement.ShowCreate show) {
        TableName name = names.table(context, show.name());
        String text;
        if (show.view()) {
            text = CreateText.view(lake.views().load(context.caller(), name));
        } else {
            TableDetails details = lake.tables().details(context.caller(), name);
            text = CreateText.table(name, lake.tables().columns(context.caller(), name), details);
        }
        return Statements.rows(context, List.of(new Column("statement", "VARCHAR")), List.of(List.of(text)));
    }
}
