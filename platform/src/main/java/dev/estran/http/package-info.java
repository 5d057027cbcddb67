/** The HTTP server and its routes. */
@org.jspecify.annotations.NullMarked
package dev.estran.http;
