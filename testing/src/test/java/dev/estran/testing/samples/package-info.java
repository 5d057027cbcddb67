/** Holds the sample files to what their documentation claims. */
@org.jspecify.annotations.NullMarked
package dev.estran.testing.samples;
