/** Whole results as files: CSV, Excel workbooks and Parquet. */
@org.jspecify.annotations.NullMarked
package dev.estran.export;
