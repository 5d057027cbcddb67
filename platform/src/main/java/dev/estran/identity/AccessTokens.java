package dev.estran.identity;

import dev.estran.Caller;
import dev.estran.Caller.Scope;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens: {@code est_ID_SECRET}. The secret has 256 bits and is shown once; what is kept is its SHA-256, which
 * needs no salt at that length. Thread-safe.
 */
public final class AccessTokens {

    private static final String PREFIX = "est_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int MOST_PER_PRINCIPAL = 100;
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Last use is written at most once in this time, so that a busy token costs no write per call. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private final Access access;
    private final Metastore metastore;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessTokens(Access access, Metastore metastore, Clock clock) {
        this.access = access;
        this.metastore = metastore;
        this.clock = clock;
    }

    /** A token just made. */
    public record Created(AccessToken token, String secret) {}

    /**
     * Makes a token. Everyone may make their own, with a scope no wider than that of the token they came with; admins
     * also for others.
     *
     * @param lifetime null for one that does not expire
     */
    public Created create(Caller caller, String principal, String name, Scope scope, @Nullable Duration lifetime) {
        requireSelfOrAdmin(caller, principal);
        if (caller.scope() != Scope.ALL) {
            throw new EstranException(
                    ErrorCode.DENIED, "A token for " + caller.scope() + " only cannot make others. Sign in first.");
        }
        if (name.isBlank() || name.length() > 100) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "A token's name has 1 to 100 characters.");
        }
        if (lifetime != null && (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0)) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "A token lives from 1 second to 10 years.");
        }
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        return metastore.transact(handle -> {
            Principal owner = Directory.load(handle, principal);
            if (owner.kind() == Principal.Kind.GROUP) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "A group cannot sign in; make a service principal.");
            }
            if (list(handle, owner.name()).size() >= MOST_PER_PRINCIPAL) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        owner.name() + " has " + MOST_PER_PRINCIPAL + " tokens. Revoke one first.");
            }
            AccessToken token = new AccessToken(
                    HexFormat.of().formatHex(id),
                    owner.name(),
                    name.strip(),
                    scope,
                    now,
                    caller.id(),
                    lifetime == null ? null : now.plus(lifetime),
                    null);
            insert(handle, token, hash(text));
            return new Created(token, PREFIX + token.id() + "_" + text);
        });
    }

    public List<AccessToken> list(Caller caller, String principal) {
        requireSelfOrAdmin(caller, principal);
        String name = principal.toLowerCase(Locale.ROOT);
        return metastore.read(handle -> list(
                handle,
                name.equals(caller.id()) ? name : Directory.load(handle, name).name()));
    }

    /** @throws EstranException TOKEN_NOT_FOUND, also for a token of somebody else's that the caller may not know of */
    public void revoke(Caller caller, String id) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        boolean admin = caller.isAdmin() && access.allows(caller, Privilege.MANAGE, Securable.PLATFORM);
        int removed = metastore.transact(handle -> handle.createUpdate(
                        "DELETE FROM access_tokens WHERE id = :id AND (:admin = 1 OR principal_name = :caller)")
                .bind("id", id)
                .bind("admin", admin ? 1 : 0)
                .bind("caller", caller.id())
                .execute());
        if (removed == 0) {
            throw new EstranException(
                    ErrorCode.TOKEN_NOT_FOUND, "There is no token " + id + ". ./estran token list shows yours.");
        }
    }

    /** The caller a token stands for; empty where it is none of ours, expired, revoked, or its owner disabled. */
    public Optional<Caller> authenticate(String given) {
        String[] parts =
                given.startsWith(PREFIX) ? given.substring(PREFIX.length()).split("_", 2) : new String[0];
        if (parts.length != 2) {
            return Optional.empty();
        }
        return metastore
                .read(handle -> handle.createQuery("SELECT * FROM access_tokens WHERE id = :id")
                        .bind("id", parts[0])
                        .map((row, context) -> new Stored(token(row), row.getString("secret_hash")))
                        .findFirst()
                        .filter(stored -> matches(parts[1], stored.hash()))
                        .filter(stored -> !expired(stored.token()))
                        .flatMap(stored -> signedIn(handle, stored.token())))
                .map(found -> {
                    noteUse(found.token());
                    return found.caller();
                });
    }

    private record Stored(AccessToken token, String hash) {}

    private record SignedIn(AccessToken token, Caller caller) {}

    private static Optional<SignedIn> signedIn(Handle handle, AccessToken token) {
        return PrincipalStore.find(handle, token.principal())
                .filter(principal -> principal.disabledAt() == null)
                .map(principal -> new SignedIn(token, Directory.caller(handle, principal.name(), token.scope())));
    }

    private boolean expired(AccessToken token) {
        Instant end = token.expiresAt();
        return end != null && !clock.instant().isBefore(end);
    }

    private void noteUse(AccessToken token) {
        Instant now = clock.instant();
        Instant last = token.lastUsedAt();
        if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) {
            metastore.transact(
                    handle -> handle.createUpdate("UPDATE access_tokens SET last_used_at = :now WHERE id = :id")
                            .bind("now", now.toEpochMilli())
                            .bind("id", token.id())
                            .execute());
        }
    }

    private void requireSelfOrAdmin(Caller caller, String principal) {
        boolean self = principal.toLowerCase(Locale.ROOT).equals(caller.id());
        access.require(caller, self ? Privilege.USE_PLATFORM : Privilege.MANAGE, Securable.PLATFORM);
    }

    private static List<AccessToken> list(Handle handle, String principal) {
        return handle.createQuery("SELECT * FROM access_tokens WHERE principal_name = :name ORDER BY created_at, id")
                .bind("name", principal)
                .map((row, context) -> token(row))
                .list();
    }

    private static AccessToken token(java.sql.ResultSet row) throws java.sql.SQLException {
        return new AccessToken(
                row.getString("id"),
                row.getString("principal_name"),
                row.getString("token_name"),
                Scope.valueOf(row.getString("token_scope")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static void insert(Handle handle, AccessToken token, String hash) {
        Instant expires = token.expiresAt();
        handle.createUpdate("""
                        INSERT INTO access_tokens (id, principal_name, token_name, secret_hash, token_scope, created_at,
                          created_by, expires_at)
                        VALUES (:id, :principal, :name, :hash, :scope, :at, :by, :expires)
                        """)
                .bind("id", token.id())
                .bind("principal", token.principal())
                .bind("name", token.name())
                .bind("hash", hash)
                .bind("scope", token.scope().name())
                .bind("at", token.createdAt().toEpochMilli())
                .bind("by", token.createdBy())
                .bind("expires", expires == null ? null : expires.toEpochMilli())
                .execute();
    }

    private static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
