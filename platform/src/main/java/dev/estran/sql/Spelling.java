package dev.estran.sql;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Which known name somebody may have meant. */
public final class Spelling {

    private Spelling() {}

    /** The candidate nearest to a name, if it is near enough to be meant: one or two slips, by the name's length. */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(2, wanted.length() / 3));
        String best = null;
        int bestDistance = limit + 1;
        for (String candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), bestDistance);
            boolean earlier = distance == bestDistance && best != null && candidate.compareTo(best) < 0;
            if (distance < bestDistance || earlier) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code " Did you mean 'tickets'?"}, or nothing. */
    public static String hint(String name, Collection<String> candidates) {
        return nearest(name, candidates)
                .map(best -> " Did you mean '" + best + "'?")
                .orElse("");
    }

    /** Levenshtein distance with swaps of neighbours as one step; more than {@code enough} is not told apart. */
    private static int distance(String a, String b, int enough) {
        if (Math.abs(a.length() - b.length()) > enough) {
            return enough + 1;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
