package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.HashMap;
import java.util.Map;

/** The properties a new table gets. */
final class TableProperties {

    private static final Map<String, String> FIXED = Map.of(
            "format-version", "2",
            "write.delete.mode", "copy-on-write",
            "write.update.mode", "copy-on-write",
            "write.merge.mode", "copy-on-write");

    /** Races with other processes are short: retry soon, and often enough for a busy table. */
    private static final Map<String, String> RETRIES = Map.of(
            "commit.retry.num-retries", "20",
            "commit.retry.min-wait-ms", "20",
            "commit.retry.max-wait-ms", "1000");

    private static final String OWN = "estran.";
    private static final String MARK = OWN + "mark.";

    private TableProperties() {}

    static Map<String, String> initial(Map<String, String> given, WritePlan plan) {
        check(given);
        Map<String, String> all = new HashMap<>(RETRIES);
        all.putAll(given);
        all.putAll(FIXED);
        all.putAll(Schemas.defaults(plan.columns(), plan.schema()));
        return all;
    }

    static void check(Map<String, String> given) {
        given.forEach((key, value) -> {
            if (key.startsWith(OWN) || !value.equals(FIXED.getOrDefault(key, value))) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The table property " + key + " cannot be set"
                                + (FIXED.containsKey(key) ? "; it is always " + FIXED.get(key) : "") + ".");
            }
        });
    }

    /** The property that keeps what a writer notes under a name. */
    static String mark(String name) {
        return MARK + name;
    }

    static Map<String, String> marks(Map<String, String> all) {
        Map<String, String> marks = new HashMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(MARK)) {
                marks.put(key.substring(MARK.length()), value);
            }
        });
        return marks;
    }

    static Map<String, String> visible(Map<String, String> all) {
        Map<String, String> visible = new HashMap<>(all);
        visible.keySet().removeIf(key -> key.startsWith(OWN));
        return visible;
    }
}
