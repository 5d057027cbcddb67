package dev.estran.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorKind;
import dev.estran.EstranException;

/** The native API's rendering of errors. Each dialect has its own. */
final class ErrorBody {

    private ErrorBody() {}

    /** {@code {"code","message","retryable","details"}}; the message of an internal error is only its id. */
    static ObjectNode of(EstranException error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("code", error.code().name());
        body.put("message", message(error));
        body.put("retryable", error.code().retryable());
        if (!error.details().isEmpty()) {
            ObjectNode details = body.putObject("details");
            error.details().forEach((key, value) -> {
                if (value instanceof Number number) {
                    details.put(key, number.longValue());
                } else {
                    details.put(key, value.toString());
                }
            });
        }
        return body;
    }

    static Reply reply(EstranException error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", of(error));
        return Reply.json(error.code().httpStatus(), body);
    }

    private static String message(EstranException error) {
        String text = error.text();
        boolean hidden = error.code().kind() == ErrorKind.INTERNAL && !text.startsWith("Internal error");
        return hidden ? "Internal error; the log has it." : text;
    }
}
