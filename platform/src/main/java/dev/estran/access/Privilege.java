package dev.estran.access;

import static dev.estran.access.Securable.Kind.CATALOG;
import static dev.estran.access.Securable.Kind.CONNECTION;
import static dev.estran.access.Securable.Kind.ENDPOINT;
import static dev.estran.access.Securable.Kind.FUNCTION;
import static dev.estran.access.Securable.Kind.MODEL;
import static dev.estran.access.Securable.Kind.PLATFORM;
import static dev.estran.access.Securable.Kind.SCHEMA;
import static dev.estran.access.Securable.Kind.TABLE;
import static dev.estran.access.Securable.Kind.VIEW;

import dev.estran.Caller.Scope;
import dev.estran.access.Securable.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do with a securable; the names follow Unity Catalog. A privilege on a catalog or a schema holds for
 * everything of its kind inside, also for what is made later.
 */
public enum Privilege {
    USE_CATALOG(true, CATALOG),
    USE_SCHEMA(true, SCHEMA, CATALOG),
    CREATE_CATALOG(false, PLATFORM),
    CREATE_SCHEMA(false, CATALOG),
    CREATE_TABLE(false, SCHEMA, CATALOG),
    CREATE_VIEW(false, SCHEMA, CATALOG),
    CREATE_MODEL(false, SCHEMA, CATALOG),
    CREATE_FUNCTION(false, SCHEMA, CATALOG),
    CREATE_CONNECTION(false, PLATFORM),
    CREATE_ENDPOINT(false, PLATFORM),
    /** Backing an endpoint by a connection. */
    USE_CONNECTION(false, CONNECTION),
    SELECT(true, TABLE, VIEW, SCHEMA, CATALOG),
    MODIFY(false, TABLE, SCHEMA, CATALOG),
    EXECUTE(true, MODEL, FUNCTION, SCHEMA, CATALOG),
    QUERY(true, ENDPOINT),
    /** Renaming, dropping, granting: all that the owner may. */
    MANAGE(false, CATALOG, SCHEMA, TABLE, VIEW, MODEL, FUNCTION, CONNECTION, ENDPOINT),
    /** Running statements at all, reading one's own sessions and results. Everyone who was recognised has it. */
    USE_PLATFORM(true);

    private final boolean reading;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Kind> grantedOn;

    Privilege(boolean reading, Kind... grantedOn) {
        this.reading = reading;
        this.grantedOn = Set.of(grantedOn);
    }

    /** Whether it can be granted on things of that kind. */
    public boolean appliesTo(Kind kind) {
        return grantedOn.contains(kind);
    }

    /** Whether a token of that scope carries it. */
    boolean within(Scope scope) {
        return switch (scope) {
            case ALL -> true;
            case READ -> reading;
            case MODELS -> this == USE_PLATFORM || this == QUERY;
        };
    }

    /** Words as SQL writes them, for example {@code USE CATALOG}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    public static Optional<Privilege> parse(String words) {
        String name = words.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", "_");
        for (Privilege privilege : values()) {
            if (privilege.name().equals(name) && privilege != USE_PLATFORM) {
                return Optional.of(privilege);
            }
        }
        return Optional.empty();
    }
}
