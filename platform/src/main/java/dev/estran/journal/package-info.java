/** Typed append-only logs with group fsync; system tables are their Iceberg segments plus the unflushed tail. */
@org.jspecify.annotations.NullMarked
package dev.estran.journal;
