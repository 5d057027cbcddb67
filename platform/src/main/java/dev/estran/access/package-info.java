/** Who may do what: the one rights check in front of every service, and the audit record of its answers. */
@org.jspecify.annotations.NullMarked
package dev.estran.access;
