/** Queries that people keep by name: their text, parameters and chart. Running them is the business of {@code sql}. */
@org.jspecify.annotations.NullMarked
package dev.estran.query;
