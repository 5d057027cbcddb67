package dev.estran.access;

import java.time.Instant;

/**
 * One right somebody was given.
 *
 * @param privilege as SQL writes it, or OWNER
 * @param inherited whether it stands on what the thing is in
 */
public record Grant(
        String principal, String privilege, Securable on, boolean inherited, Instant grantedAt, String grantedBy) {}
