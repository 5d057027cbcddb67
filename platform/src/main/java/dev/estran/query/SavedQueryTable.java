package dev.estran.query;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.sql.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.query.saved}: one row per saved query the caller may see. */
public final class SavedQueryTable implements SystemTable {

    private final SavedQueries queries;

    public SavedQueryTable(SavedQueries queries) {
        this.queries = queries;
    }

    @Override
    public TableName name() {
        return new TableName("system", "query", "saved");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("id", "VARCHAR", false),
                new Column("owner", "VARCHAR", false),
                new Column("name", "VARCHAR", false),
                new Column("statement", "VARCHAR", false),
                new Column("parameters", "VARCHAR", false),
                new Column("chart", "VARCHAR"),
                new Column("created_at", "TIMESTAMP WITH TIME ZONE", false),
                new Column("updated_at", "TIMESTAMP WITH TIME ZONE", false),
                new Column("version", "BIGINT", false));
    }

    @Override
    public List<List<@Nullable Object>> rows(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (SavedQuery query : queries.list(caller)) {
            QueryDraft draft = query.draft();
            rows.add(Arrays.asList(
                    query.id(),
                    query.owner(),
                    query.name(),
                    draft.text(),
                    ParameterJson.write(draft.parameters()),
                    draft.chart(),
                    query.createdAt(),
                    query.updatedAt(),
                    query.version()));
        }
        return rows;
    }
}
