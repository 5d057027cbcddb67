package dev.estran.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat model is asked.
 *
 * @param parameters sent as they are, beside the fields Estran sets itself
 * @param schema JSON schema the answer must follow, or null for text
 * @param responseFormat the whole {@code response_format} as the caller gave it, in place of one made from the schema
 * @param maxTokens bound on the answer, always sent
 */
public record ChatRequest(
        List<Message> messages,
        Map<String, Object> parameters,
        @Nullable JsonNode schema,
        @Nullable JsonNode responseFormat,
        int maxTokens) {

    public ChatRequest {
        messages = List.copyOf(messages);
        parameters = Map.copyOf(parameters);
    }

    /** @param role {@code system}, {@code user} or {@code assistant} */
    public record Message(String role, String content) {}

    /** The same request once more, with the answer that was no good and what was wrong with it. */
    ChatRequest repair(String answer, String complaint) {
        List<Message> longer = new ArrayList<>(messages);
        longer.add(new Message("assistant", answer));
        longer.add(new Message(
                "user", "That answer is not valid: " + complaint + ". Answer again in the form asked for."));
        return new ChatRequest(longer, parameters, schema, responseFormat, maxTokens);
    }

    /**
     * No fewer tokens than any byte-level tokenizer makes of this request: its bytes, and some for the frame of each
     * message.
     */
    public long tokensInBound() {
        long bound = 16;
        for (Message message : messages) {
            bound += 16L + utf8Length(message.content());
        }
        if (schema != null) {
            bound += utf8Length(schema.toString());
        }
        return responseFormat == null ? bound : bound + utf8Length(responseFormat.toString());
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is four bytes, two for each half.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
