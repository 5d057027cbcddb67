/** Holds the documentation to what the product does. */
@org.jspecify.annotations.NullMarked
package dev.estran.docs;
