package dev.estran;

import java.util.Set;

/**
 * Who asks. Every service method takes one as its first parameter; nothing acts without a caller.
 *
 * @param id name of the principal, for example {@code ana}
 * @param groups names of the groups the caller belongs to, nested ones included; everyone who was recognised is in
 *     {@link #EVERYONE}
 * @param scope what the token the caller came with is good for
 */
public record Caller(String id, Set<String> groups, Scope scope) {

    /** The group whose members may do everything. */
    public static final String ADMINS = "admins";

    /** The group everyone is in who was recognised. */
    public static final String EVERYONE = "users";

    /** The one local owner of an installation: whoever may open its data directory. */
    public static final Caller OWNER = new Caller("owner", Set.of(ADMINS, EVERYONE));

    /** Estran itself, for work nobody asked for: flushing the journal, recovery after a crash. */
    public static final Caller SYSTEM = new Caller("system", Set.of(ADMINS, EVERYONE));

    /** How much of the caller's rights a token carries. */
    public enum Scope {
        /** All of them. */
        ALL,
        /** Reading data and calling models; changes nothing. */
        READ,
        /** Calling models only. */
        MODELS
    }

    public Caller {
        groups = Set.copyOf(groups);
    }

    public Caller(String id, Set<String> groups) {
        this(id, groups, Scope.ALL);
    }

    public boolean isAdmin() {
        return groups.contains(ADMINS);
    }
}
