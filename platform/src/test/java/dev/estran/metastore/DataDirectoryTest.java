package dev.estran.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

    @Test
    void aDataDirectoryHasOneOwnerAtATimeAndIsPrivate(@TempDir Path root) throws Exception {
        Path path = root.resolve("deep/data");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(directory.warehouse()).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                    .isEqualTo("rwx------");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DataDirectory.open(path)).isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DATA_DIRECTORY_IN_USE);
                    assertThat(e.text())
                            .contains("process " + ProcessHandle.current().pid());
                });
            }
            Files.writeString(directory.serverFile(), "{}");
            assertThatThrownBy(() -> DataDirectory.open(path)).hasMessageContaining("server.json");
        }
        DataDirectory.open(path).close();
    }

    @Test
    void aFileInThePlaceOfTheDataDirectoryIsNamed(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndKept(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("metastore.db"), "this is not a database ".repeat(100));
        assertThatThrownBy(() -> Metastore.open(file))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
        assertThat(file).content().startsWith("this is not");
    }
}
