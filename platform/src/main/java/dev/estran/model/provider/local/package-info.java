/**
 * Methods that answer AI functions inside this process, with no model, network or key. They know nothing of SQL, callers
 * or storage. Every method is deterministic and thread-safe; its measured quality is in {@code local-methods.json}.
 */
@org.jspecify.annotations.NullMarked
package dev.estran.model.provider.local;
