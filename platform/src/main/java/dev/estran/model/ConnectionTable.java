package dev.estran.model;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.sql.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.ai.connections}. Shows where a secret is, never what it is. */
public final class ConnectionTable implements SystemTable {

    private final Endpoints endpoints;

    public ConnectionTable(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public TableName name() {
        return new TableName("system", "ai", "connections");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("name", "VARCHAR", false),
                new Column("provider", "VARCHAR", false),
                new Column("url", "VARCHAR", false),
                new Column("secret", "VARCHAR"),
                new Column("zones", "VARCHAR", false),
                new Column("terms", "VARCHAR", false));
    }

    @Override
    public List<List<@Nullable Object>> rows(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Connection c : endpoints.connections(caller)) {
            rows.add(Arrays.asList(
                    c.name(),
                    c.provider(),
                    c.url(),
                    c.secret(),
                    String.join(", ", c.zones()),
                    Definitions.write(c.terms())));
        }
        return rows;
    }
}
