package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Every migration means the same in SQLite and in PostgreSQL. */
final class MigrationsTest {

    /** Columns by table: name, kind of type, and whether NULL may stand there. */
    @Test
    @EnabledIf(value = "dev.estran.metastore.PostgresServer#installed", disabledReason = PostgresServer.MISSING)
    void bothDatabasesGetTheSameTablesAndRows(@TempDir Path root) {
        MetastoreAddress file = new MetastoreAddress.SqliteFile(root.resolve("metastore.db"));
        try (Metastore sqlite = Metastore.open(file);
                Metastore postgres = Metastore.open(PostgresServer.shared().newDatabase(""))) {
            Map<String, List<String>> tables = sqlite.read(MigrationsTest::tables);
            assertThat(tables).containsKeys("catalogs", "table_pointers", "settings");
            assertThat(postgres.<Map<String, List<String>>>read(MigrationsTest::tables))
                    .isEqualTo(tables);
            for (String table : tables.keySet()) {
                assertThat(postgres.<List<String>>read(handle -> rows(handle, table)))
                        .as("rows of %s", table)
                        .isEqualTo(sqlite.<List<String>>read(handle -> rows(handle, table)));
            }
        }
    }

    private static Map<String, List<String>> tables(Handle handle) {
        Map<String, List<String>> tables = new TreeMap<>();
        try {
            Connection connection = handle.getConnection();
            DatabaseMetaData meta = connection.getMetaData();
            try (ResultSet columns = meta.getColumns(null, connection.getSchema(), "%", "%")) {
                while (columns.next()) {
                    String table = columns.getString("TABLE_NAME");
                    if (!table.equals("schema_history") && !table.startsWith("sqlite_")) {
                        tables.computeIfAbsent(table, name -> new ArrayList<>())
                                .add(columns.getString("COLUMN_NAME") + " " + type(columns.getString("TYPE_NAME")) + " "
                                        + columns.getString("IS_NULLABLE"));
                    }
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return tables;
    }

    private static String type(String name) {
        return name.equalsIgnoreCase("int8") ? "BIGINT" : name.toUpperCase(Locale.ROOT);
    }

    private static List<String> rows(Handle handle, String table) {
        return handle.createQuery("SELECT * FROM " + table).mapToMap().stream()
                .map(row -> new TreeMap<>(row).toString())
                .sorted()
                .toList();
    }

    @Test
    void theKnownSchemaVersionIsThatOfTheNewestMigration() throws Exception {
        URI first = Objects.requireNonNull(Metastore.class.getResource("V1__catalog.sql"))
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(first).resolveSibling("."))) {
            assertThat(files.map(f -> f.getFileName().toString())
                            .filter(name -> name.endsWith(".sql"))
                            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max())
                    .hasValue(Migrations.CURRENT);
        }
    }
}
