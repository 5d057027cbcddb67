package dev.estran.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine functions a query may call. */
final class FunctionList {

    private final Set<String> scalars = new HashSet<>();
    private final Set<String> tables = new HashSet<>();

    private FunctionList() {}

    static FunctionList load() {
        FunctionList list = new FunctionList();
        try (InputStream in = FunctionList.class.getResourceAsStream("functions.txt")) {
            if (in == null) {
                throw new IllegalStateException("functions.txt is missing from the jar");
            }
            Set<String> section = list.scalars;
            for (String line : new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList()) {
                switch (line) {
                    case "[functions]" -> section = list.scalars;
                    case "[table functions]" -> section = list.tables;
                    case "" -> {}
                    default -> {
                        if (!line.startsWith("#")) {
                            section.add(line);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list;
    }

    /** Names that are words, sorted; operators are left out. */
    List<String> names() {
        return scalars.stream()
                .filter(name -> Character.isLetter(name.charAt(0)))
                .sorted()
                .toList();
    }

    boolean allows(String function) {
        return scalars.contains(function);
    }

    boolean allowsAsTable(String function) {
        return tables.contains(function);
    }

    /** The nearest name, if it is near enough to be meant. */
    Optional<String> nearest(String function, boolean asTable) {
        int limit = Math.max(1, Math.min(2, function.length() / 3));
        String best = null;
        int bestDistance = limit + 1;
        for (String candidate : asTable ? tables : scalars) {
            int distance = distance(function, candidate, bestDistance);
            if (distance < bestDistance
                    || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein distance with swaps of neighbours as one step. */
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
