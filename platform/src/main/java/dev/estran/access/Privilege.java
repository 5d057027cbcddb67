package dev.estran.access;

/** What a caller may do with a securable; the names follow Unity Catalog. */
public enum Privilege {
    USE_CATALOG,
    USE_SCHEMA,
    CREATE_CATALOG,
    CREATE_SCHEMA,
    CREATE_TABLE,
    CREATE_VIEW,
    CREATE_MODEL,
    CREATE_CONNECTION,
    CREATE_ENDPOINT,
    SELECT,
    MODIFY,
    EXECUTE,
    QUERY,
    MANAGE,
    /** Running statements at all, reading one's own sessions and results. */
    USE_PLATFORM
}
