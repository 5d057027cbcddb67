package dev.estran.platform;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes parts one after the other; one that fails does not keep the next from closing. */
final class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private @Nullable RuntimeException first;

    void close(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.error("{} did not close", what, e);
            if (first == null) {
                first = e instanceof RuntimeException r ? r : new IllegalStateException(what + " did not close", e);
            }
        }
    }

    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
