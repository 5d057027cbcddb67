package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;

/** Limits on what the local methods take. */
final class LocalInput {

    /** Longest text a local method reads, in UTF-16 units. */
    static final int TEXT_CHARS = 8_000_000;

    private LocalInput() {}

    /** @throws EstranException INVALID_ARGUMENT for a text beyond {@link #TEXT_CHARS} */
    static void check(String text) {
        if (text.length() > TEXT_CHARS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A text of " + text.length() + " characters is longer than the local methods take (" + TEXT_CHARS
                            + "). Split it first.");
        }
    }

    /** A name as it may stand in a message: short, on one line. */
    static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
