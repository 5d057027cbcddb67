/** JDBC, migrations; one Store class per table group. */
@org.jspecify.annotations.NullMarked
package dev.estran.metastore;
