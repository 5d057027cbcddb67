package dev.estran.ai;

/** Says that a block cannot be cut into stages, so that its calls run row by row. Never leaves this package. */
final class CannotCut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotCut(String reason) {
        super(reason, null, false, false);
    }
}
