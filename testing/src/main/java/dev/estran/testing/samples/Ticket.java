package dev.estran.testing.samples;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

record Ticket(
        LocalDateTime opened,
        Shop shop,
        @Nullable Customer customer,
        String language,
        String channel,
        @Nullable String subject,
        String body,
        Topic topic) {

    /** Numbers follow the dates. */
    static String csv(List<Ticket> tickets) {
        Csv csv = new Csv(
                "ticket_id", "opened_at", "shop_id", "customer_id", "language", "channel", "subject", "body", "topic");
        List<Ticket> sorted = new ArrayList<>(tickets);
        sorted.sort(Comparator.comparing(Ticket::opened));
        int number = 1;
        for (Ticket t : sorted) {
            csv.row(
                    String.format(Locale.ROOT, "T%05d", number++),
                    Times.text(t.opened),
                    t.shop.id(),
                    t.customer == null ? null : t.customer.id(),
                    t.language,
                    t.channel,
                    t.subject,
                    t.body,
                    t.topic.label());
        }
        return csv.text();
    }
}
