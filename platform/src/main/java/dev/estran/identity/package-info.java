/** Who there is: users, groups, service principals, their passwords and access tokens. */
@org.jspecify.annotations.NullMarked
package dev.estran.identity;
