package dev.estran.model;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.sql.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.ai.endpoints}: one row per served model. Prices are per million tokens, in the supplier's currency. */
public final class EndpointTable implements SystemTable {

    private final Endpoints endpoints;

    public EndpointTable(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public TableName name() {
        return new TableName("system", "ai", "endpoints");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("name", "VARCHAR", false),
                new Column("connection", "VARCHAR", false),
                new Column("model", "VARCHAR", false),
                new Column("version", "VARCHAR"),
                new Column("price_input", "DECIMAL(18,6)"),
                new Column("price_output", "DECIMAL(18,6)"),
                new Column("currency", "VARCHAR"),
                new Column("parameters", "VARCHAR", false),
                new Column("system_prompt", "VARCHAR"),
                new Column("zones", "VARCHAR", false),
                new Column("simulated", "BOOLEAN", false),
                new Column("is_default", "BOOLEAN", false));
    }

    @Override
    public List<List<@Nullable Object>> rows(Caller caller) {
        String main = endpoints.defaultModel(caller).orElse("");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Endpoint e : endpoints.endpoints(caller)) {
            for (Endpoint.Served s : e.served()) {
                TokenPrice price = s.price();
                rows.add(Arrays.asList(
                        e.name(),
                        s.connection(),
                        s.model(),
                        s.version(),
                        price == null ? null : price.input(),
                        price == null ? null : price.output(),
                        price == null ? null : price.currency(),
                        Definitions.write(e.parameters()),
                        e.systemPrompt(),
                        String.join(", ", e.zones()),
                        e.simulated(),
                        e.name().equals(main)));
            }
        }
        return rows;
    }
}
