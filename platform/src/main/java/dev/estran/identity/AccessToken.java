package dev.estran.identity;

import dev.estran.Caller.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as it is listed: never with its secret, of which only a hash is kept. */
public record AccessToken(
        String id,
        String principal,
        String name,
        Scope scope,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
