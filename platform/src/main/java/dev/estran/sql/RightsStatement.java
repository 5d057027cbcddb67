package dev.estran.sql;

import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.identity.Principal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements about people and what they may do. */
public sealed interface RightsStatement {

    /**
     * What a right is about, as written.
     *
     * @param name empty parts for the platform
     */
    record Target(Securable.Kind kind, Statement.Name name) {}

    /** @param privileges none for ALL PRIVILEGES */
    record Grant(Set<Privilege> privileges, Target on, List<String> principals) implements RightsStatement {}

    /** @param privileges none for ALL PRIVILEGES */
    record Revoke(Set<Privilege> privileges, Target on, List<String> principals) implements RightsStatement {}

    /** Either of the two, or both; neither asks for the caller's own. */
    record ShowGrants(@Nullable Target on, @Nullable String principal) implements RightsStatement {}

    record SetOwner(Target on, String principal) implements RightsStatement {}

    record CreatePrincipal(
            Principal.Kind kind,
            String name,
            boolean ifNotExists,
            @Nullable String displayName,
            @Nullable String email) implements RightsStatement {}

    record DropPrincipal(Principal.Kind kind, String name, boolean ifExists) implements RightsStatement {}

    record EnablePrincipal(String name, boolean enabled) implements RightsStatement {}

    record ChangeGroup(String group, boolean add, List<String> members) implements RightsStatement {}

    record ShowPrincipals(Principal.Kind kind) implements RightsStatement {}

    record ShowMembers(String group) implements RightsStatement {}

    /** @param principal null for the caller */
    record ShowTokens(@Nullable String principal) implements RightsStatement {}

    record DropToken(String id) implements RightsStatement {}
}
