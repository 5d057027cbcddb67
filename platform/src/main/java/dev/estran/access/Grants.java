package dev.estran.access;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Securable.Kind;
import dev.estran.metastore.Metastore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Giving rights and taking them back. Thread-safe; what is changed holds for the next statement. */
public final class Grants {

    /** Who can be given rights. */
    @FunctionalInterface
    public interface Principals {
        /** The name as it is kept, if somebody is called so. */
        Optional<String> find(Handle handle, String name);
    }

    private final Access access;
    private final Metastore metastore;
    private final Principals principals;
    private final Clock clock;

    public Grants(Access access, Metastore metastore, Principals principals, Clock clock) {
        this.access = access;
        this.metastore = metastore;
        this.principals = principals;
        this.clock = clock;
    }

    /**
     * @param privileges none for all that apply (ALL PRIVILEGES), which leaves out MANAGE
     * @return how many were new
     * @throws EstranException INVALID_ARGUMENT where a privilege does not apply, PRINCIPAL_NOT_FOUND
     */
    public int grant(Caller caller, Set<Privilege> privileges, Securable on, Collection<String> to) {
        requireManage(caller, on);
        Set<Privilege> given = applicable(privileges, on);
        return metastore.transact(handle -> {
            String key = key(handle, on);
            int added = 0;
            for (String name : to) {
                String principal = principal(handle, name);
                for (Privilege privilege : given) {
                    if (GrantStore.add(handle, key, principal, privilege.name(), clock.millis(), caller.id())) {
                        added++;
                    }
                }
            }
            return added;
        });
    }

    /** @return how many were there to take back */
    public int revoke(Caller caller, Set<Privilege> privileges, Securable on, Collection<String> from) {
        requireManage(caller, on);
        Set<Privilege> taken = privileges.isEmpty() ? Set.of(Privilege.values()) : privileges;
        return metastore.transact(handle -> {
            String key = key(handle, on);
            int removed = 0;
            for (String name : from) {
                String principal = principal(handle, name);
                for (Privilege privilege : taken) {
                    if (GrantStore.remove(handle, key, principal, privilege.name())) {
                        removed++;
                    }
                }
            }
            return removed;
        });
    }

