package dev.estran.access;

import dev.estran.SchemaName;
import dev.estran.access.Securable.Kind;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who things belong to. Called in the transaction that makes or removes a thing, so that nothing is ever without its
 * owner and no grant outlives what it was given on.
 */
public final class Ownership {

    private Ownership() {}

    public static void ofCatalog(Handle handle, String catalog, String owner, long at) {
        begin(handle, GrantStore.key(Kind.CATALOG, List.of(catalog)), owner, at);
    }

    public static void ofSchema(Handle handle, SchemaName schema, String owner, long at) {
        begin(handle, schemaKey(schema), owner, at);
    }

    /** @param id the object's id in the metastore */
    public static void ofObject(Handle handle, String id, String owner, long at) {
        if (ofObject(handle, id).isEmpty()) {
            begin(handle, GrantStore.objectKey(id), owner, at);
        }
    }

    /** Whom an object belongs to. */
    public static Optional<String> ofObject(Handle handle, String id) {
        return GrantStore.list(handle, List.of(GrantStore.objectKey(id))).stream()
                .filter(row -> row.privilege().equals(GrantStore.OWNER))
                .map(GrantStore.Row::principal)
                .findFirst();
    }

    /** A connection or an endpoint that is replaced keeps its owner and its grants. */
    public static void of(Handle handle, Securable flat, String owner, long at) {
        String key = GrantStore.key(flat.kind(), flat.parts());
        boolean owned = GrantStore.list(handle, List.of(key)).stream()
                .anyMatch(row -> row.privilege().equals(GrantStore.OWNER));
        if (!owned) {
            begin(handle, key, owner, at);
        }
    }

    public static void endCatalog(Handle handle, String catalog) {
        GrantStore.removeAll(handle, GrantStore.key(Kind.CATALOG, List.of(catalog)));
    }

    public static void endSchema(Handle handle, SchemaName schema) {
        GrantStore.removeAll(handle, schemaKey(schema));
    }

    public static void endObject(Handle handle, String id) {
        GrantStore.removeAll(handle, GrantStore.objectKey(id));
    }

    public static void end(Handle handle, Securable flat) {
        GrantStore.removeAll(handle, GrantStore.key(flat.kind(), flat.parts()));
    }

    private static void begin(Handle handle, String key, String owner, long at) {
        GrantStore.add(handle, key, owner, GrantStore.OWNER, at, owner);
    }

    private static String schemaKey(SchemaName schema) {
        return GrantStore.key(Kind.SCHEMA, List.of(schema.catalog(), schema.schema()));
    }
}
