package dev.estran.testing.samples;

import java.util.Locale;

/** How a customer writes. */
enum Persona {
    PLAIN(0.42, 0.006, 0.10),
    POLITE(0.17, 0.001, 0.0),
    SMS(0.19, 0.03, 0.45),
    ANGRY(0.22, 0.012, 0.10);

    private final double share;
    private final double typos;
    private final double noAccents;

    Persona(double share, double typos, double noAccents) {
        this.share = share;
        this.typos = typos;
        this.noAccents = noAccents;
    }

    double share() {
        return share;
    }

    /** Chance that a word is mistyped by an average hand of this kind. */
    double typos() {
        return typos;
    }

    /** Chance that a message is typed without accents. */
    double noAccents() {
        return noAccents;
    }

    String section() {
        return name().toLowerCase(Locale.ROOT);
    }
}
