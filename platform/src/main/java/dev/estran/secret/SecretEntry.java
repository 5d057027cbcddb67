package dev.estran.secret;

import java.time.Instant;

/** What is shown of a stored secret; the value is not. */
public record SecretEntry(String name, Instant createdAt, String createdBy, Instant updatedAt, String updatedBy) {}
