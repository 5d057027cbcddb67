package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

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
