package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LakeDamageTest {

    private static final TableName T = TestingLake.DEMO.table("t");
    private static final TableName OTHER = TestingLake.DEMO.table("other");

    private TestingLake it;

    @BeforeEach
    void open(@TempDir Path root) {
        it = new TestingLake(root.resolve("data"));
        it.append(it.create(T, ColumnDefinition.of("id", "BIGINT")), "SELECT 1::BIGINT AS id");
        it.append(it.create(OTHER, ColumnDefinition.of("id", "BIGINT")), "SELECT 2::BIGINT AS id");
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void metadataCutInHalfIsNamedAndHarmsNoOtherTableNorTheVersionsBefore() throws Exception {
        Path file = newest(".metadata.json");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        damaged(VersionSelector.LATEST);
        assertThat(fresh().tables()
                        .load(Caller.OWNER, T, new VersionSelector.Of(1))
                        .files())
                .isEmpty();
        assertThat(it.rows(fresh().tables().load(Caller.OWNER, OTHER, VersionSelector.LATEST)))
                .containsExactly(List.of("2"));
    }

    @Test
    void aMissingOrScrambledManifestIsDamageToo() throws Exception {
        Path manifest = newest("-m0.avro");
        Files.writeString(manifest, "not a manifest");
        damaged(VersionSelector.LATEST);
        Files.delete(manifest);
        damaged(VersionSelector.LATEST);
    }

    @Test
    void aDamagedTableCanBeDroppedAndItsNameUsedAgain() throws Exception {
        Files.delete(newest(".metadata.json"));
        Lake lake = fresh();
        lake.tables().drop(Caller.OWNER, T, false);
        assertThat(lake.purgeDropped(Caller.SYSTEM, Duration.ZERO)).isEqualTo(1);
        assertThat(it.create(T, ColumnDefinition.of("x", "DATE")).version()).isEqualTo(1);
    }

    @Test
    void aTableWithDeleteFilesOfAnotherEngineIsRefusedNotReadWrong() {
        PointerOperations operations = it.operations(T);
        org.apache.iceberg.BaseTable table = new org.apache.iceberg.BaseTable(operations, T.toString());
        table.newRowDelta()
                .addDeletes(FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                        .ofPositionDeletes()
                        .withPath("file:/nowhere/deletes.parquet")
                        .withFileSizeInBytes(100)
                        .withRecordCount(1)
                        .build())
                .commit();

        assertThatThrownBy(() -> it.load(T)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED);
            assertThat(e.text()).contains("delete files");
        });
    }

    private void damaged(VersionSelector selector) {
        Lake lake = fresh();
        assertThatThrownBy(() -> lake.tables().load(Caller.OWNER, T, selector))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_DAMAGED));
    }

    /** A lake that has nothing of the table in its caches. */
    private Lake fresh() {
        return it.another();
    }

    private Path newest(String suffix) throws IOException {
        Path metadata = it.load(T).files().getFirst().resolve("../../metadata").normalize();
        try (Stream<Path> files = Files.list(metadata)) {
            return files.filter(f -> f.toString().endsWith(suffix))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
