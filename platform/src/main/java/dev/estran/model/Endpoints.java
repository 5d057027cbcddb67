package dev.estran.model;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.access.Visibility;
import dev.estran.metastore.Metastore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections and endpoints: rules and rights. Thread-safe. */
public final class Endpoints {

    private final Access access;
    private final Prices prices;
    private final ConnectionStore connections;
    private final EndpointStore endpoints;

    public Endpoints(Access access, Metastore metastore, Prices prices) {
        this.access = access;
        this.prices = prices;
        this.connections = new ConnectionStore(metastore);
        this.endpoints = new EndpointStore(metastore);
    }

    /** @param options as in CREATE CONNECTION ... WITH (...) */
    public Connection createConnection(
            Caller caller, String name, Map<String, @Nullable Object> options, boolean replace) {
        access.require(caller, Privilege.CREATE_CONNECTION, Securable.PLATFORM);
        Connection connection = Definitions.connection(name.toLowerCase(Locale.ROOT), options);
        if (connections.find(connection.name()).isPresent() && replace) {
            access.require(caller, Privilege.MANAGE, Securable.connection(connection.name()));
        }
        requireSecret(caller, connection);
        if (!Definitions.loopback(connection) && usedBySimulated(connection.name())) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The connection " + connection.name()
                            + " serves a simulated endpoint, so it must stay on this machine.");
        }
        if (!connections.create(caller, connection, replace)) {
            throw taken("connection", connection.name());
        }
        return connection;
    }

    /** Whoever names a stored secret has it sent to an address of theirs, so they must be allowed to. */
    private void requireSecret(Caller caller, Connection connection) {
        String secret = connection.secret();
        if (secret != null && secret.startsWith(Secrets.STORED)) {
            access.require(caller, Privilege.MANAGE, Securable.secret(secret.substring(Secrets.STORED.length())));
        }
    }

    /**
     * What a connection and endpoint of these options would call; nothing is stored.
     *
     * @param connection as in CREATE CONNECTION ... WITH (...)
     * @param endpoint as in CREATE ENDPOINT ... WITH (...)
     */
    public ModelTarget draft(
            Caller caller,
            String given,
            Map<String, @Nullable Object> connection,
            Map<String, @Nullable Object> endpoint) {
        access.require(caller, Privilege.CREATE_CONNECTION, Securable.PLATFORM);
        String name = given.toLowerCase(Locale.ROOT);
        Connection made = Definitions.connection(name, connection);
        requireSecret(caller, made);
        Endpoint asked = Definitions.endpoint(name, endpoint);
        Endpoint.Served served = asked.served().getFirst();
        TokenPrice price = served.price();
        if (price != null) {
            prices.requireCurrency(price.currency());
        }
        return new ModelTarget(asked, served, made);
    }

    public boolean dropConnection(Caller caller, String given, boolean ifExists) {
        String name = given.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.MANAGE, Securable.connection(name));
        List<String> users = endpoints.list().stream()
                .filter(e -> e.served().stream().anyMatch(s -> s.connection().equals(name)))
                .map(Endpoint::name)
                .toList();
        if (!users.isEmpty()) {
            throw new EstranException(
                    ErrorCode.NOT_EMPTY,
                    "The connection " + name + " is used by " + String.join(", ", users)
                            + ". Drop the endpoint first.");
        }
        boolean dropped = connections.delete(name);
        if (!dropped && !ifExists) {
            throw noConnection(name);
        }
        return dropped;
    }

    public List<Connection> connections(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return connections.list().stream()
                .filter(connection -> visible.sees(Securable.connection(connection.name())))
                .toList();
    }

    /**
     * @param options as in CREATE ENDPOINT ... WITH (...)
     * @return whether it became the default model
     */
    public boolean createEndpoint(Caller caller, String name, Map<String, @Nullable Object> options, boolean replace) {
        access.require(caller, Privilege.CREATE_ENDPOINT, Securable.PLATFORM);
        Endpoint endpoint = Definitions.endpoint(name.toLowerCase(Locale.ROOT), options);
        if (endpoints.find(endpoint.name()).isPresent() && replace) {
            access.require(caller, Privilege.MANAGE, Securable.endpoint(endpoint.name()));
        }
        for (Endpoint.Served served : endpoint.served()) {
            access.require(caller, Privilege.USE_CONNECTION, Securable.connection(served.connection()));
            Connection connection =
                    connections.find(served.connection()).orElseThrow(() -> noConnection(served.connection()));
            if (endpoint.simulated() && !Definitions.loopback(connection)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "simulated is for demo suppliers on this machine; " + connection.name() + " is elsewhere.");
            }
            TokenPrice price = served.price();
            if (price != null) {
                prices.requireCurrency(price.currency());
            }
        }
        EndpointStore.Created created = endpoints.create(caller, endpoint, replace);
        if (created == EndpointStore.Created.NAME_TAKEN) {
            throw taken("endpoint", endpoint.name());
        }
        return created == EndpointStore.Created.CREATED_AS_DEFAULT;
    }

    public boolean dropEndpoint(Caller caller, String given, boolean ifExists) {
        String name = given.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.MANAGE, Securable.endpoint(name));
        boolean dropped = endpoints.delete(name);
        if (!dropped && !ifExists) {
            throw noEndpoint(name);
        }
        return dropped;
    }

    public List<Endpoint> endpoints(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return endpoints.list().stream()
                .filter(endpoint -> visible.sees(Securable.endpoint(endpoint.name())))
                .toList();
    }

    /** The endpoint that answers where a function needs a model and none is named. */
    public Optional<String> defaultModel(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return endpoints.defaultModel();
    }

    public void setDefaultModel(Caller caller, String given) {
        String name = given.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.MANAGE, Securable.PLATFORM);
        if (endpoints.find(name).isEmpty()) {
            throw noEndpoint(name);
        }
        endpoints.setDefaultModel(name);
    }

    /**
     * What a name given as {@code model} stands for, in the order endpoint, {@code local/...}, {@code agent:...},
     * {@code catalog.schema.model}.
     *
     * @throws EstranException ENDPOINT_NOT_FOUND
     */
    public ModelName resolve(Caller caller, String given) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        String name = given.strip();
        Optional<Endpoint> endpoint = endpoints.find(name.toLowerCase(Locale.ROOT));
        if (endpoint.isPresent()) {
            return new ModelName.OfEndpoint(target(caller, endpoint.get()));
        }
        if (name.startsWith("local/")) {
            return new ModelName.Local(name);
        }
        if (name.startsWith("agent:")) {
            return new ModelName.Agent(name);
        }
        String[] parts = name.split("\\.", -1);
        if (parts.length == 3) {
            return new ModelName.Own(new TableName(parts[0], parts[1], parts[2]));
        }
        throw noEndpoint(name);
    }

    private ModelTarget target(Caller caller, Endpoint endpoint) {
        access.require(caller, Privilege.QUERY, Securable.endpoint(endpoint.name()));
        Endpoint.Served served = endpoint.served().getFirst();
        Connection connection =
                connections.find(served.connection()).orElseThrow(() -> noConnection(served.connection()));
        return new ModelTarget(endpoint, served, connection);
    }

    private boolean usedBySimulated(String connection) {
        return endpoints.list().stream()
                .filter(Endpoint::simulated)
                .anyMatch(e -> e.served().stream().anyMatch(s -> s.connection().equals(connection)));
    }

    private static EstranException taken(String kind, String name) {
        return new EstranException(
                        ErrorCode.ALREADY_EXISTS,
                        "The " + kind + " " + name + " exists. Use CREATE OR REPLACE, or another name.")
                .with("name", name);
    }

    private static EstranException noConnection(String name) {
        return NotFound.of(Securable.connection(name));
    }

    private static EstranException noEndpoint(String name) {
        return NotFound.of(Securable.endpoint(name));
    }
}
