package dev.estran.model;

import org.jspecify.annotations.Nullable;

/** An endpoint resolved to what is called, as it stood when it was resolved. */
public record ModelTarget(Endpoint endpoint, Endpoint.Served served, Connection connection) {

    /** Connection and model with its version, for example {@code north:large@2026-10-01}. */
    public String servedName() {
        String version = served.version();
        String name = connection.name() + ":" + served.model();
        return version == null ? name : name + "@" + version;
    }

    public @Nullable TokenPrice price() {
        return served.price();
    }
}
