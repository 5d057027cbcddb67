package dev.estran.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer in OpenAI's chat form, whole or as stream events. */
record Completion(
        String id, long created, String model, String content, String finishReason, int inputTokens, int outputTokens) {

    private static final int CHUNK_CHARS = 24;

    ObjectNode whole() {
        ObjectNode body = head("chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", finishReason);
        body.set("usage", usage());
        return body;
    }

    /** Server-sent events in order, the closing one included. */
    List<String> events(boolean includeUsage) {
        List<String> events = new ArrayList<>();
        ObjectNode first = chunk(null, includeUsage);
        ((ObjectNode) first.at("/choices/0/delta")).put("role", "assistant").put("content", "");
        events.add(event(first));
        int from = 0;
        while (from < content.length()) {
            int to = Math.min(content.length(), from + CHUNK_CHARS);
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to--;
            }
            ObjectNode chunk = chunk(null, includeUsage);
            ((ObjectNode) chunk.at("/choices/0/delta")).put("content", content.substring(from, to));
            events.add(event(chunk));
            from = to;
        }
        events.add(event(chunk(finishReason, includeUsage)));
        if (includeUsage) {
            ObjectNode last = head("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            events.add(event(last));
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    private ObjectNode chunk(@Nullable String finish, boolean includeUsage) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.putNull("logprobs").put("finish_reason", finish);
        if (includeUsage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode head(String object) {
        return SimulatorJson.JSON
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", "fp_simulated");
    }

    private ObjectNode usage() {
        return SimulatorJson.JSON
                .createObjectNode()
                .put("prompt_tokens", inputTokens)
                .put("completion_tokens", outputTokens)
                .put("total_tokens", inputTokens + outputTokens);
    }

    private static String event(ObjectNode chunk) {
        return "data: " + chunk + "\n\n";
    }
}