    /** Makes somebody else the owner. */
    public void transfer(Caller caller, Securable on, String to) {
        if (on.kind() == Kind.PLATFORM) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "The platform has no owner; the group admins looks after it.");
        }
        requireManage(caller, on);
        metastore.transact(handle -> {
            String key = key(handle, on);
            String principal = principal(handle, to);
            GrantStore.removeOwner(handle, key);
            GrantStore.add(handle, key, principal, GrantStore.OWNER, clock.millis(), caller.id());
            return null;
        });
    }

    /** Who holds what on a thing, also by what it is in; for whom manages it, else what the caller holds. */
    public List<Grant> on(Caller caller, Securable on) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        boolean manages = on.kind() == Kind.PLATFORM ? caller.isAdmin() : access.allows(caller, Privilege.MANAGE, on);
        if (!manages && on.kind() != Kind.PLATFORM) {
            requireSeen(caller, on);
        }
        Set<String> own = Access.principals(caller);
        return metastore.read(handle -> {
            List<String> keys = new ArrayList<>(List.of(key(handle, on)));
            keys.addAll(GrantStore.containerKeys(on));
            return grants(handle, GrantStore.list(handle, keys), keys.getFirst()).stream()
                    .filter(grant -> manages || own.contains(grant.principal()))
                    .toList();
        });
    }

    /** What the caller was given, also by way of groups. */
    public List<Grant> own(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(handle -> grants(handle, GrantStore.ofPrincipals(handle, Access.principals(caller)), ""));
    }

    /** What somebody was given themselves: for admins, and for who is asked about. */
    public List<Grant> to(Caller caller, String principal) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        if (!caller.isAdmin() && !Access.principals(caller).contains(principal.toLowerCase(Locale.ROOT))) {
            throw new EstranException(
                    ErrorCode.DENIED, "Only admins may see what " + principal + " was given. Ask one of them.");
        }
        return metastore.read(handle ->
                grants(handle, GrantStore.ofPrincipals(handle, List.of(principal(handle, principal))), ""));
    }

    private static List<Grant> grants(Handle handle, List<GrantStore.Row> rows, String ownKey) {
        List<Grant> grants = new ArrayList<>();
        for (GrantStore.Row row : rows) {
            GrantStore.securable(handle, row.key())
                    .ifPresent(on -> grants.add(new Grant(
                            row.principal(),
                            row.privilege().replace('_', ' '),
                            on,
                            !ownKey.isEmpty() && !row.key().equals(ownKey),
                            Instant.ofEpochMilli(row.at()),
                            row.by())));
        }
        return grants;
    }

    /** Rights on the platform itself are the admins' to give. */
    private void requireManage(Caller caller, Securable on) {
        access.require(caller, Privilege.MANAGE, on);
    }

    private void requireSeen(Caller caller, Securable on) {
        boolean seen = Arrays.stream(Privilege.values())
                .filter(privilege -> privilege.appliesTo(on.kind()))
                .anyMatch(privilege -> access.allows(caller, privilege, on));
        if (!seen) {
            throw NotFound.of(on);
        }
    }

    private static Set<Privilege> applicable(Set<Privilege> privileges, Securable on) {
        if (privileges.isEmpty()) {
            return Arrays.stream(Privilege.values())
                    .filter(privilege -> privilege != Privilege.MANAGE && privilege.appliesTo(on.kind()))
                    .collect(Collectors.toSet());
        }
        for (Privilege privilege : privileges) {
            if (!privilege.appliesTo(on.kind())) {
                String known = Arrays.stream(Privilege.values())
                        .filter(one -> one.appliesTo(on.kind()))
                        .map(Privilege::sql)
                        .collect(Collectors.joining(", "));
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        privilege.sql() + " cannot be granted on a "
                                + on.kind().name().toLowerCase(Locale.ROOT) + ". It takes " + known + ".");
            }
        }
        return privileges;
    }

    private static String key(Handle handle, Securable on) {
        return GrantStore.ownKey(handle, on).filter(key -> exists(handle, on)).orElseThrow(() -> NotFound.of(on));
    }

    private static boolean exists(Handle handle, Securable on) {
        String query = switch (on.kind()) {
            case CATALOG -> "SELECT 1 FROM catalogs WHERE catalog_name = :p0";
            case SCHEMA -> "SELECT 1 FROM schemas WHERE catalog_name = :p0 AND schema_name = :p1";
            case CONNECTION -> "SELECT 1 FROM connections WHERE connection_name = :p0";
            case ENDPOINT -> "SELECT 1 FROM endpoints WHERE endpoint_name = :p0";
            case FUNCTION ->
                "SELECT 1 FROM functions WHERE catalog_name = :p0 AND schema_name = :p1 AND function_name = :p2";
            // The key of an object was found by its row.
            case PLATFORM, TABLE, VIEW, MODEL -> "";
            case SECRET -> "SELECT 1 FROM secrets WHERE secret_name = :p0";
        };
        if (query.isEmpty()) {
            return true;
        }
        var found = handle.createQuery(query);
        for (int at = 0; at < on.parts().size(); at++) {
            found.bind("p" + at, on.parts().get(at));
        }
        return found.mapTo(Integer.class).findFirst().isPresent();
    }

    private String principal(Handle handle, String name) {
        return principals
                .find(handle, name)
                .orElseThrow(() -> new EstranException(
                        ErrorCode.PRINCIPAL_NOT_FOUND,
                        "There is no user, group or service principal " + name
                                + ". SHOW USERS and SHOW GROUPS list them."));
    }
}
