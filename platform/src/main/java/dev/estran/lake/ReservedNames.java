package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.SchemaName;
import java.util.Set;

/** Names that are not for users to take. */
final class ReservedNames {

    private static final Set<String> CATALOGS = Set.of("system", "main", "temp");
    private static final Set<String> SCHEMAS = Set.of("information_schema", "pg_catalog");

    private ReservedNames() {}

    /** @throws EstranException RESERVED_NAME unless the catalog is for users, or Estran itself asks */
    static void checkCatalog(Caller caller, String catalog) {
        Schemas.checkName(catalog);
        if (CATALOGS.contains(catalog) && !(catalog.equals("system") && caller.equals(Caller.SYSTEM))) {
            throw new EstranException(
                    ErrorCode.RESERVED_NAME,
                    "The catalog name " + catalog + " is Estran's own. Use another catalog, for example lake.");
        }
    }

    /** @throws EstranException RESERVED_NAME */
    static void checkSchema(Caller caller, SchemaName name) {
        checkCatalog(caller, name.catalog());
        Schemas.checkName(name.schema());
        if (SCHEMAS.contains(name.schema())) {
            throw new EstranException(
                    ErrorCode.RESERVED_NAME,
                    "The schema name " + name.schema() + " is Estran's own. Use another schema.");
        }
    }
}
