package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import java.util.List;

/** "Did you mean" for tables that were not found. */
final class Suggestions {

    private Suggestions() {}

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
            return Spelling.hint(wanted.name(), here);
        } catch (EstranException e) {
            return "";
        }
    }
}
