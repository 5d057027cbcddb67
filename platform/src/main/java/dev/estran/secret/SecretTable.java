package dev.estran.secret;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of {@code secrets}. */
final class SecretTable {

    /** @param keyId which key encrypted it */
    record Sealed(String name, String ciphertext, long keyId) {}

    Optional<Sealed> find(Handle handle, String name) {
        return handle.createQuery("SELECT secret_name, ciphertext, key_id FROM secrets WHERE secret_name = :name")
                .bind("name", name)
                .map((row, context) -> new Sealed(row.getString(1), row.getString(2), row.getLong(3)))
                .findOne();
    }

    List<Sealed> all(Handle handle) {
        return handle.createQuery("SELECT secret_name, ciphertext, key_id FROM secrets ORDER BY secret_name")
                .map((row, context) -> new Sealed(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    List<SecretEntry> list(Handle handle) {
        return handle.createQuery("""
                        SELECT secret_name, created_at, created_by, updated_at, updated_by FROM secrets
                        ORDER BY secret_name
                        """)
                .map((row, context) -> new SecretEntry(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5)))
                .list();
    }

    void put(Handle handle, Sealed secret, String by, Instant at) {
        handle.createUpdate("""
                        INSERT INTO secrets (secret_name, ciphertext, key_id, created_at, created_by, updated_at, updated_by)
                        VALUES (:name, :ciphertext, :key, :at, :by, :at, :by)
                        ON CONFLICT (secret_name) DO UPDATE SET ciphertext = excluded.ciphertext,
                          key_id = excluded.key_id, updated_at = excluded.updated_at, updated_by = excluded.updated_by
                        """)
                .bind("name", secret.name())
                .bind("ciphertext", secret.ciphertext())
                .bind("key", secret.keyId())
                .bind("at", at.toEpochMilli())
                .bind("by", by)
                .execute();
    }

    /** The same secret under another key; who set it and when stays. */
    void reseal(Handle handle, Sealed secret) {
        handle.createUpdate("UPDATE secrets SET ciphertext = :ciphertext, key_id = :key WHERE secret_name = :name")
                .bind("ciphertext", secret.ciphertext())
                .bind("key", secret.keyId())
                .bind("name", secret.name())
                .execute();
    }

    boolean delete(Handle handle, String name) {
        return handle.createUpdate("DELETE FROM secrets WHERE secret_name = :name")
                        .bind("name", name)
                        .execute()
                > 0;
    }
}
