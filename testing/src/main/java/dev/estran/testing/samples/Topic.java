package dev.estran.testing.samples;

import java.util.Locale;

/** What a ticket is about. */
enum Topic {
    DELIVERY(0.23),
    PRODUCT_DEFECT(0.17),
    REFUND(0.15),
    BILLING(0.12),
    SHOP_EXPERIENCE(0.11),
    STOCK(0.10),
    ACCOUNT(0.07),
    OTHER(0.05);

    private final double share;

    Topic(double share) {
        this.share = share;
    }

    double share() {
        return share;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
