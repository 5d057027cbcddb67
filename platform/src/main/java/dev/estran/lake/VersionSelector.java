package dev.estran.lake;

import java.time.Instant;

/** Which version of a table is meant. */
public sealed interface VersionSelector {

    /** The newest version. */
    VersionSelector LATEST = new Latest();

    /** See {@link #LATEST}. */
    record Latest() implements VersionSelector {}

    /** The table's version 1, 2, 3, ...; where there is none of that number, the snapshot of that id. */
    record Of(long number) implements VersionSelector {}

    /** The version that was the newest at that time. */
    record At(Instant time) implements VersionSelector {}
}
