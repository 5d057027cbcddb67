/** Tests of the launcher. They stand in the last module, when the build has fetched everything that they need offline. */
@org.jspecify.annotations.NullMarked
package dev.estran.launcher;
