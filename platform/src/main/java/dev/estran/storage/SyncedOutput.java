package dev.estran.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.io.PositionOutputStream;

/** A file being written that is on disk, with its directory entry, once it is closed without error. */
final class SyncedOutput extends PositionOutputStream {

    /**
     * Manifests need no sync of their directory: the metadata file that makes them count is written into the same one
     * after them.
     */
    private static final String MANIFEST_SUFFIX = ".avro";

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;
    private boolean closed;
    private boolean failed;

    private SyncedOutput(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static SyncedOutput open(Path path, boolean overwrite) throws IOException {
        Files.createDirectories(directoryOf(path));
        OpenOption[] options = overwrite
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        return new SyncedOutput(path, FileChannel.open(path, options));
    }

    /** Makes names added to or removed from a directory survive a power cut. */
    static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int b) {
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) b);
        position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = Math.min(buffer.remaining(), length - done);
            buffer.put(bytes, offset + done, part);
            done += part;
        }
        position += length;
    }

    @Override
    public void flush() {
        drain();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (!failed) {
                drain();
                channel.force(true);
                if (!path.toString().endsWith(MANIFEST_SUFFIX)) {
                    syncDirectory(directoryOf(path));
                }
            }
        } catch (IOException e) {
            throw StorageErrors.translate(e, path);
        }
    }

    private void drain() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            failed = true;
            throw StorageErrors.translate(e, path);
        } finally {
            buffer.clear();
        }
    }
}
