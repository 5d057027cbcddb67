package dev.estran.cli;

import dev.estran.EstranException;

/** An error as the command line prints it: the code, then what happened and what to do. */
final class ErrorText {

    private ErrorText() {}

    static String of(EstranException error, boolean colours) {
        String code = colours
                ? "\u001b[31m" + error.code() + "\u001b[0m"
                : error.code().name();
        return code + ": " + error.text();
    }
}
