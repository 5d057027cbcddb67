package dev.estran.sql;

import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.access.Grant;
import dev.estran.access.Grants;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.identity.AccessToken;
import dev.estran.identity.AccessTokens;
import dev.estran.identity.Directory;
import dev.estran.identity.Principal;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectKind;
import dev.estran.sql.RightsStatement.Target;
import dev.estran.sql.StatementRun.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out the statements about people and rights. */
public final class RightsStatements {

    /** The services behind the statements. */
    public record Services(Grants grants, Directory directory, AccessTokens tokens) {}

    private static final List<Column> GRANTS = List.of(
            new Column("principal", "VARCHAR"),
            new Column("privilege", "VARCHAR"),
            new Column("object_type", "VARCHAR"),
            new Column("object", "VARCHAR"),
            new Column("inherited", "BOOLEAN"),
            new Column("granted_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("granted_by", "VARCHAR"));

    private static final List<Column> PRINCIPALS = List.of(
            new Column("name", "VARCHAR"),
            new Column("display_name", "VARCHAR"),
            new Column("email", "VARCHAR"),
            new Column("disabled_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("created_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("created_by", "VARCHAR"));

    private static final List<Column> TOKENS = List.of(
            new Column("id", "VARCHAR"),
            new Column("principal", "VARCHAR"),
            new Column("name", "VARCHAR"),
            new Column("scope", "VARCHAR"),
            new Column("created_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("expires_at", "TIMESTAMP WITH TIME ZONE"),
            new Column("last_used_at", "TIMESTAMP WITH TIME ZONE"));

    private final Services services;
    private final Lake lake;
    private final Names names;

    RightsStatements(Services services, Lake lake, Names names) {
        this.services = services;
        this.lake = lake;
        this.names = names;
    }

    Outcome run(StatementContext context, RightsStatement statement) {
        return switch (statement) {
            case RightsStatement.Grant grant -> grant(context, grant);
            case RightsStatement.Revoke revoke -> revoke(context, revoke);
            case RightsStatement.ShowGrants show -> showGrants(context, show);
            case RightsStatement.SetOwner set -> {
                Securable on = securable(context, set.on());
                services.grants().transfer(context.caller(), on, set.principal());
                yield said(context, on + " belongs to " + set.principal() + " now.");
            }
            case RightsStatement.CreatePrincipal create -> {
                Principal made = services.directory()
                        .create(
                                context.caller(),
                                create.kind(),
                                create.name(),
                                create.displayName(),
                                create.email(),
                                create.ifNotExists());
                yield said(context, "Created " + word(create.kind()) + " " + made.name() + ".");
            }
            case RightsStatement.DropPrincipal drop -> {
                boolean dropped =
                        services.directory().drop(context.caller(), drop.kind(), drop.name(), drop.ifExists());
                yield said(
                        context,
                        (dropped ? "Dropped " : "There was no ") + word(drop.kind()) + " " + drop.name() + ".");
            }
            case RightsStatement.EnablePrincipal enable -> {
                services.directory().enable(context.caller(), enable.name(), enable.enabled());
                yield said(
                        context, enable.name() + (enable.enabled() ? " may sign in." : " may not sign in any more."));
            }
            case RightsStatement.ChangeGroup change -> changeGroup(context, change);
            case RightsStatement.ShowPrincipals show -> showPrincipals(context, show.kind());
            case RightsStatement.ShowMembers show ->
                Statements.rows(
                        context,
                        List.of(new Column("member", "VARCHAR")),
                        services.directory().members(context.caller(), show.group()).stream()
                                .map(List::of)
                                .toList());
            case RightsStatement.ShowTokens show -> showTokens(context, show.principal());
            case RightsStatement.DropToken drop -> {
                services.tokens().revoke(context.caller(), drop.id());
                yield said(context, "Revoked token " + drop.id() + ".");
            }
        };
    }

    private Outcome grant(StatementContext context, RightsStatement.Grant grant) {
        Securable on = securable(context, grant.on());
        int added = services.grants().grant(context.caller(), grant.privileges(), on, grant.principals());
        return said(
                context,
                added == 0
                        ? "Nothing to do: they held it already."
                        : "Granted " + words(grant.privileges()) + " on " + on + " to "
                                + String.join(", ", grant.principals()) + ".");
    }

    private Outcome revoke(StatementContext context, RightsStatement.Revoke revoke) {
        Securable on = securable(context, revoke.on());
        int removed = services.grants().revoke(context.caller(), revoke.privileges(), on, revoke.principals());
        return said(
                context,
                removed == 0
                        ? "Nothing to do: no such grant stands on " + on + " itself."
                        : "Revoked " + words(revoke.privileges()) + " on " + on + " from "
                                + String.join(", ", revoke.principals()) + ".");
    }

    private Outcome changeGroup(StatementContext context, RightsStatement.ChangeGroup change) {
        int changed = 0;
        for (String member : change.members()) {
            boolean done = change.add()
                    ? services.directory().addMember(context.caller(), change.group(), member)
                    : services.directory().removeMember(context.caller(), change.group(), member);
            changed += done ? 1 : 0;
        }
        return said(
                context,
                changed == 0
                        ? "Nothing to do."
                        : String.join(", ", change.members())
                                + (change.add() ? " joined " : " left ")
                                + change.group() + ".");
    }

    private Outcome showGrants(StatementContext context, RightsStatement.ShowGrants show) {
        Target target = show.on();
        String principal = show.principal();
        List<Grant> grants;
        if (target != null) {
            grants = services.grants().on(context.caller(), securable(context, target)).stream()
                    .filter(grant -> principal == null || grant.principal().equalsIgnoreCase(principal))
                    .toList();
        } else {
            grants = principal == null
                    ? services.grants().own(context.caller())
                    : services.grants().to(context.caller(), principal);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Grant grant : grants) {
            rows.add(Arrays.asList(
                    grant.principal(),
                    grant.privilege(),
                    grant.on().kind().name(),
                    grant.on().name(),
                    grant.inherited(),
                    grant.grantedAt(),
                    grant.grantedBy()));
        }
        return Statements.rows(context, GRANTS, rows);
    }

    private Outcome showPrincipals(StatementContext context, Principal.Kind kind) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Principal one : services.directory().list(context.caller(), kind)) {
            rows.add(Arrays.asList(
                    one.name(), one.displayName(), one.email(), one.disabledAt(), one.createdAt(), one.createdBy()));
        }
        return Statements.rows(context, PRINCIPALS, rows);
    }

    private Outcome showTokens(StatementContext context, @Nullable String principal) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        String of = principal == null ? context.caller().id() : principal;
        for (AccessToken token : services.tokens().list(context.caller(), of)) {
            rows.add(Arrays.asList(
                    token.id(),
                    token.principal(),
                    token.name(),
                    token.scope().name(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt()));
        }
        return Statements.rows(context, TOKENS, rows);
    }

    /** The thing meant. What is written as a table may be a view: rights on it are asked for what it is. */
    private Securable securable(StatementContext context, Target target) {
        Statement.Name name = target.name();
        return switch (target.kind()) {
            case PLATFORM -> Securable.PLATFORM;
            case CATALOG -> Securable.catalog(single(target));
            case SCHEMA -> Securable.schema(Names.schema(context, name));
            case TABLE -> {
                TableName table = names.table(context, name);
                boolean view = lake.catalogs()
                        .kind(context.caller(), table)
                        .filter(kind -> kind == ObjectKind.VIEW)
                        .isPresent();
                yield view ? Securable.view(table) : Securable.table(table);
            }
            case VIEW -> Securable.view(names.table(context, name));
            case MODEL -> Securable.model(names.table(context, name));
            case FUNCTION -> Securable.function(names.table(context, name));
            case CONNECTION -> Securable.connection(single(target));
            case ENDPOINT -> Securable.endpoint(single(target));
            case SECRET -> Securable.secret(single(target));
        };
    }

    /** Flat names may hold dots, as in {@code gpt-4.1}. */
    private static String single(Target target) {
        return String.join(".", target.name().parts());
    }

    private static String words(Set<Privilege> privileges) {
        return privileges.isEmpty()
                ? "ALL PRIVILEGES"
                : privileges.stream().sorted().map(Privilege::sql).collect(Collectors.joining(", "));
    }

    private static String word(Principal.Kind kind) {
        return kind == Principal.Kind.SERVICE
                ? "service principal"
                : kind.name().toLowerCase(Locale.ROOT);
    }

    private static Outcome said(StatementContext context, String text) {
        return Statements.rows(context, List.of(new Column("result", "VARCHAR")), List.of(List.of(text)));
    }
}
