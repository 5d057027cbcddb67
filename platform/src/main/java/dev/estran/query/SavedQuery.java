package dev.estran.query;

import java.time.Instant;

/**
 * A query somebody keeps.
 *
 * @param version 1 at first; grows by one with each change
 */
public record SavedQuery(
        String id, String owner, QueryDraft draft, Instant createdAt, Instant updatedAt, long version) {

    public String name() {
        return draft.name();
    }
}
