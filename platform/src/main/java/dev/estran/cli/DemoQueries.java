package dev.estran.cli;

import dev.estran.query.QueryDraft;
import dev.estran.query.QueryParameter;
import java.util.List;
import java.util.Map;

/** The saved queries of the demo. */
final class DemoQueries {

    private DemoQueries() {}

    static List<QueryDraft> all() {
        return List.of(
                new QueryDraft(
                        "Revenue by shop since a date",
                        """
                        -- Revenue of each shop since a day you choose
                        SELECT s.name AS shop, s.city,
                               round(sum(o.quantity * o.unit_price * (1 - coalesce(o.discount, 0))), 2) AS revenue,
                               count(*) AS orders
                        FROM lake.demo.orders AS o
                        JOIN lake.demo.shops AS s USING (shop_id)
                        WHERE o.status <> 'cancelled' AND o.ordered_at >= $since
                        GROUP BY ALL
                        ORDER BY revenue DESC""",
                        Map.of("since", new QueryParameter("DATE", true, "2025-01-01")),
                        null),
                new QueryDraft("Tickets with names and numbers hidden", """
                        -- What customers wrote, safe to show around: nothing leaves this machine
                        SELECT opened_at, subject, ai_mask(body, ['phone', 'email', 'iban']) AS body
                        FROM lake.demo.tickets
                        ORDER BY opened_at DESC
                        LIMIT 50""", Map.of(), null));
    }
}
