package dev.estran.ai;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.sql.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.ai.local_methods}: {@link Capabilities} as rows. */
public final class LocalMethodTable implements SystemTable {

    private final Access access;

    public LocalMethodTable(Access access) {
        this.access = access;
    }

    @Override
    public TableName name() {
        return new TableName("system", "ai", "local_methods");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("name", "VARCHAR", false),
                new Column("state", "VARCHAR", false),
                new Column("method", "VARCHAR", false),
                new Column("quality", "VARCHAR"));
    }

    @Override
    public List<List<@Nullable Object>> rows(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Capabilities.Capability c : Capabilities.all()) {
            rows.add(Arrays.asList(c.name(), c.state().text(), c.method(), c.quality()));
        }
        return rows;
    }
}
