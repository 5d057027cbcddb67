package dev.estran.model.provider.local;

import java.util.Locale;

/** Shares with their 95 % Wilson score interval, as text. */
final class Shares {

    private static final double Z95 = 1.959964;

    private Shares() {}

    static String text(String what, int right, int all) {
        double p = all == 0 ? 0 : right / (double) all;
        double z2 = Z95 * Z95 / Math.max(1, all);
        double half = Z95 * Math.sqrt(p * (1 - p) / Math.max(1, all) + z2 / (4.0 * Math.max(1, all)));
        double low = Math.max(0, (p + z2 / 2 - half) / (1 + z2));
        double high = Math.min(1, (p + z2 / 2 + half) / (1 + z2));
        return String.format(Locale.ROOT, "%s %.3f [%.3f, %.3f] (%d of %d)", what, p, low, high, right, all);
    }
}
