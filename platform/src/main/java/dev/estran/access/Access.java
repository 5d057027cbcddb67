package dev.estran.access;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Securable.Kind;
import dev.estran.metastore.Metastore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one rights check. {@link #require} is the first line of every service method that a caller can reach.
 *
 * <p>Nothing is remembered between two decisions: a right that was revoked is gone on the next statement, on every node.
 *
 * <ul>
 *   <li>Members of {@link Caller#ADMINS} may do everything; row filters and masks hold for them too.
 *   <li>What is in a schema needs USE SCHEMA and USE CATALOG besides.
 *   <li>A privilege on a catalog or schema holds inside; its owner may do everything inside.
 *   <li>What a caller holds nothing on does not exist for them: the answer is the one for a name that was never given.
 * </ul>
 */
public final class Access {

    /** Held by the owner, and by whom MANAGE was granted. */
    private static final Set<String> MANAGING = Set.of(GrantStore.OWNER, Privilege.MANAGE.name());

    /** Where decisions are recorded. */
    @FunctionalInterface
    public interface DecisionLog {
        void decided(Caller caller, Privilege privilege, Securable securable, boolean allowed);
    }

    private enum Answer {
        ALLOWED,
        DENIED,
        /** Denied, and not to be told from what does not exist. */
        UNSEEN
    }

    private final Metastore metastore;
    private final DecisionLog decisions;

    public Access(Metastore metastore, DecisionLog decisions) {
        this.metastore = metastore;
        this.decisions = decisions;
    }

    /**
     * Returns if the caller holds the privilege; the decision is recorded either way.
     *
     * @throws EstranException DENIED; TABLE_NOT_FOUND and its like for what the caller may not know of
     */
    public void require(Caller caller, Privilege privilege, Securable securable) {
        Answer answer = answer(caller, privilege, securable);
        decisions.decided(caller, privilege, securable, answer == Answer.ALLOWED);
        switch (answer) {
            case ALLOWED -> {
                // go on
            }
            case DENIED -> throw denied(caller, privilege, securable);
            case UNSEEN -> throw NotFound.of(securable);
        }
    }

    /** As {@link #require}, for a choice between two ways; only what is allowed is recorded. */
    public boolean allows(Caller caller, Privilege privilege, Securable securable) {
        boolean allowed = answer(caller, privilege, securable) == Answer.ALLOWED;
        if (allowed) {
            decisions.decided(caller, privilege, securable, true);
        }
        return allowed;
    }

    /** What the caller may know of, for listings. */
    public Visibility visibility(Caller caller) {
        if (caller.isAdmin()) {
            return Visibility.ALL;
        }
        return new Visibility(metastore.read(handle -> GrantStore.held(handle, principals(caller))));
    }

    private Answer answer(Caller caller, Privilege privilege, Securable securable) {
        if (!privilege.within(caller.scope())) {
            return Answer.DENIED;
        }
        if (!caller.groups().contains(Caller.EVERYONE)) {
            return Answer.DENIED;
        }
        if (privilege == Privilege.USE_PLATFORM) {
            return Answer.ALLOWED;
        }
        if (caller.isAdmin()) {
            return Answer.ALLOWED;
        }
        return metastore.read(handle -> {
            Optional<String> own = GrantStore.ownKey(handle, securable);
            List<String> containers = GrantStore.containerKeys(securable);
            List<String> keys = new ArrayList<>(containers);
            own.ifPresent(keys::add);
            Map<String, Set<String>> held = GrantStore.held(handle, principals(caller), keys);
            return decide(
                    privilege,
                    securable,
                    own.map(key -> held.getOrDefault(key, Set.of())).orElse(Set.of()),
                    containers.stream()
                            .map(key -> held.getOrDefault(key, Set.of()))
                            .toList());
        });
    }

    /**
     * @param own what is held on the thing itself
     * @param containers what is held on what it is in, innermost first
     */
    private static Answer decide(
            Privilege privilege, Securable securable, Set<String> own, List<Set<String>> containers) {
        Kind kind = securable.kind();
        boolean builtIn =
                !securable.parts().isEmpty() && securable.parts().getFirst().equals("system");
        Set<String> all = new HashSet<>(own);
        containers.forEach(all::addAll);
        boolean manages = all.stream().anyMatch(MANAGING::contains);
        boolean holds = manages
                || all.contains(privilege.name())
                || (builtIn && (privilege == Privilege.USE_CATALOG || privilege == Privilege.USE_SCHEMA));
        boolean sees = Visibility.sees(kind, own, containers) || builtIn;
        boolean reaches = builtIn || reaches(kind, containers);
        if (holds && reaches) {
            return Answer.ALLOWED;
        }
        return sees && reaches ? Answer.DENIED : Answer.UNSEEN;
    }

    /** USE SCHEMA and USE CATALOG, where the thing is in them. Who manages a container may use it. */
    private static boolean reaches(Kind kind, List<Set<String>> containers) {
        if (containers.isEmpty()) {
            return true;
        }
        Set<String> catalog = containers.getLast();
        boolean useCatalog = uses(catalog, Privilege.USE_CATALOG);
        if (!kind.inSchema()) {
            return useCatalog;
        }
        boolean useSchema = uses(containers.getFirst(), Privilege.USE_SCHEMA) || uses(catalog, Privilege.USE_SCHEMA);
        return useCatalog && useSchema;
    }

    private static boolean uses(Set<String> held, Privilege use) {
        return held.contains(use.name()) || held.stream().anyMatch(MANAGING::contains);
    }

    static Set<String> principals(Caller caller) {
        Set<String> principals = new HashSet<>(caller.groups());
        principals.add(caller.id());
        return principals;
    }

    private static EstranException denied(Caller caller, Privilege privilege, Securable securable) {
        if (!privilege.within(caller.scope())) {
            return new EstranException(
                    ErrorCode.DENIED,
                    "The token is for " + caller.scope() + " only, which leaves out " + privilege.sql()
                            + ". Make a token of another scope.");
        }
        return new EstranException(
                        ErrorCode.DENIED,
                        caller.id() + " has no " + privilege.sql() + " on " + securable
                                + ". Ask its owner for a grant.")
                .with("privilege", privilege.sql())
                .with("object", securable);
    }
}
