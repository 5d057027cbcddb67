package dev.estran.model;

import dev.estran.Caller;
import dev.estran.access.Ownership;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import java.util.List;
import java.util.Optional;

/** Connections in the metastore. */
final class ConnectionStore {

    private final Metastore metastore;

    ConnectionStore(Metastore metastore) {
        this.metastore = metastore;
    }

    Optional<Connection> find(String name) {
        return metastore.read(h -> h.createQuery("SELECT definition FROM connections WHERE connection_name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(json -> Definitions.connection(name, Definitions.read(json))));
    }

    List<Connection> list() {
        return metastore.read(h -> h.createQuery(
                        "SELECT connection_name, definition FROM connections ORDER BY connection_name")
                .map((rs, ctx) -> Definitions.connection(rs.getString(1), Definitions.read(rs.getString(2))))
                .list());
    }

    /** Returns whether it was stored; false where the name is taken and {@code replace} is not set. */
    boolean create(Caller caller, Connection connection, boolean replace) {
        String onConflict = replace ? "UPDATE SET definition = excluded.definition" : "NOTHING";
        return metastore.transact(h -> {
            long now = System.currentTimeMillis();
            boolean stored = h.createUpdate(
                                    "INSERT INTO connections(connection_name, definition, created_at, created_by) VALUES (:name, :definition, :at, :by) ON CONFLICT (connection_name) DO "
                                            + onConflict)
                            .bind("name", connection.name())
                            .bind("definition", Definitions.toJson(connection))
                            .bind("at", now)
                            .bind("by", caller.id())
                            .execute()
                    > 0;
            if (stored) {
                Ownership.of(h, Securable.connection(connection.name()), caller.id(), now);
            }
            return stored;
        });
    }

    boolean delete(String name) {
        return metastore.transact(h -> {
            Ownership.end(h, Securable.connection(name));
            return h.createUpdate("DELETE FROM connections WHERE connection_name = :name")
                            .bind("name", name)
                            .execute()
                    > 0;
        });
    }
}
