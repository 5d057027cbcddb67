package dev.estran.lake;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Ownership;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.access.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Catalogs, their schemas, and what is in them by name. Thread-safe. */
public final class Catalogs {

    private final Access access;
    private final TableLoader loader;
    private final Drops drops;

    Catalogs(Access access, TableLoader loader, Drops drops) {
        this.access = access;
        this.loader = loader;
        this.drops = drops;
    }

    /** @throws EstranException ALREADY_EXISTS, RESERVED_NAME */
    public void createCatalog(Caller caller, String name, boolean ifNotExists) {
        String catalog = name.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.CREATE_CATALOG, Securable.PLATFORM);
        ReservedNames.checkCatalog(caller, catalog);
        long now = loader.clock().millis();
        int created = loader.metastore().transact(handle -> {
            int rows = handle.createUpdate("""
                            INSERT INTO catalogs (catalog_name, created_at, created_by) VALUES (:name, :at, :by)
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("name", catalog)
                    .bind("at", now)
                    .bind("by", caller.id())
                    .execute();
            if (rows > 0) {
                Ownership.ofCatalog(handle, catalog, caller.id(), now);
            }
            return rows;
        });
        if (created == 0 && !ifNotExists) {
            throw new EstranException(
                            ErrorCode.ALREADY_EXISTS, "The catalog " + catalog + " exists already. Take another name.")
                    .with("name", catalog);
        }
    }

    /** @throws EstranException ALREADY_EXISTS, CATALOG_NOT_FOUND, RESERVED_NAME */
    public void createSchema(Caller caller, SchemaName name, boolean ifNotExists) {
        access.require(caller, Privilege.CREATE_SCHEMA, Securable.catalog(name.catalog()));
        ReservedNames.checkSchema(caller, name);
        long now = loader.clock().millis();
        int created = loader.metastore().transact(handle -> {
            requireCatalog(handle, name.catalog());
            int rows = handle.createUpdate("""
                            INSERT INTO schemas (catalog_name, schema_name, created_at, created_by)
                            VALUES (:catalog, :schema, :at, :by) ON CONFLICT DO NOTHING
                            """)
                    .bind("catalog", name.catalog())
                    .bind("schema", name.schema())
                    .bind("at", now)
                    .bind("by", caller.id())
                    .execute();
            if (rows > 0) {
                Ownership.ofSchema(handle, name, caller.id(), now);
            }
            return rows;
        });
        if (created == 0 && !ifNotExists) {
            throw new EstranException(
                            ErrorCode.ALREADY_EXISTS, "The schema " + name + " exists already. Take another name.")
                    .with("name", name);
        }
    }

    /**
     * Drops a catalog.
     *
     * @param cascade also drops its schemas and all in them; otherwise it must be empty
     * @throws EstranException NOT_EMPTY, CATALOG_NOT_FOUND, RESERVED_NAME
     */
    public void dropCatalog(Caller caller, String name, boolean ifExists, boolean cascade) {
        String catalog = name.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.MANAGE, Securable.catalog(catalog));
        ReservedNames.checkCatalog(caller, catalog);
        if (catalog.equals("lake")) {
            throw new EstranException(
                    ErrorCode.RESERVED_NAME, "The catalog lake always exists. Drop its schemas instead.");
        }
        loader.metastore().transact(handle -> {
            if (ifExists && !hasCatalog(handle, catalog)) {
                return null;
            }
            requireCatalog(handle, catalog);
            for (SchemaName schema : schemaNames(handle, catalog)) {
                if (!cascade) {
                    throw notEmpty("catalog " + Identifiers.quoteIfNeeded(catalog), "schema " + schema);
                }
                dropSchema(handle, caller, schema);
            }
            handle.createUpdate("DELETE FROM catalogs WHERE catalog_name = :name")
                    .bind("name", catalog)
                    .execute();
            Ownership.endCatalog(handle, catalog);
            return null;
        });
    }

    /**
     * Drops a schema.
     *
     * @param cascade also drops all in it; otherwise it must be empty
     * @throws EstranException NOT_EMPTY, SCHEMA_NOT_FOUND, RESERVED_NAME
     */
    public void dropSchema(Caller caller, SchemaName name, boolean ifExists, boolean cascade) {
        access.require(caller, Privilege.MANAGE, Securable.schema(name));
        ReservedNames.checkSchema(caller, name);
        loader.metastore().transact(handle -> {
            if (ifExists && !schemaNames(handle, name.catalog()).contains(name)) {
                return null;
            }
            loader.objects().requireSchema(handle, name);
            List<TableName> inside = new ArrayList<>(Functions.in(handle, name));
            loader.objects().list(handle, name).forEach(entry -> inside.add(entry.name()));
            if (!cascade && !inside.isEmpty()) {
                throw notEmpty("schema " + name, inside.getLast().sql());
            }
            dropSchema(handle, caller, name);
            return null;
        });
    }

    public List<String> catalogs(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return loader
                .metastore()
                .read(handle -> handle.createQuery("SELECT catalog_name FROM catalogs ORDER BY catalog_name")
                        .mapTo(String.class)
                        .list())
                .stream()
                .filter(visible::seesCatalog)
                .toList();
    }

    /** @throws EstranException CATALOG_NOT_FOUND */
    public List<SchemaName> schemas(Caller caller, String catalog) {
        String name = catalog.toLowerCase(Locale.ROOT);
        access.require(caller, Privilege.USE_CATALOG, Securable.catalog(name));
        Visibility visible = access.visibility(caller);
        return loader
                .metastore()
                .read(handle -> {
                    requireCatalog(handle, name);
                    return schemaNames(handle, name);
                })
                .stream()
                .filter(visible::seesSchema)
                .toList();
    }

    public boolean schemaExists(Caller caller, SchemaName name) {
        access.require(caller, Privilege.USE_SCHEMA, Securable.schema(name));
        return loader.metastore()
                .read(handle -> schemaNames(handle, name.catalog()).contains(name));
    }

    /**
     * Tables, views and models of a schema, by name.
     *
     * @throws EstranException SCHEMA_NOT_FOUND
     */
    public List<ObjectEntry> objects(Caller caller, SchemaName schema) {
        access.require(caller, Privilege.USE_SCHEMA, Securable.schema(schema));
        return visible(caller, loader.metastore().read(handle -> {
            loader.objects().requireSchema(handle, schema);
            return loader.objects().list(handle, schema);
        }));
    }

    /** Tables, views and models of all catalogs, by name. */
    public List<ObjectEntry> objects(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return visible(caller, loader.metastore().read(loader.objects()::list));
    }

    /** What the name stands for, if for anything the caller may know of. */
    public Optional<ObjectKind> kind(Caller caller, TableName name) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return loader.metastore()
                .read(handle -> loader.objects().find(handle, name))
                .filter(entry -> sees(visible, entry))
                .map(ObjectEntry::kind);
    }

    private List<ObjectEntry> visible(Caller caller, List<ObjectEntry> entries) {
        Visibility visible = access.visibility(caller);
        return entries.stream().filter(entry -> sees(visible, entry)).toList();
    }

    private static boolean sees(Visibility visible, ObjectEntry entry) {
        Securable.Kind kind = Securable.Kind.valueOf(entry.kind().name());
        return visible.seesObject(kind, entry.name().schemaName(), entry.id());
    }

    private void dropSchema(Handle handle, Caller caller, SchemaName name) {
        for (ObjectEntry entry : loader.objects().list(handle, name)) {
            drops.drop(handle, caller, entry);
        }
        for (TableName function : Functions.in(handle, name)) {
            if (Protections.uses(handle, function)) {
                throw notEmpty(
                        "schema " + name, "the function " + function.sql() + ", which protects a table elsewhere");
            }
            Functions.delete(handle, function);
        }
        handle.createUpdate("DELETE FROM schemas WHERE catalog_name = :catalog AND schema_name = :schema")
                .bind("catalog", name.catalog())
                .bind("schema", name.schema())
                .execute();
        Ownership.endSchema(handle, name);
    }

    private static List<SchemaName> schemaNames(Handle handle, String catalog) {
        return handle.createQuery("SELECT schema_name FROM schemas WHERE catalog_name = :name ORDER BY schema_name")
                .bind("name", catalog)
                .map((row, context) -> new SchemaName(catalog, row.getString(1)))
                .list();
    }

    private static boolean hasCatalog(Handle handle, String catalog) {
        return handle.createQuery("SELECT 1 FROM catalogs WHERE catalog_name = :name")
                .bind("name", catalog)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    private static void requireCatalog(Handle handle, String catalog) {
        if (!hasCatalog(handle, catalog)) {
            throw NotFound.of(Securable.catalog(catalog));
        }
    }

    private static EstranException notEmpty(String what, String inside) {
        return new EstranException(
                        ErrorCode.NOT_EMPTY,
                        "The " + what + " is not empty: it holds " + inside + ". Drop that first, or add CASCADE.")
                .with("name", what);
    }
}
