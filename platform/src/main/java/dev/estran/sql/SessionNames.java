package dev.estran.sql;

import dev.estran.SchemaName;
import dev.estran.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What names mean in a session.
 *
 * @param searchPath schemas in which one-part names are looked for, in order
 * @param user name of the caller
 * @param groups groups the caller is in
 * @param catalog current catalog
 * @param schema current schema
 */
public record SessionNames(
        List<SchemaName> searchPath, String user, Set<String> groups, String catalog, String schema) {

    public SessionNames {
        searchPath = List.copyOf(searchPath);
        groups = Set.copyOf(groups);
    }

    /** The full names a name of one to three parts may stand for, best first; empty for more parts. */
    public List<TableName> candidates(List<String> path) {
        return switch (path.size()) {
            case 1 -> searchPath.stream().map(in -> in.table(path.getFirst())).toList();
            case 2 -> {
                Set<String> catalogs = new LinkedHashSet<>(List.of(catalog));
                searchPath.forEach(in -> catalogs.add(in.catalog()));
                List<TableName> names = new ArrayList<>();
                catalogs.forEach(in -> names.add(new TableName(in, path.get(0), path.get(1))));
                yield List.copyOf(names);
            }
            case 3 -> List.of(new TableName(path.get(0), path.get(1), path.get(2)));
            default -> List.of();
        };
    }
}
