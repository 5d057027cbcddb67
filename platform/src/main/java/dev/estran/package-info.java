/** What every feature shares: who calls, what things are called, and how errors look. Depends on no other package. */
@org.jspecify.annotations.NullMarked
package dev.estran;
