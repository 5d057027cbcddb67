package dev.estran.sql;

/**
 * The engine memory that all statements share. A lease is half of what is free, so a statement alone gets much and a
 * crowd still gets something; never less than a floor, below which the engine cannot work. Thread-safe.
 */
final class MemoryPool {

    private static final long FLOOR_BYTES = 128L << 20;

    private long free;

    MemoryPool(long totalBytes) {
        this.free = totalBytes;
    }

    synchronized Lease lease() {
        long bytes = Math.max(FLOOR_BYTES, free / 2);
        free -= bytes;
        return new Lease(bytes);
    }

    private synchronized void release(long bytes) {
        free += bytes;
    }

    /** Memory of one engine instance, given back when closed. Closing twice does nothing. */
    final class Lease implements AutoCloseable {

        private final long bytes;
        private boolean closed;

        private Lease(long bytes) {
            this.bytes = bytes;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release(bytes);
            }
        }
    }
}
