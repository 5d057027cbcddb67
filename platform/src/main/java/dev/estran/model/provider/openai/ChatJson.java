package dev.estran.model.provider.openai;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.estran.model.ChatClient;
import dev.estran.model.ChatRequest;
import dev.estran.model.ModelTarget;
import dev.estran.model.TokenCounter;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The protocol's JSON: requests out, completions in. */
final class ChatJson {

    static final JsonMapper JSON = new JsonMapper();

    /** Fields Estran sets; parameters of these names are not passed on. */
    private static final Set<String> OWN =
            Set.of("model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n");

    private ChatJson() {}

    static Buffer write(ModelTarget target, ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", target.served().model());
            json.writeArrayFieldStart("messages");
            for (ChatRequest.Message message : request.messages()) {
                json.writeStartObject();
                json.writeStringField("role", message.role());
                json.writeStringField("content", message.content());
                json.writeEndObject();
            }
            json.writeEndArray();
            // OpenAI's newer models take only the longer name; most compatible servers know only the shorter.
            boolean openai = target.connection().provider().equals("openai");
            json.writeNumberField(openai ? "max_completion_tokens" : "max_tokens", request.maxTokens());
            for (Map.Entry<String, Object> parameter : request.parameters().entrySet()) {
                if (!OWN.contains(parameter.getKey())) {
                    json.writePOJOField(parameter.getKey(), parameter.getValue());
                }
            }
            format(json, request);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void format(JsonGenerator json, ChatRequest request) throws IOException {
        JsonNode given = request.responseFormat();
        JsonNode schema = request.schema();
        if (given != null) {
            json.writePOJOField("response_format", given);
        } else if (schema != null) {
            json.writeObjectFieldStart("response_format");
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", "answer");
            json.writeBooleanField("strict", true);
            json.writePOJOField("schema", schema);
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    static ChatClient.Outcome read(Buffer body, ChatRequest request, Failures failures) {
        JsonNode root;
        try {
            root = JSON.readTree(body.getBytes());
        } catch (JacksonException e) {
            return failures.malformed(Failures.position(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode choice = root.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return failures.malformed("no choices[0].message");
        }
        String refusal = message.path("refusal").asText("");
        String finish = choice.path("finish_reason").asText("stop");
        JsonNode content = message.path("content");
        String text = content.isTextual() ? content.asText() : "";
        if (text.isEmpty() && (!refusal.isEmpty() || finish.equals("content_filter"))) {
            return failures.declined(refusal.isEmpty() ? "content filter" : refusal);
        }
        JsonNode usage = root.path("usage");
        JsonNode in = usage.path("prompt_tokens");
        JsonNode out = usage.path("completion_tokens");
        boolean reported = in.isIntegralNumber() && out.isIntegralNumber() && in.asLong() >= 0 && out.asLong() >= 0;
        return new ChatClient.Answered(
                200,
                text,
                finish,
                reported ? in.asLong() : TokenCounter.count(request),
                reported ? out.asLong() : TokenCounter.count(text),
                !reported);
    }
}
