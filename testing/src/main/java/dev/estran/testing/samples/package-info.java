/** Writes the data of the fictional company Ourlemer under samples/: the same seed gives the same bytes. */
@org.jspecify.annotations.NullMarked
package dev.estran.testing.samples;
