package dev.estran.sql;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.identity.Principal;
import dev.estran.sql.RightsStatement.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the statements about people and rights, in the forms of Unity Catalog. */
final class RightsParser {

    private static final int LONGEST_PRIVILEGE = 3;

    /** ALTER TABLE a . b . c SET OWNER: the last word's place, and one more. */
    private static final int LONGEST_OWNER_HEAD = 9;

    private RightsParser() {}

    /** {@code GRANT SELECT, MODIFY ON TABLE t TO ana, `a group`}. */
    static Statement grant(TokenCursor cursor) {
        cursor.expect("grant");
        Set<Privilege> privileges = privileges(cursor);
        cursor.expect("on");
        Target on = target(cursor);
        cursor.expect("to");
        return new Statement.Rights(new RightsStatement.Grant(privileges, on, principals(cursor)));
    }

    static Statement revoke(TokenCursor cursor) {
        cursor.expect("revoke");
        Set<Privilege> privileges = privileges(cursor);
        cursor.expect("on");
        Target on = target(cursor);
        cursor.expect("from");
        return new Statement.Rights(new RightsStatement.Revoke(privileges, on, principals(cursor)));
    }

    /** Behind SHOW GRANTS: {@code [principal] [ON securable]}, or {@code TO principal}. */
    static Statement showGrants(TokenCursor cursor) {
        String principal = null;
        Target on = null;
        if (cursor.accept("to")) {
            principal = principal(cursor);
        } else if (!cursor.atEnd() && !cursor.peek().is("on")) {
            principal = principal(cursor);
        }
        if (cursor.accept("on")) {
            on = target(cursor);
        }
        return new Statement.Rights(new RightsStatement.ShowGrants(on, principal));
    }

    /** Whether the statement is {@code ALTER kind name [SET] OWNER TO somebody}. */
    static boolean changesOwner(TokenCursor cursor) {
        for (int ahead = 3; ahead < LONGEST_OWNER_HEAD; ahead++) {
            if (cursor.peek(ahead).is("owner") && cursor.peek(ahead + 1).is("to")) {
                return true;
            }
        }
        return false;
    }

    /** Behind ALTER: {@code TABLE t OWNER TO ana}. */
    static Statement owner(TokenCursor cursor) {
        Target on = target(cursor);
        cursor.accept("set");
        cursor.expect("owner", "to");
        return new Statement.Rights(new RightsStatement.SetOwner(on, principal(cursor)));
    }

