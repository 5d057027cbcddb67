/**
 * Names, pointers and settings in SQLite or PostgreSQL: connections, migrations, transactions. One Store class per table
 * group lives with its feature. Migrations and stores are written in the SQL both databases share; docs/concepts/metastore.md
 * says which that is, and a test runs every migration on both.
 */
@org.jspecify.annotations.NullMarked
package dev.estran.metastore;
