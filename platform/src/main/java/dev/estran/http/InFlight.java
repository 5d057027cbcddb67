package dev.estran.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Bounds the requests that are served at the same time. */
final class InFlight {

    private final Semaphore places;

    InFlight(int limit) {
        places = new Semaphore(limit);
    }

    /** A place, or null when all are taken. */
    @Nullable
    Place tryTake() {
        return places.tryAcquire() ? new Place() : null;
    }

    int free() {
        return places.availablePermits();
    }

    /** Given back once, however many ends a request has: an answer, a broken connection, or one after the other. */
    final class Place {

        private final AtomicBoolean held = new AtomicBoolean(true);

        private Place() {}

        void release() {
            if (held.compareAndSet(true, false)) {
                places.release();
            }
        }
    }
}
