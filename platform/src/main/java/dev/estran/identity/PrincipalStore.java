package dev.estran.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rows of {@code principals} and {@code memberships}. */
final class PrincipalStore {

    /** Memberships that an administrator made, as against those an identity provider told. */
    static final String LOCAL = "LOCAL";

    private static final String COLUMNS =
            "principal_name, kind, display_name, email, disabled_at, created_at, created_by";

    private PrincipalStore() {}

    static Optional<Principal> find(Handle handle, String name) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM principals WHERE principal_name = :name")
                .bind("name", name.toLowerCase(Locale.ROOT))
                .map(PrincipalStore::principal)
                .findFirst();
    }

    static List<Principal> list(Handle handle, Principal.Kind kind) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM principals WHERE kind = :kind ORDER BY principal_name")
                .bind("kind", kind.name())
                .map(PrincipalStore::principal)
                .list();
    }

    /** @return false where the name is taken */
    static boolean insert(Handle handle, Principal principal) {
        return handle.createUpdate("""
                                INSERT INTO principals (%s)
                                VALUES (:name, :kind, :display, :email, NULL, :at, :by) ON CONFLICT DO NOTHING
                                """.formatted(COLUMNS))
                        .bind("name", principal.name())
                        .bind("kind", principal.kind().name())
                        .bind("display", principal.displayName())
                        .bind("email", principal.email())
                        .bind("at", principal.createdAt().toEpochMilli())
                        .bind("by", principal.createdBy())
                        .execute()
                > 0;
    }

    /** Removes the principal with all that was said of it, its grants too. */
    static void delete(Handle handle, String name) {
        for (String sql : List.of(
                "DELETE FROM memberships WHERE group_name = :name OR member_name = :name",
                "DELETE FROM passwords WHERE principal_name = :name",
                "DELETE FROM access_tokens WHERE principal_name = :name",
                "DELETE FROM grants WHERE principal = :name",
                "DELETE FROM principals WHERE principal_name = :name")) {
            handle.createUpdate(sql).bind("name", name).execute();
        }
    }

    /** How many things belong to the principal. */
    static long owned(Handle handle, String name) {
        return handle.createQuery("SELECT count(*) FROM grants WHERE principal = :name AND privilege = 'OWNER'")
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    static void disable(Handle handle, String name, @Nullable Instant at) {
        handle.createUpdate("UPDATE principals SET disabled_at = :at WHERE principal_name = :name")
                .bind("at", at == null ? null : at.toEpochMilli())
                .bind("name", name)
                .execute();
    }

    static boolean addMember(Handle handle, String group, String member, String origin) {
        return handle.createUpdate("""
                                INSERT INTO memberships (group_name, member_name, origin)
                                VALUES (:group, :member, :origin) ON CONFLICT DO NOTHING
                                """)
                        .bind("group", group)
                        .bind("member", member)
                        .bind("origin", origin)
                        .execute()
                > 0;
    }

    static boolean removeMember(Handle handle, String group, String member) {
        return handle.createUpdate("DELETE FROM memberships WHERE group_name = :group AND member_name = :member")
                        .bind("group", group)
                        .bind("member", member)
                        .execute()
                > 0;
    }

    static List<String> members(Handle handle, String group) {
        return handle.createQuery("SELECT member_name FROM memberships WHERE group_name = :group ORDER BY member_name")
                .bind("group", group)
                .mapTo(String.class)
                .list();
    }

    /** The groups the principal is in, also by way of other groups. A circle of groups ends the search. */
    static Set<String> groupsOf(Handle handle, String name) {
        return handle.createQuery("""
                        WITH RECURSIVE above(name) AS (
                          SELECT group_name FROM memberships WHERE member_name = :name
                          UNION
                          SELECT m.group_name FROM memberships m JOIN above ON m.member_name = above.name)
                        SELECT name FROM above
                        """).bind("name", name).mapTo(String.class).stream()
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static Principal principal(ResultSet row, StatementContext context) throws SQLException {
        long disabled = row.getLong("disabled_at");
        boolean enabled = row.wasNull();
        return new Principal(
                row.getString("principal_name"),
                Principal.Kind.valueOf(row.getString("kind")),
                row.getString("display_name"),
                row.getString("email"),
                enabled ? null : Instant.ofEpochMilli(disabled),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"));
    }
}
