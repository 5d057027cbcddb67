package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.sql.EngineInstance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of the tables and columns that the stages of one statement add. None of them is used in the statement itself, so
 * that no name of the user's is caught by a look-up.
 */
final class PrivateNames {

    private static final int MOST_TABLES = 10_000;

    private final String prefix;
    private final Map<Character, Integer> last = new HashMap<>();

    private PrivateNames(JsonNode query, Set<String> used) {
        collect(query, used);
        StringBuilder candidate = new StringBuilder("__");
        while (clashes(used, candidate.toString())) {
            candidate.append('x');
        }
        this.prefix = candidate.toString();
    }

    /** Names that neither the query nor a table of the instance has: an instance may serve several queries. */
    static PrivateNames of(JsonNode query, EngineInstance instance) {
        String tables = " FROM information_schema.tables WHERE regexp_matches(table_name, '^__x*[abcd][0-9]+$')";
        Set<String> used = new HashSet<>();
        if (instance.number("SELECT count(*)" + tables) > 0) {
            instance.rows("SELECT table_name" + tables, MOST_TABLES)
                    .forEach(row -> used.add(String.valueOf(row.getFirst())));
        }
        return new PrivateNames(query, used);
    }

    private static void collect(JsonNode node, Set<String> used) {
        if (node.isTextual()) {
            used.add(node.asText().toLowerCase(Locale.ROOT));
        }
        node.forEach(child -> collect(child, used));
    }

    private static boolean clashes(Set<String> used, String prefix) {
        return used.stream()
                .anyMatch(name -> name.startsWith(prefix)
                        && name.substring(prefix.length()).matches("[abcdeklqrsuvx][0-9]*"));
    }

    /** A new base table, {@code __b1}. */
    String base() {
        return next('b');
    }

    /** A new table of distinct arguments, {@code __d1}. */
    String distinct() {
        return next('d');
    }

    /** A new table of answers, {@code __a1}. */
    String answers() {
        return next('a');
    }

    /** A new view over a common table expression, {@code __c1}. */
    String view() {
        return next('c');
    }

    /** A new function for calls that cannot be cut, {@code __u1}. */
    String function() {
        return next('u');
    }

    /** A new alias for a query inside FROM, {@code __q1}. */
    String alias() {
        return next('q');
    }

    /** Column of the i-th argument, {@code __k0}. */
    String key(int i) {
        return prefix + "k" + i;
    }

    /** Column of the i-th value of a base table that is not the user's own column, {@code __x0}. */
    String column(int i) {
        return prefix + "x" + i;
    }

    /** Column of the answer. */
    String value() {
        return prefix + "v";
    }

    /** Column of the error. */
    String error() {
        return prefix + "e";
    }

    /** Column of the row's place. */
    String row() {
        return prefix + "r";
    }

    /** Whether a column path is the place of a row in a table of this statement's. */
    boolean isRowid(java.util.List<String> path) {
        return path.size() == 2
                && path.getFirst().startsWith(prefix + "q")
                && path.getLast().equals("rowid");
    }

    private String next(char kind) {
        return prefix + kind + last.merge(kind, 1, Integer::sum);
    }
}
