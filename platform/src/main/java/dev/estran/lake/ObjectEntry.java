package dev.estran.lake;

import dev.estran.TableName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object of a schema as the metastore lists it.
 *
 * @param id stable, survives renames
 */
public record ObjectEntry(
        String id,
        TableName name,
        ObjectKind kind,
        @Nullable String comment,
        Instant createdAt,
        String createdBy) {}
