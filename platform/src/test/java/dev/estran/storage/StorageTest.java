package dev.estran.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {

    private static final TableName NAME = new TableName("lake", "demo", "t");

    private final LocalFileIO io = new LocalFileIO();

    @Test
    void whatIsWrittenInAnyPiecesIsReadBack(@TempDir Path root) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        String location = LocalFileIO.location(root.resolve("new dir/é file"));
        try (PositionOutputStream out = io.newOutputFile(location).create()) {
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(random.nextInt(100_000), bytes.length - at);
                out.write(bytes, at, length);
                at += length;
                if (at < bytes.length) {
                    out.write(bytes[at++]);
                }
                assertThat(out.getPos()).as("seed %s", seed).isEqualTo(at);
            }
        }
        assertThat(Arrays.equals(Files.readAllBytes(LocalFileIO.path(location)), bytes))
                .as("seed %s", seed)
                .isTrue();
        assertThat(io.newInputFile(location).getLength()).isEqualTo(bytes.length);
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("f"), "first");
        assertThatThrownBy(() -> io.newOutputFile(LocalFileIO.location(file)).create())
                .isInstanceOf(AlreadyExistsException.class);
        assertThat(file).hasContent("first");
    }

    @Test
    void aFullDiskIsToldFromOtherErrors(@TempDir Path root) {
        Path path = root.resolve("f");
        for (String full : new String[] {"No space left on device", "Disk quota exceeded", "File too large"}) {
            assertThat(StorageErrors.translate(new IOException(full), path).code())
                    .isEqualTo(ErrorCode.STORAGE_FULL);
            assertThat(StorageErrors.translate(new FileSystemException("f", null, full), path)
                            .code())
                    .isEqualTo(ErrorCode.STORAGE_FULL);
        }
        assertThat(StorageErrors.translate(new IOException("Input/output error"), path)
                        .code())
                .isEqualTo(ErrorCode.STORAGE_FAILED);
    }

    @Test
    void onlyTableLocationsOfTheWarehouseCanBeDeleted(@TempDir Path root) throws Exception {
        Warehouse warehouse = new Warehouse(root.resolve("warehouse"));
        Path location = warehouse.newTableLocation(NAME);
        Path staged = Files.writeString(root.resolve("staged"), "rows");
        Path adopted = warehouse.adopt(staged, location);
        assertThat(adopted).hasContent("rows").hasParent(location.resolve("data"));
        assertThat(staged).doesNotExist();

        for (Path wrong : new Path[] {
            root,
            root.resolve("warehouse"),
            location.resolve("data"),
            location.resolve("../../../../outside/a/b"),
            Path.of("/")
        }) {
            assertThatThrownBy(() -> warehouse.deleteLocation(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        warehouse.deleteLocation(location);
        assertThat(location).doesNotExist();
        warehouse.deleteLocation(location);
    }

    @Test
    void adoptingAFileThatIsGoneIsAStorageError(@TempDir Path root) {
        Warehouse warehouse = new Warehouse(root);
        assertThatThrownBy(() -> warehouse.adopt(root.resolve("gone"), warehouse.newTableLocation(NAME)))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    }
}
