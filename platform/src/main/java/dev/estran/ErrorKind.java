package dev.estran;

/** What a caller can do about an error. Decides the HTTP status where a code does not say otherwise. */
public enum ErrorKind {
    /** The request is wrong; change it. */
    USER(400),
    /** The caller may not. */
    DENIED(403),
    NOT_FOUND(404),
    /** Somebody else was faster, or the name is taken. */
    CONFLICT(409),
    /** A named limit was reached. */
    LIMIT(429),
    /** A supplier or a store outside this process failed. */
    UPSTREAM(502),
    /** Estran failed; the message is hidden and an id is logged. */
    INTERNAL(500);

    private final int httpStatus;

    ErrorKind(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
