package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorKind;
import dev.estran.EstranException;
import java.util.List;

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
            error.details().forEach((key, value) -> put(details, key, value));
        }
        return body;
    }

    /** Whole numbers, lists of texts, and everything else as text. */
    static void put(ObjectNode node, String key, Object value) {
        if (value instanceof Number number) {
            node.put(key, number.longValue());
        } else if (value instanceof List<?> list) {
            ArrayNode array = node.putArray(key);
            list.forEach(one -> array.add(String.valueOf(one)));
        } else {
            node.put(key, value.toString());
        }
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
