/** Keys of suppliers and the like, kept encrypted in the metastore; the key that opens them lies outside of it. */
@org.jspecify.annotations.NullMarked
package dev.estran.secret;
