package dev.estran.model;

/** Where usage goes; wired to the journal. Must be fast and may be called from many threads. */
@FunctionalInterface
public interface UsageLog {

    void record(UsageRecord usage);
}
