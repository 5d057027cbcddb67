package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.lake.FunctionDefinition;
import dev.estran.lake.Functions;
import dev.estran.lake.Protection;
import dev.estran.lake.TableVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between a protected table and every query over it: a materialized step that keeps the visible rows and puts
 * the masks in place of the values, before anything of the query's is computed. The engine may not move conditions below it.
 */
final class Fence {

    private static final String RAW = "__raw";

    private final UserFunctions userFunctions;
    private final Functions functions;
    private final QueryParser parser;

    Fence(UserFunctions userFunctions, Functions functions, QueryParser parser) {
        this.userFunctions = userFunctions;
        this.functions = functions;
        this.parser = parser;
    }

    /**
     * The query that reads a protected version.
     *
     * @param raw a query of all its rows
     * @param more columns of the raw query beyond the table's own that are passed on
     */
    String around(String raw, TableVersion version, Protection protection, SessionNames names, List<String> more) {
        List<String> select = new ArrayList<>();
        for (int i = 0; i < version.columns().size(); i++) {
            String name = version.columns().get(i).name();
            Protection.Rule mask = protection.masks().get(version.columnIds().get(i));
            String quoted = Identifiers.quote(name);
            select.add(
                    mask == null
                            ? RAW + "." + quoted
                            : "CAST(" + expression(mask, version, names) + " AS "
                                    + version.columns().get(i).type() + ") AS " + quoted);
        }
        more.forEach(name -> select.add(RAW + "." + name));
        Protection.Rule filter = protection.rowFilter();
        String where = filter == null ? "" : " WHERE " + expression(filter, version, names);
        return "WITH __fence AS MATERIALIZED (SELECT " + String.join(", ", select) + " FROM (" + raw + ") AS " + RAW
                + where + ") SELECT * FROM __fence";
    }

    private String expression(Protection.Rule rule, TableVersion version, SessionNames names) {
        FunctionDefinition function = functions.protecting(rule.function());
        List<JsonNode> arguments = new ArrayList<>();
        for (int id : rule.arguments()) {
            int at = version.columnIds().indexOf(id);
            if (at < 0) {
                // Rather nothing than rows nobody asked the filter about.
                throw new EstranException(
                        ErrorCode.DENIED,
                        "Version " + version.version() + " of " + version.name()
                                + " lacks a column that a row filter or mask of the table needs, so it cannot be read.");
            }
            arguments.add(column(version.columns().get(at).name()));
        }
        return parser.printExpression(userFunctions.call(function, arguments, names));
    }

    private static JsonNode column(String name) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.put("class", "COLUMN_REF").put("type", "COLUMN_REF").put("alias", "");
        reference.putArray("column_names").add(RAW).add(name);
        return reference;
    }
}
