package dev.estran.cli;

import dev.estran.Money;
import java.io.PrintWriter;

/** One line on the error stream that is written over: what is being done, how far, what it cost so far. */
final class ProgressLine {

    private static final int BAR = 20;
    /** The engine counts what it has read, not what it still computes; a full bar that stays would mislead. */
    private static final double ALMOST_DONE = 0.995;

    private static final long QUIET_MILLIS = 700;

    private final PrintWriter err;
    private final boolean shown;
    private boolean drawn;

    ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    void show(StatementView view) {
        if (!shown || view.wallMillis() < QUIET_MILLIS) {
            return;
        }
        StringBuilder line = new StringBuilder("\r\u001b[K");
        if (view.fraction() >= 0 && view.fraction() < ALMOST_DONE) {
            int full = (int) Math.round(Math.clamp(view.fraction(), 0, 1) * BAR);
            line.append("━".repeat(full)).append("╌".repeat(BAR - full)).append("  ");
        }
        line.append(view.stage().isEmpty() ? "running" : view.stage());
        line.append("  ").append(view.wallMillis() / 1000).append(" s");
        Money cost = view.cost();
        if (cost != null && cost.amount().signum() > 0) {
            line.append("  ").append(cost.rounded());
        }
        err.print(line.append("  (Ctrl-C stops)"));
        err.flush();
        drawn = true;
    }

    void clear() {
        if (drawn) {
            err.print("\r\u001b[K");
            err.flush();
            drawn = false;
        }
    }
}
