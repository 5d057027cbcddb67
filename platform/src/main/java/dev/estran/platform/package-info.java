/** The composition root: one constructor call per service. */
@org.jspecify.annotations.NullMarked
package dev.estran.platform;
