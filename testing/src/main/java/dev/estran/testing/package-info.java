/** Simulators of what the platform meets outside. They know nothing of the platform and none of its prompts. */
@org.jspecify.annotations.NullMarked
package dev.estran.testing;
