package dev.estran.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user, a group or a service principal. Names are unique across the three and lower case.
 *
 * @param disabledAt since when it may not sign in; null where it may
 */
public record Principal(
        String name,
        Kind kind,
        @Nullable String displayName,
        @Nullable String email,
        @Nullable Instant disabledAt,
        Instant createdAt,
        String createdBy) {

    public enum Kind {
        USER,
        GROUP,
        /** A program that acts on its own account. */
        SERVICE
    }
}
