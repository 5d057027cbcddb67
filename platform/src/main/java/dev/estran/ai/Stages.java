package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import org.jspecify.annotations.Nullable;

/** What every part of the planner of one statement works with. */
record Stages(
        QueryParser parser,
        EngineInstance instance,
        PrivateNames names,
        EngineFunctions functions,
        CallBinder binder,
        StandIns standIns,
        @Nullable Guesses guesses) {

    /** Whether nothing may be run but counts. */
    boolean estimating() {
        return guesses != null;
    }

    /** Runs a query into a new table of the instance and returns the table's name. An estimate makes a view instead. */
    String materialise(JsonNode query) {
        String table = names.base();
        if (guesses != null) {
            guesses.output(query);
            instance.execute("CREATE VIEW " + table + " AS " + parser.printQuery(query));
            return table;
        }
        instance.execute("CREATE TABLE " + table + " AS " + parser.printQuery(query));
        return table;
    }

    long count(ObjectNode query) {
        return instance.number("SELECT count(*) FROM (" + parser.printQuery(query) + ") AS " + names.alias());
    }

    /** Whether running it twice may give other rows. */
    boolean unstable(JsonNode node) {
        return functions.isVolatile(node) || SqlTree.any(node, inner -> SqlTree.isType(inner, "LIMIT_MODIFIER"));
    }
}
