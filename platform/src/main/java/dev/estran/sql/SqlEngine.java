package dev.estran.sql;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes private engine instances. */
public interface SqlEngine extends AutoCloseable {

    /**
     * A fresh instance bound to what one statement may see. The files of {@link Binding#files} are the only ones it can
     * reach, beside its private directory.
     */
    EngineInstance open(Binding binding);

    /**
     * What an instance is bound to.
     *
     * @param files readable files
     * @param setup statements of Estran's own that create the views and tables, run after the lock, in order
     * @param timeZone IANA name
     * @param timeoutMillis bound on each engine statement
     * @param memoryBytes memory leased
     * @param fenced whether a table of it has rows or values that the caller may not know of: the engine's errors, which
     *     quote values, are then not passed on
     * @param names what the caller calls the private tables ({@code __t0} to {@code lake.demo.tickets}), for error messages
     */
    record Binding(
            List<Path> files,
            List<String> setup,
            String timeZone,
            long timeoutMillis,
            long memoryBytes,
            Map<String, String> names,
            boolean fenced) {

        public Binding(List<Path> files, List<String> setup, String timeZone, long timeoutMillis, long memoryBytes) {
            this(files, setup, timeZone, timeoutMillis, memoryBytes, Map.of(), false);
        }

        public Binding(
                List<Path> files,
                List<String> setup,
                String timeZone,
                long timeoutMillis,
                long memoryBytes,
                Map<String, String> names) {
            this(files, setup, timeZone, timeoutMillis, memoryBytes, names, false);
        }

        public Binding {
            files = List.copyOf(files);
            setup = List.copyOf(setup);
            names = Map.copyOf(names);
        }
    }

    @Override
    void close();
}
