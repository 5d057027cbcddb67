package dev.estran.access;

import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Securable.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one caller may know of, at one moment. Immutable. */
public final class Visibility {

    static final Visibility ALL = new Visibility(null);

    /** Held privileges by key; null where everything is seen. */
    private final @Nullable Map<String, Set<String>> held;

    Visibility(@Nullable Map<String, Set<String>> held) {
        this.held = held;
    }

    /** Whether everything is seen. */
    public boolean isAll() {
        return held == null;
    }

    public boolean seesCatalog(String catalog) {
        return held == null
                || catalog.equals("system")
                || !of(GrantStore.key(Kind.CATALOG, List.of(catalog))).isEmpty();
    }

    /** A schema is seen by whom anything was granted on it or on its catalog, and who may use the catalog. */
    public boolean seesSchema(SchemaName schema) {
        if (held == null || schema.catalog().equals("system")) {
            return true;
        }
        Set<String> catalog = of(GrantStore.key(Kind.CATALOG, List.of(schema.catalog())));
        Set<String> own = of(GrantStore.key(Kind.SCHEMA, List.of(schema.catalog(), schema.schema())));
        return sees(Kind.SCHEMA, own, List.of(catalog));
    }

    /** @param id the object's id in the metastore */
    public boolean seesObject(Kind kind, SchemaName schema, String id) {
        if (held == null || schema.catalog().equals("system")) {
            return true;
        }
        Set<String> catalog = of(GrantStore.key(Kind.CATALOG, List.of(schema.catalog())));
        Set<String> around = of(GrantStore.key(Kind.SCHEMA, List.of(schema.catalog(), schema.schema())));
        boolean used = uses(catalog, Privilege.USE_CATALOG)
                && (uses(around, Privilege.USE_SCHEMA) || uses(catalog, Privilege.USE_SCHEMA));
        return used && sees(kind, of(GrantStore.objectKey(id)), List.of(around, catalog));
    }

    public boolean seesFunction(TableName name) {
        if (held == null) {
            return true;
        }
        Set<String> catalog = of(GrantStore.key(Kind.CATALOG, List.of(name.catalog())));
        Set<String> around = of(GrantStore.key(Kind.SCHEMA, List.of(name.catalog(), name.schema())));
        String own = GrantStore.key(Kind.FUNCTION, Securable.function(name).parts());
        return sees(Kind.FUNCTION, of(own), List.of(around, catalog));
    }

    public boolean sees(Securable flat) {
        return held == null || !of(GrantStore.key(flat.kind(), flat.parts())).isEmpty();
    }

    private Set<String> of(String key) {
        return held == null ? Set.of() : held.getOrDefault(key, Set.of());
    }

    private static boolean uses(Set<String> held, Privilege use) {
        return held.contains(use.name()) || held.contains(GrantStore.OWNER) || held.contains(Privilege.MANAGE.name());
    }

    /** Something held on the thing itself, or something held around it that holds for things of its kind. */
    static boolean sees(Kind kind, Set<String> own, List<Set<String>> containers) {
        return !own.isEmpty()
                || containers.stream()
                        .flatMap(Set::stream)
                        .anyMatch(privilege -> privilege.equals(GrantStore.OWNER)
                                || Privilege.valueOf(privilege).appliesTo(kind));
    }
}
