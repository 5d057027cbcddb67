/** Configuration records from file, environment and flags; every problem is reported at once. */
@org.jspecify.annotations.NullMarked
package dev.estran.config;
