/** AI functions: signatures, staged execution, call identity, answer store. Turns a query with AI calls into one without. */
@org.jspecify.annotations.NullMarked
package dev.estran.ai;
