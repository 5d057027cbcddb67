package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** "Did you mean" for names that were not found. */
final class Suggestions {

    private Suggestions() {}

    /** A sentence that names the nearest candidate, or nothing. */
    static String nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(best -> distance(wanted, best.toLowerCase(Locale.ROOT)) <= Math.max(2, wanted.length() / 3))
                .map(best -> " Did you mean '" + best + "'?")
                .orElse("");
    }

    static String tables(Lake lake, Caller caller, TableName wanted) {
        try {
            List<String> elsewhere = lake.catalogs().schemas(caller, wanted.catalog()).stream()
                    .flatMap(schema -> lake.catalogs().objects(caller, schema).stream())
                    .map(ObjectEntry::name)
                    .filter(name -> name.name().equals(wanted.name()))
                    .map(TableName::toString)
                    .toList();
            if (!elsewhere.isEmpty()) {
                return " Did you mean '" + elsewhere.getFirst() + "'?";
            }
            List<String> here = lake.catalogs().objects(caller, wanted.schemaName()).stream()
                    .map(entry -> entry.name().name())
                    .toList();
            return nearest(wanted.name(), here);
        } catch (EstranException e) {
            return "";
        }
    }

    /** Damerau-Levenshtein distance without transposed substrings (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
