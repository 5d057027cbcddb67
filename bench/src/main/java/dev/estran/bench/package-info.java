/** Benchmarks. Each prints lines {@code figure NAME VALUE BAR pass|fail}, from measurement only. */
@org.jspecify.annotations.NullMarked
package dev.estran.bench;
