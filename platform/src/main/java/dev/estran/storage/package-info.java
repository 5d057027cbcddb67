/** File input and output for table data: local disk now, object stores later. */
@org.jspecify.annotations.NullMarked
package dev.estran.storage;
