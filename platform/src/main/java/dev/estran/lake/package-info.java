/** Catalogs, schemas, Iceberg tables and views; commits with conflict validation. Knows nothing of SQL statements. */
@org.jspecify.annotations.NullMarked
package dev.estran.lake;
