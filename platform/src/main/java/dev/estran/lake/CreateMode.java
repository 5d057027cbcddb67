package dev.estran.lake;

/** What creating does when the name is taken. */
public enum CreateMode {
    /** Fails with ALREADY_EXISTS. */
    CREATE,
    /** Leaves what is there as it is. */
    IF_NOT_EXISTS,
    /** Puts the new definition in its place; a table keeps its id, its versions and their history. */
    OR_REPLACE
}
