package dev.estran.model;

import dev.estran.Caller;
import dev.estran.access.Ownership;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Endpoints and the default model in the metastore. */
final class EndpointStore {

    private static final String DEFAULT_MODEL = "ai.default_model";

    private final Metastore metastore;

    EndpointStore(Metastore metastore) {
        this.metastore = metastore;
    }

    Optional<Endpoint> find(String name) {
        return metastore.read(h -> h.createQuery("SELECT definition FROM endpoints WHERE endpoint_name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(json -> Definitions.endpoint(name, Definitions.read(json))));
    }

    List<Endpoint> list() {
        return metastore.read(h -> h.createQuery(
                        "SELECT endpoint_name, definition FROM endpoints ORDER BY endpoint_name")
                .map((rs, ctx) -> Definitions.endpoint(rs.getString(1), Definitions.read(rs.getString(2))))
                .list());
    }

    /** What became of a creation. */
    enum Created {
        NAME_TAKEN,
        CREATED,
        CREATED_AS_DEFAULT
    }

    /** The first real endpoint becomes the default model, in the same transaction. */
    Created create(Caller caller, Endpoint endpoint, boolean replace) {
        String onConflict = replace ? "UPDATE SET definition = excluded.definition" : "NOTHING";
        return metastore.transact(h -> {
            long now = System.currentTimeMillis();
            int rows = h.createUpdate(
                            "INSERT INTO endpoints(endpoint_name, definition, created_at, created_by) VALUES (:name, :definition, :at, :by) ON CONFLICT (endpoint_name) DO "
                                    + onConflict)
                    .bind("name", endpoint.name())
                    .bind("definition", Definitions.toJson(endpoint))
                    .bind("at", now)
                    .bind("by", caller.id())
                    .execute();
            if (rows == 0) {
                return Created.NAME_TAKEN;
            }
            Ownership.of(h, Securable.endpoint(endpoint.name()), caller.id(), now);
            if (endpoint.simulated() || readDefault(h).isPresent()) {
                return Created.CREATED;
            }
            writeDefault(h, endpoint.name());
            return Created.CREATED_AS_DEFAULT;
        });
    }

    /** Deletes the endpoint, and the default model where it was that one. */
    boolean delete(String name) {
        return metastore.transact(h -> {
            h.createUpdate("DELETE FROM settings WHERE setting_key = :setting AND setting_value = :name")
                    .bind("setting", DEFAULT_MODEL)
                    .bind("name", name)
                    .execute();
            Ownership.end(h, Securable.endpoint(name));
            return h.createUpdate("DELETE FROM endpoints WHERE endpoint_name = :name")
                            .bind("name", name)
                            .execute()
                    > 0;
        });
    }

    Optional<String> defaultModel() {
        return metastore.read(EndpointStore::readDefault);
    }

    void setDefaultModel(String name) {
        metastore.transact(h -> {
            writeDefault(h, name);
            return name;
        });
    }

    private static Optional<String> readDefault(Handle handle) {
        return handle.createQuery("SELECT setting_value FROM settings WHERE setting_key = :name")
                .bind("name", DEFAULT_MODEL)
                .mapTo(String.class)
                .findOne();
    }

    private static void writeDefault(Handle handle, String name) {
        handle.createUpdate("INSERT INTO settings(setting_key, setting_value) VALUES (:name, :value)"
                        + " ON CONFLICT (setting_key) DO UPDATE SET setting_value = excluded.setting_value")
                .bind("name", DEFAULT_MODEL)
                .bind("value", name)
                .execute();
    }
}
