package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectEntry;
import java.util.List;
import java.util.Optional;

/** "Did you mean" for tables that were not found. */
final class Suggestions {

    private Suggestions() {}

    static Optional<String> tables(Lake lake, Caller caller, TableName wanted) {
        try {
            List<String> elsewhere = lake.catalogs().schemas(caller, wanted.catalog()).stream()
                    .flatMap(schema -> lake.catalogs().objects(caller, schema).stream())
                    .map(ObjectEntry::name)
                    .filter(name -> name.name().equals(wanted.name()))
                    .map(TableName::toString)
                    .toList();
            if (!elsewhere.isEmpty()) {
                return Optional.of(elsewhere.getFirst());
            }
            List<String> here = lake.catalogs().objects(caller, wanted.schemaName()).stream()
                    .map(entry -> entry.name().name())
                    .toList();
            return Spelling.nearest(wanted.name(), here);
        } catch (EstranException e) {
            return Optional.empty();
        }
    }

    static String hint(Optional<String> name) {
        return name.map(found -> " Did you mean '" + found + "'?").orElse("");
    }
}
