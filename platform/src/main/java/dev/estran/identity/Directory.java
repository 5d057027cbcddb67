package dev.estran.identity;

import dev.estran.Caller;
import dev.estran.Caller.Scope;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Users, groups and service principals. Changing them is for admins. Thread-safe; a change holds at once. */
public final class Directory {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,127}");
    private static final Set<String> BUILT_IN = Set.of("owner", "system", Caller.ADMINS, Caller.EVERYONE);

    private final Access access;
    private final Metastore metastore;
    private final Clock clock;

    public Directory(Access access, Metastore metastore, Clock clock) {
        this.access = access;
        this.metastore = metastore;
        this.clock = clock;
    }

    /** @throws EstranException ALREADY_EXISTS, INVALID_ARGUMENT */
    public Principal create(
            Caller caller,
            Principal.Kind kind,
            String given,
            @Nullable String displayName,
            @Nullable String email,
            boolean ifNotExists) {
        requireAdmin(caller);
        String name = checked(given);
        Principal principal = new Principal(name, kind, displayName, email, null, clock.instant(), caller.id());
        boolean created = metastore.transact(handle -> PrincipalStore.insert(handle, principal));
        if (!created && !ifNotExists) {
            throw new EstranException(
                    ErrorCode.ALREADY_EXISTS,
                    "A user, group or service principal is called " + name + " already. Take another name.");
        }
        return principal;
    }

    /** Removes somebody, with tokens, memberships and grants. What they own must be given away first. */
    public boolean drop(Caller caller, Principal.Kind kind, String given, boolean ifExists) {
        requireAdmin(caller);
        String name = given.toLowerCase(Locale.ROOT);
        if (BUILT_IN.contains(name)) {
            throw new EstranException(ErrorCode.RESERVED_NAME, name + " is built in and stays.");
        }
        return metastore.transact(handle -> {
            Optional<Principal> found = PrincipalStore.find(handle, name).filter(one -> one.kind() == kind);
            if (found.isEmpty()) {
                if (ifExists) {
                    return false;
                }
                throw unknown(name);
            }
            long owned = PrincipalStore.owned(handle, name);
            if (owned > 0) {
                throw new EstranException(
                        ErrorCode.NOT_EMPTY,
                        name + " owns " + owned + (owned == 1 ? " thing" : " things")
                                + ". Give them away first: ALTER TABLE ... OWNER TO somebody. SHOW GRANTS TO " + name
                                + " lists them.");
            }
            PrincipalStore.delete(handle, name);
            return true;
        });
    }

    /** Lets somebody sign in, or not any more; sessions and tokens stop working at once. */
    public void enable(Caller caller, String given, boolean enabled) {
        requireAdmin(caller);
        if (!enabled && given.equalsIgnoreCase(caller.id())) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "You cannot disable yourself.");
        }
        metastore.transact(handle -> {
            Principal principal = load(handle, given);
            PrincipalStore.disable(handle, principal.name(), enabled ? null : clock.instant());
            return null;
        });
    }

    public boolean addMember(Caller caller, String group, String member) {
        requireAdmin(caller);
        return metastore.transact(handle -> {
            Principal to = loadGroup(handle, group);
            Principal added = load(handle, member);
            if (to.name().equals(Caller.EVERYONE)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "Everyone is in " + Caller.EVERYONE + "; nobody has to be added.");
            }
            if (added.name().equals(to.name())
                    || PrincipalStore.groupsOf(handle, to.name()).contains(added.name())) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The group " + to.name() + " is in " + added.name() + " already; a circle is not allowed.");
            }
            return PrincipalStore.addMember(handle, to.name(), added.name(), PrincipalStore.LOCAL);
        });
    }

    public boolean removeMember(Caller caller, String group, String member) {
        requireAdmin(caller);
        return metastore.transact(handle -> {
            Principal from = loadGroup(handle, group);
            Principal removed = load(handle, member);
            boolean last = from.name().equals(Caller.ADMINS)
                    && PrincipalStore.members(handle, Caller.ADMINS).equals(List.of(removed.name()));
            if (last) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        removed.name() + " is the last of " + Caller.ADMINS + ". Add somebody else first.");
            }
            return PrincipalStore.removeMember(handle, from.name(), removed.name());
        });
    }

    /** Everyone of a kind, by name. Names are no secret among those who can be granted something. */
    public List<Principal> list(Caller caller, Principal.Kind kind) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(handle -> PrincipalStore.list(handle, kind));
    }

    /** Who is in a group directly. */
    public List<String> members(Caller caller, String group) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(handle -> {
            Principal found = loadGroup(handle, group);
            return PrincipalStore.members(handle, found.name());
        });
    }

    /** For grants: the name as it is kept. */
    public Optional<String> find(Handle handle, String name) {
        return PrincipalStore.find(handle, name).map(Principal::name);
    }

    /**
     * The caller that a principal is now, with all groups; for those who have shown that it is they.
     *
     * @throws EstranException UNAUTHENTICATED where the principal is gone or disabled
     */
    public Caller caller(String name, Scope scope) {
        return metastore.read(handle -> caller(handle, name, scope));
    }

    /**
     * The caller whose rights a view of the principal's reads with; a group can own one too.
     *
     * @throws EstranException DENIED where the principal is gone or disabled
     */
    public Caller owning(String name) {
        return metastore.read(handle -> {
            Principal owner = PrincipalStore.find(handle, name)
                    .filter(one -> one.disabledAt() == null)
                    .orElseThrow(() -> new EstranException(
                            ErrorCode.DENIED,
                            "A view of the statement belongs to somebody who may not read any more. Ask an administrator"
                                    + " to give it to another."));
            Set<String> groups = new HashSet<>(PrincipalStore.groupsOf(handle, owner.name()));
            groups.add(Caller.EVERYONE);
            if (owner.kind() == Principal.Kind.GROUP) {
                groups.add(owner.name());
            }
            return new Caller(owner.name(), groups, Scope.READ);
        });
    }

    static Caller caller(Handle handle, String name, Scope scope) {
        Principal principal = PrincipalStore.find(handle, name)
                .filter(one -> one.disabledAt() == null && one.kind() != Principal.Kind.GROUP)
                .orElseThrow(() -> new EstranException(
                        ErrorCode.UNAUTHENTICATED, name + " may not sign in (any more). Ask an administrator."));
        Set<String> groups = new HashSet<>(PrincipalStore.groupsOf(handle, principal.name()));
        groups.add(Caller.EVERYONE);
        return new Caller(principal.name(), groups, scope);
    }

    static Principal load(Handle handle, String name) {
        return PrincipalStore.find(handle, name).orElseThrow(() -> unknown(name));
    }

    private static Principal loadGroup(Handle handle, String name) {
        return PrincipalStore.find(handle, name)
                .filter(one -> one.kind() == Principal.Kind.GROUP)
                .orElseThrow(() -> new EstranException(
                        ErrorCode.PRINCIPAL_NOT_FOUND, "There is no group " + name + ". SHOW GROUPS lists them."));
    }

    static EstranException unknown(String name) {
        return new EstranException(
                ErrorCode.PRINCIPAL_NOT_FOUND,
                "There is no user, group or service principal " + name + ". SHOW USERS and SHOW GROUPS list them.");
    }

    private void requireAdmin(Caller caller) {
        access.require(caller, Privilege.MANAGE, Securable.PLATFORM);
    }

    private static String checked(String given) {
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + given
                            + "' cannot be a name. Use up to 128 letters a to z, digits and . _ @ + -, beginning with"
                            + " a letter or digit.");
        }
        return name;
    }
}
