/** Import of files into tables: types from a sample, widened where the data disagrees; no row is dropped in silence. */
@org.jspecify.annotations.NullMarked
package dev.estran.load;
