package dev.estran.lake;

import dev.estran.TableName;
import java.time.Instant;

/** A table that was dropped and can still be brought back. */
public record DroppedTable(TableName name, Instant droppedAt, String droppedBy, Instant keptUntil) {}
