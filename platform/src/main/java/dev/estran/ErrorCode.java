package dev.estran;

/**
 * Every error Estran reports, by a stable name. The reference page of errors is generated from this list. Names are
 * never renamed or reused.
 */
public enum ErrorCode {
    // Requests and configuration
    INVALID_ARGUMENT(ErrorKind.USER),
    INVALID_CONFIGURATION(ErrorKind.USER),
    NOT_BUILT(ErrorKind.USER, 501, false),
    BODY_TOO_LARGE(ErrorKind.LIMIT, 413, false),
    TIMEOUT(ErrorKind.LIMIT, 408, true),
    CANCELLED(ErrorKind.USER, 409, false),
    TOO_MANY_STATEMENTS(ErrorKind.LIMIT, 429, true),
    DATA_DIRECTORY_IN_USE(ErrorKind.CONFLICT),
    SERVER_UNREACHABLE(ErrorKind.UPSTREAM, 503, true),
    INTERNAL(ErrorKind.INTERNAL),

    // Identity and rights
    UNAUTHENTICATED(ErrorKind.DENIED, 401, false),
    DENIED(ErrorKind.DENIED),
    FORBIDDEN_HOST(ErrorKind.DENIED),
    CSRF_TOKEN_WRONG(ErrorKind.DENIED),
    PRINCIPAL_NOT_FOUND(ErrorKind.NOT_FOUND),
    TOKEN_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** Too many wrong passwords or tokens in a row. */
    SIGN_IN_THROTTLED(ErrorKind.LIMIT, 429, true),

    // SQL
    SYNTAX_ERROR(ErrorKind.USER),
    STATEMENT_NOT_SUPPORTED(ErrorKind.USER),
    MULTIPLE_STATEMENTS(ErrorKind.USER),
    STATEMENT_TOO_LARGE(ErrorKind.LIMIT, 413, false),
    FUNCTION_NOT_ALLOWED(ErrorKind.USER),
    COLUMN_NOT_FOUND(ErrorKind.USER),
    BIND_ERROR(ErrorKind.USER),
    TYPE_NOT_SUPPORTED(ErrorKind.USER),
    CONVERSION_FAILED(ErrorKind.USER, 422, false),
    CONSTRAINT_VIOLATED(ErrorKind.USER, 422, false),
    PARAMETER_MISSING(ErrorKind.USER),
    SESSION_NOT_FOUND(ErrorKind.NOT_FOUND),
    STATEMENT_NOT_FOUND(ErrorKind.NOT_FOUND),
    RESULT_NOT_READY(ErrorKind.CONFLICT, 409, true),
    QUERY_NOT_FOUND(ErrorKind.NOT_FOUND),
    QUERY_CHANGED(ErrorKind.CONFLICT),
    TOO_MANY_QUERIES(ErrorKind.LIMIT),
    RESULT_EXPIRED(ErrorKind.NOT_FOUND, 410, false),
    RESULT_TOO_LARGE(ErrorKind.LIMIT, 413, false),
    OUT_OF_MEMORY(ErrorKind.LIMIT, 413, false),
    ENGINE_ERROR(ErrorKind.USER, 422, false),
    ENGINE_READ_TRUNCATED(ErrorKind.INTERNAL),

    // Lake
    CATALOG_NOT_FOUND(ErrorKind.NOT_FOUND),
    SCHEMA_NOT_FOUND(ErrorKind.NOT_FOUND),
    TABLE_NOT_FOUND(ErrorKind.NOT_FOUND),
    VIEW_NOT_FOUND(ErrorKind.NOT_FOUND),
    FUNCTION_NOT_FOUND(ErrorKind.NOT_FOUND),
    VERSION_NOT_FOUND(ErrorKind.NOT_FOUND),
    ALREADY_EXISTS(ErrorKind.CONFLICT),
    NOT_EMPTY(ErrorKind.CONFLICT),
    RESERVED_NAME(ErrorKind.USER),
    COMMIT_CONFLICT(ErrorKind.CONFLICT, 409, true),
    COMMIT_UNKNOWN(ErrorKind.UPSTREAM, 503, false),
    STORAGE_FULL(ErrorKind.LIMIT, 507, true),
    STORAGE_FAILED(ErrorKind.UPSTREAM, 503, true),
    TABLE_DAMAGED(ErrorKind.INTERNAL),

    // Import
    FILE_NOT_FOUND(ErrorKind.NOT_FOUND),
    FILE_NOT_READABLE(ErrorKind.USER, 422, false),
    FILE_FORMAT_UNKNOWN(ErrorKind.USER, 422, false),
    TOO_MANY_REJECTS(ErrorKind.USER, 422, false),

    // Models and AI functions
    NEEDS_MODEL(ErrorKind.USER, 422, false),
    CONNECTION_NOT_FOUND(ErrorKind.NOT_FOUND),
    ENDPOINT_NOT_FOUND(ErrorKind.NOT_FOUND),
    MODEL_NOT_FOUND(ErrorKind.NOT_FOUND),
    SECRET_NOT_FOUND(ErrorKind.NOT_FOUND, 422, false),
    /** The key of the stored secrets is lost, or is another one. */
    SECRET_UNREADABLE(ErrorKind.USER, 422, false),
    /** The supplier does not accept the key. Stops a statement at once. */
    MODEL_UNAUTHORIZED(ErrorKind.UPSTREAM, 502, false),
    MODEL_UNREACHABLE(ErrorKind.UPSTREAM, 502, true),
    MODEL_TIMEOUT(ErrorKind.UPSTREAM, 504, true),
    MODEL_RATE_LIMITED(ErrorKind.UPSTREAM, 429, true),
    MODEL_REFUSED(ErrorKind.UPSTREAM, 502, false),
    MODEL_FAILED(ErrorKind.UPSTREAM, 502, true),
    MODEL_ANSWER_INVALID(ErrorKind.UPSTREAM, 502, true),
    AI_BUDGET_EXCEEDED(ErrorKind.LIMIT, 402, false),
    MODEL_DAMAGED(ErrorKind.USER, 422, false),
    TRAINING_DATA_INSUFFICIENT(ErrorKind.USER, 422, false);

    private final ErrorKind kind;
    private final int httpStatus;
    private final boolean retryable;

    ErrorCode(ErrorKind kind) {
        this(kind, kind.httpStatus(), false);
    }

    ErrorCode(ErrorKind kind, int httpStatus, boolean retryable) {
        this.kind = kind;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    public ErrorKind kind() {
        return kind;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }
}
