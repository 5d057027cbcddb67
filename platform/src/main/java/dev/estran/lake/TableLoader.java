package dev.estran.lake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.metastore.Metastore;
import dev.estran.storage.LocalFileIO;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads table versions. A version never changes, so its metadata and file list are kept by the location of its metadata
 * file, up to a bound. Thread-safe.
 */
final class TableLoader {

    /** All of a manifest's entry but the column statistics, which are most of it. */
    private static final List<String> PLAN_COLUMNS = List.of(
            "file_path",
            "content",
            "file_format",
            "file_size_in_bytes",
            "record_count",
            "partition",
            "key_metadata",
            "split_offsets",
            "sort_order_id");

    private static final long CACHED_TABLES = 500;
    private static final long CACHED_FILES = 200_000;

    private final Metastore metastore;
    private final ObjectStore objects;
    private final PointerStore pointers;
    private final FileIO io;
    private final Clock clock;
    private final Cache<String, TableMetadata> metadata =
            Caffeine.newBuilder().maximumSize(CACHED_TABLES).build();
    private final Cache<String, List<DataFile>> plans = Caffeine.newBuilder()
            .maximumWeight(CACHED_FILES)
            .weigher((String location, List<DataFile> files) -> 1 + files.size())
            .build();

    TableLoader(Metastore metastore, ObjectStore objects, PointerStore pointers, FileIO io, Clock clock) {
        this.metastore = metastore;
        this.objects = objects;
        this.pointers = pointers;
        this.io = io;
        this.clock = clock;
    }

    Metastore metastore() {
        return metastore;
    }

    ObjectStore objects() {
        return objects;
    }

    PointerStore pointers() {
        return pointers;
    }

    FileIO io() {
        return io;
    }

    Clock clock() {
        return clock;
    }

    @Nullable
    Pointer latest(String tableId) {
        return metastore.read(handle -> pointers.latest(handle, tableId).orElse(null));
    }

    /** @throws EstranException TABLE_DAMAGED */
    TableMetadata metadata(Pointer pointer) {
        String location = pointer.metadataLocation();
        return metadata.get(location, key -> {
            try {
                TableMetadata read = TableMetadataParser.read(io, key);
                if (read.formatVersion() > 2) {
                    throw new EstranException(
                            ErrorCode.TYPE_NOT_SUPPORTED,
                            "Tables of format version " + read.formatVersion() + " cannot be read yet, only 1 and 2.");
                }
                return read;
            } catch (RuntimeException e) {
                throw damaged(e, location);
            }
        });
    }

    /** The data files of a version, in a fixed order. */
    List<DataFile> files(Pointer pointer) {
        String location = pointer.metadataLocation();
        TableMetadata table = metadata(pointer);
        return plans.get(location, key -> {
            try {
                return plan(table);
            } catch (RuntimeException e) {
                throw damaged(e, location);
            }
        });
    }

    TableVersion version(TableName name, Pointer pointer) {
        TableMetadata table = metadata(pointer);
        List<Path> paths = files(pointer).stream()
                .map(file -> LocalFileIO.path(file.location()))
                .toList();
        return new TableVersion(
                pointer.tableId(),
                name,
                pointer.version(),
                pointer.snapshotId(),
                paths,
                Schemas.columns(table.schema(), table.properties()),
                table.schema().columns().stream()
                        .map(Types.NestedField::fieldId)
                        .toList(),
                Schemas.fieldIds(table.schema()),
                Schemas.readSchema(table.schema()),
                table.spec().isUnpartitioned() && Schemas.readableByName(table.schemas(), table.schema()),
                TableProperties.marks(table.properties()));
    }

    private List<DataFile> plan(TableMetadata table) {
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot == null) {
            return List.of();
        }
        if (snapshot.deleteManifests(io).stream().anyMatch(m -> m.hasAddedFiles() || m.hasExistingFiles())) {
            throw new EstranException(
                    ErrorCode.TYPE_NOT_SUPPORTED,
                    "The table has delete files, written by another engine; they cannot be read yet. Rewrite its data"
                            + " files there (rewrite_data_files) and set its delete mode to copy-on-write.");
        }
        List<DataFile> files = new ArrayList<>();
        for (ManifestFile manifest : snapshot.dataManifests(io)) {
            try (ManifestReader<DataFile> reader =
                    ManifestFiles.read(manifest, io, table.specsById()).select(PLAN_COLUMNS)) {
                reader.forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        files.sort(Comparator.comparing(TableLoader::sequence).thenComparing(DataFile::location));
        return List.copyOf(files);
    }

    private static Long sequence(DataFile file) {
        return Objects.requireNonNullElse(file.dataSequenceNumber(), 0L);
    }

    /** A file that cannot be understood is damage; one that may not be opened is the operating system's business. */
    private static EstranException damaged(RuntimeException error, String location) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof EstranException known) {
                return known;
            }
            if (t instanceof AccessDeniedException denied) {
                return StorageErrors.translate(denied, LocalFileIO.path(location));
            }
        }
        return new EstranException(
                ErrorCode.TABLE_DAMAGED,
                "The table's metadata cannot be read: " + LocalFileIO.path(location)
                        + " or a file it names is missing or damaged. Restore it from a backup, or read an earlier"
                        + " version with AT (VERSION => n).",
                Map.of("path", location),
                error);
    }
}
