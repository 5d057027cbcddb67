/** The embedded engine: private, locked DuckDB instances, one per statement. The only package that sees JDBC of DuckDB. */
@org.jspecify.annotations.NullMarked
package dev.estran.sql.duckdb;
