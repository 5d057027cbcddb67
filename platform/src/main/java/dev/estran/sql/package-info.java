/** Statement heads, gate, sessions, results. Every statement enters here, whatever the door. */
@org.jspecify.annotations.NullMarked
package dev.estran.sql;
