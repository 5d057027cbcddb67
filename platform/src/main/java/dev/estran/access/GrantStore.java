package dev.estran.access;

import dev.estran.access.Securable.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Rows of {@code grants}. A right stands under a key: tables, views and models by their id, so that it moves with a
 * rename; everything else by name. It ends when the thing is dropped.
 */
final class GrantStore {

    /** Written in the place of a privilege. */
    static final String OWNER = "OWNER";

    static final String PLATFORM_KEY = "platform";

    private GrantStore() {}

    static String key(Kind kind, List<String> parts) {
        return kind.name().toLowerCase(Locale.ROOT) + ":"
                + parts.stream().map(GrantStore::escaped).collect(Collectors.joining("."));
    }

    /** A name may hold a dot, which must not be taken for the one between two names. */
    private static String escaped(String part) {
        return part.replace("\\", "\\\\").replace(".", "\\.");
    }

    static String objectKey(String id) {
        return "object:" + id;
    }

    /** The thing's own key; empty where nothing of that name exists. */
    static Optional<String> ownKey(Handle handle, Securable securable) {
        List<String> parts = securable.parts();
        if (securable.kind() == Kind.PLATFORM) {
            return Optional.of(PLATFORM_KEY);
        }
        // Estran's own tables are not rows of the metastore.
        if (!securable.kind().inSchema()
                || securable.kind() == Kind.FUNCTION
                || parts.getFirst().equals("system")) {
            return Optional.of(key(securable.kind(), parts));
        }
        return handle.createQuery("""
                        SELECT id FROM objects
                        WHERE catalog_name = :catalog AND schema_name = :schema AND object_name = :name
                        """)
                .bind("catalog", parts.get(0))
                .bind("schema", parts.get(1))
                .bind("name", parts.get(2))
                .mapTo(String.class)
                .findFirst()
                .map(GrantStore::objectKey);
    }

    /** Keys of what the thing is in, innermost first. */
    static List<String> containerKeys(Securable securable) {
        List<String> keys = new ArrayList<>();
        List<String> parts = securable.parts();
        if (securable.kind().inSchema()) {
            keys.add(key(Kind.SCHEMA, parts.subList(0, 2)));
        }
        if (securable.kind().inSchema() || securable.kind() == Kind.SCHEMA) {
            keys.add(key(Kind.CATALOG, parts.subList(0, 1)));
        }
        return keys;
    }

    /** What the principals hold under the keys. */
    static Map<String, Set<String>> held(Handle handle, Collection<String> principals, Collection<String> keys) {
        return byKey(handle.createQuery(
                        "SELECT securable, privilege FROM grants WHERE securable IN (<keys>) AND principal IN (<principals>)")
                .bindList("keys", List.copyOf(keys))
                .bindList("principals", List.copyOf(principals)));
    }

    /** All that the principals hold. */
    static Map<String, Set<String>> held(Handle handle, Collection<String> principals) {
        return byKey(handle.createQuery("SELECT securable, privilege FROM grants WHERE principal IN (<principals>)")
                .bindList("principals", List.copyOf(principals)));
    }

    private static Map<String, Set<String>> byKey(org.jdbi.v3.core.statement.Query query) {
        Map<String, Set<String>> held = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> held.computeIfAbsent(entry.getKey(), key -> new HashSet<>())
                        .add(entry.getValue()));
        return held;
    }

    static boolean add(Handle handle, String key, String principal, String privilege, long at, String by) {
        return handle.createUpdate("""
                                INSERT INTO grants (securable, principal, privilege, granted_at, granted_by)
                                VALUES (:key, :principal, :privilege, :at, :by) ON CONFLICT DO NOTHING
                                """)
                        .bind("key", key)
                        .bind("principal", principal)
                        .bind("privilege", privilege)
                        .bind("at", at)
                        .bind("by", by)
                        .execute()
                > 0;
    }

    static boolean remove(Handle handle, String key, String principal, String privilege) {
        return handle.createUpdate(
                                "DELETE FROM grants WHERE securable = :key AND principal = :principal AND privilege = :privilege")
                        .bind("key", key)
                        .bind("principal", principal)
                        .bind("privilege", privilege)
                        .execute()
                > 0;
    }

    static void removeAll(Handle handle, String key) {
        handle.createUpdate("DELETE FROM grants WHERE securable = :key")
                .bind("key", key)
                .execute();
    }

    static void removeOwner(Handle handle, String key) {
        handle.createUpdate("DELETE FROM grants WHERE securable = :key AND privilege = 'OWNER'")
                .bind("key", key)
                .execute();
    }

    /** A row of grants. */
    record Row(String key, String principal, String privilege, long at, String by) {}

    static List<Row> list(Handle handle, Collection<String> keys) {
        return handle.createQuery(
                        "SELECT securable, principal, privilege, granted_at, granted_by FROM grants WHERE securable IN (<keys>)"
                                + " ORDER BY principal, privilege, securable")
                .bindList("keys", List.copyOf(keys))
                .map((row, context) ->
                        new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5)))
                .list();
    }

    static List<Row> ofPrincipals(Handle handle, Collection<String> principals) {
        return handle.createQuery(
                        "SELECT securable, principal, privilege, granted_at, granted_by FROM grants WHERE principal IN"
                                + " (<principals>) ORDER BY securable, principal, privilege")
                .bindList("principals", List.copyOf(principals))
                .map((row, context) ->
                        new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5)))
                .list();
    }

    /** The name that a key stands for; empty where it is gone. */
    static Optional<Securable> securable(Handle handle, String key) {
        if (key.equals(PLATFORM_KEY)) {
            return Optional.of(Securable.PLATFORM);
        }
        int colon = key.indexOf(':');
        String kind = key.substring(0, colon);
        String rest = key.substring(colon + 1);
        if (!kind.equals("object")) {
            return Optional.of(new Securable(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), parts(rest)));
        }
        return handle.createQuery("SELECT kind, catalog_name, schema_name, object_name FROM objects WHERE id = :id")
                .bind("id", rest)
                .map((row, context) -> new Securable(
                        Kind.valueOf(row.getString(1)), List.of(row.getString(2), row.getString(3), row.getString(4))))
                .findFirst();
    }

    private static List<String> parts(String escaped) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int at = 0; at < escaped.length(); at++) {
            char c = escaped.charAt(at);
            if (c == '.') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c == '\\' && at + 1 < escaped.length() ? escaped.charAt(++at) : c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
