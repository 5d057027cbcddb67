/** The command line: picocli commands and the SQL shell. */
@org.jspecify.annotations.NullMarked
package dev.estran.cli;