    /** Behind CREATE: {@code USER ana [WITH (name => 'Ana', email => '...')]}. */
    static Statement create(TokenCursor cursor, String word) {
        Principal.Kind kind = kind(cursor, word);
        boolean ifNotExists = StatementParser.ifNotExists(cursor);
        String name = principal(cursor);
        Map<String, @Nullable Object> options = cursor.accept("with") ? OptionValues.options(cursor) : Map.of();
        for (String key : options.keySet()) {
            if (!key.equals("name") && !key.equals("email")) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "There is no option " + key + "; known are name and email.");
            }
        }
        return new Statement.Rights(new RightsStatement.CreatePrincipal(
                kind, name, ifNotExists, text(options.get("name")), text(options.get("email"))));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    static Statement drop(TokenCursor cursor, String word) {
        if (word.equals("TOKEN")) {
            return new Statement.Rights(new RightsStatement.DropToken(cursor.string("a token's id in quotes")));
        }
        Principal.Kind kind = kind(cursor, word);
        boolean ifExists = cursor.accept("if", "exists");
        return new Statement.Rights(new RightsStatement.DropPrincipal(kind, principal(cursor), ifExists));
    }

    /** Behind ALTER USER and ALTER GROUP: ENABLE, DISABLE; ADD MEMBER, DROP MEMBER. */
    static Statement alter(TokenCursor cursor, String word) {
        kind(cursor, word);
        String name = principal(cursor);
        if (cursor.accept("enable")) {
            return new Statement.Rights(new RightsStatement.EnablePrincipal(name, true));
        }
        if (cursor.accept("disable")) {
            return new Statement.Rights(new RightsStatement.EnablePrincipal(name, false));
        }
        boolean add = cursor.accept("add");
        if (!add && !cursor.accept("drop") && !cursor.accept("remove")) {
            throw cursor.unexpected(word.equals("GROUP") ? "ADD MEMBER or DROP MEMBER" : "ENABLE or DISABLE");
        }
        if (!cursor.accept("member")) {
            cursor.accept("members");
        }
        return new Statement.Rights(new RightsStatement.ChangeGroup(name, add, principals(cursor)));
    }

    /** Behind SHOW. */
    static Statement show(TokenCursor cursor, String subject) {
        return new Statement.Rights(
                switch (subject) {
                    case "USERS" -> new RightsStatement.ShowPrincipals(Principal.Kind.USER);
                    case "GROUPS" -> new RightsStatement.ShowPrincipals(Principal.Kind.GROUP);
                    case "SERVICE" -> {
                        cursor.expect("principals");
                        yield new RightsStatement.ShowPrincipals(Principal.Kind.SERVICE);
                    }
                    case "MEMBERS" -> {
                        cursor.expect("in");
                        yield new RightsStatement.ShowMembers(principal(cursor));
                    }
                    default -> new RightsStatement.ShowTokens(cursor.accept("for") ? principal(cursor) : null);
                });
    }

    static boolean isKind(String word) {
        return word.equals("USER") || word.equals("GROUP") || word.equals("SERVICE");
    }

    static boolean isShown(String subject) {
        return switch (subject) {
            case "USERS", "GROUPS", "SERVICE", "MEMBERS", "TOKENS" -> true;
            default -> false;
        };
    }

    private static Principal.Kind kind(TokenCursor cursor, String word) {
        if (word.equals("SERVICE")) {
            cursor.expect("principal");
        }
        return Principal.Kind.valueOf(word);
    }

    private static Set<Privilege> privileges(TokenCursor cursor) {
        if (cursor.accept("all")) {
            cursor.accept("privileges");
            return Set.of();
        }
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        do {
            List<String> words = new ArrayList<>();
            while (!cursor.atEnd() && !cursor.peek().is(",") && !cursor.peek().is("on")) {
                words.add(cursor.name("a privilege"));
                if (words.size() > LONGEST_PRIVILEGE) {
                    break;
                }
            }
            String written = String.join(" ", words);
            privileges.add(Privilege.parse(written).orElseThrow(() -> unknown(written)));
        } while (cursor.accept(","));
        return privileges;
    }

    private static EstranException unknown(String written) {
        List<String> known = Arrays.stream(Privilege.values())
                .filter(privilege -> privilege != Privilege.USE_PLATFORM)
                .map(Privilege::sql)
                .toList();
        return new EstranException(
                ErrorCode.SYNTAX_ERROR,
                "'" + written.toUpperCase(Locale.ROOT) + "' is no privilege." + Spelling.hint(written, known)
                        + " Known are ALL PRIVILEGES, " + known.stream().collect(Collectors.joining(", ")) + ".");
    }

    private static Target target(TokenCursor cursor) {
        if (cursor.accept("platform")) {
            return new Target(Securable.Kind.PLATFORM, new Statement.Name(List.of()));
        }
        // As in Unity Catalog, a name alone is a table's.
        Securable.Kind kind = Securable.Kind.TABLE;
        for (Securable.Kind one : Securable.Kind.values()) {
            if (cursor.peek(1).isName() && cursor.accept(one.name().toLowerCase(Locale.ROOT))) {
                kind = one;
                break;
            }
        }
        return new Target(kind, cursor.dottedName("a name"));
    }

    private static List<String> principals(TokenCursor cursor) {
        List<String> names = new ArrayList<>();
        do {
            names.add(principal(cursor));
        } while (cursor.accept(","));
        return names;
    }

    /** A name, bare, quoted or as a string: {@code ana}, {@code "ana@example.com"}, {@code 'data team'}. */
    private static String principal(TokenCursor cursor) {
        return cursor.peek().kind() == Token.Kind.STRING
                ? cursor.string("a user or group")
                : cursor.name("a user or group");
    }
}
