/** Endpoints, connections, prices, usage; suppliers in model.provider. */
@org.jspecify.annotations.NullMarked
package dev.estran.model;
