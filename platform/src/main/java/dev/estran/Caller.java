package dev.estran;

import java.util.Set;

/**
 * Who asks. Every service method takes one as its first parameter; nothing acts without a caller.
 *
 * @param id stable principal name, for example {@code owner} or {@code u:ana}
 * @param groups names of the groups the caller belongs to, nested ones included
 */
public record Caller(String id, Set<String> groups) {

    /** The one local owner of an installation without an identity provider. */
    public static final Caller OWNER = new Caller("owner", Set.of("admins"));

    /** Estran itself, for work nobody asked for: flushing the journal, recovery after a crash. */
    public static final Caller SYSTEM = new Caller("system", Set.of("admins"));

    public Caller {
        groups = Set.copyOf(groups);
    }
}
