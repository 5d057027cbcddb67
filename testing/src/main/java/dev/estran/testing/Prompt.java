package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a request's messages.
 *
 * @param messages as sent, in order
 */
record Prompt(List<String> messages) {

    /** Stands between messages in {@link #canonical()}; no text crosses it. */
    private static final char SEPARATOR = '\0';

    static Prompt of(JsonNode messages) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages) {
            texts.add(text(message.path("content")));
        }
        return new Prompt(List.copyOf(texts));
    }

    String last() {
        return messages.isEmpty() ? "" : messages.getLast();
    }

    String canonical() {
        StringBuilder all = new StringBuilder();
        for (String message : messages) {
            all.append(Canonical.of(message)).append(SEPARATOR);
        }
        return all.toString();
    }

    /** Where in {@code canonical} the last message before {@code end} begins. */
    static int messageStart(String canonical, int end) {
        return canonical.lastIndexOf(SEPARATOR, Math.max(0, end - 1)) + 1;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder parts = new StringBuilder();
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                parts.append(parts.isEmpty() ? "" : "\n")
                        .append(part.path("text").textValue());
            }
        }
        return parts.toString();
    }
}
