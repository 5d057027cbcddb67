package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Made-up answers that fit the schema and are the same for the same text and seed. */
final class Plausible {

    private static final int WORDS = 12;

    private final long seed;

    Plausible(long seed) {
        this.seed = seed;
    }

    JsonNode pick(JsonNode values, String text) {
        return values.get(Chance.below(values.size(), seed, "pick", text));
    }

    JsonNode yesNo(String text, String name) {
        return BooleanNode.valueOf(Chance.draw(seed, "yesno", text, name) < 0);
    }

    JsonNode number(JsonNode schema, String text, String name, boolean whole) {
        double low = schema.path("minimum")
                .asDouble(schema.path("exclusiveMinimum").asDouble(0)
                        + (schema.has("exclusiveMinimum") && whole ? 1 : 0));
        double high = schema.path("maximum")
                .asDouble(schema.path("exclusiveMaximum").asDouble(Math.max(low, 0) + (whole ? 100 : 1))
                        - (schema.has("exclusiveMaximum") && whole ? 1 : 0));
        double share = Chance.unit(seed, "number", text, name);
        if (!whole) {
            return DoubleNode.valueOf(Math.clamp(
                    Math.round((low + share * (high - low)) * 100) / 100.0, low, Math.max(low, high)));
        }
        long value = (long) Math.ceil(low) + (long) (share * Math.max(0, Math.floor(high) - Math.ceil(low) + 1));
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    JsonNode text(JsonNode schema, String text) {
        String value = switch (schema.path("format").asText("")) {
            case "date" -> "2026-01-15";
            case "date-time" -> "2026-01-15T10:00:00Z";
            case "time" -> "10:00:00";
            case "email" -> "someone@example.org";
            case "uri" -> "https://example.org/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> quote(text);
        };
        int limit = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        StringBuilder fitted = new StringBuilder(value.length() > limit ? value.substring(0, limit) : value);
        while (fitted.length() < Math.min(schema.path("minLength").asInt(0), 10_000)) {
            fitted.append('.');
        }
        return TextNode.valueOf(fitted.toString());
    }

    /** A sentence about the text that quotes its first words. */
    static String sentence(String text) {
        return "Simulated answer about: " + quote(text);
    }

    private static String quote(String text) {
        String[] words = Canonical.of(text).split(" ", WORDS + 1);
        StringBuilder quote = new StringBuilder();
        for (int i = 0; i < Math.min(words.length, WORDS); i++) {
            quote.append(i == 0 ? "" : " ").append(words[i], 0, Math.min(words[i].length(), 80));
        }
        return quote.toString();
    }
}
