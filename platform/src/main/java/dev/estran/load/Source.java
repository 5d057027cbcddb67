package dev.estran.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file as rows the engine can query. Its methods are called in their order, each at most once. */
interface Source {

    /** The first rows, enough to tell columns and types. */
    View sample();

    /** All rows, straight from the file, where that may be tried; any row that is out of order must make it fail. */
    @Nullable
    View direct();

    /** All rows that can be read; the others are rejected. Types hold for every row. */
    View whole();

    /** What a reader of the report should know about how the file was read. */
    List<String> notes();

    /** How the file was found to be laid out, once there is a sample. */
    default FileLayout layout() {
        return FileLayout.UNKNOWN;
    }

    /**
     * Rows to query.
     *
     * @param from SQL to put after FROM; has {@code __line} and {@code __text} except for direct views
     */
    record View(String from, List<? extends Reading> readings) {

        List<String> names() {
            return readings.stream().map(reading -> reading.name()).toList();
        }
    }
}
