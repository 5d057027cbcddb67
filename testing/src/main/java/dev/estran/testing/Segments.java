package dev.estran.testing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a message that packs several items: a JSON array in it, or lines that begin with running numbers. */
final class Segments {

    record Segment(String id, String text) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_ARRAYS = 16;
    static final List<String> IDS = List.of("id", "index", "idx", "i", "n", "row", "key");
    private static final Pattern MARKER = Pattern.compile(
            "(?m)^[ \\t]*(?:[\\[(#]?(\\d{1,6})[\\]).:|]|<\\w+(?: \\w+=)?[\"']?(\\d{1,6})[\"']?>|[\\p{L} ]{1,16}(\\d{1,6}) ?:)");

    private Segments() {}

    /** Every way to split the message; empty where it packs nothing. */
    static List<List<Segment>> of(String message) {
        List<List<Segment>> all = new ArrayList<>();
        int tries = 0;
        for (int at = message.indexOf('['); at >= 0 && tries < LIMIT_ARRAYS; at = message.indexOf('[', at + 1)) {
            List<Segment> segments = array(message.substring(at));
            if (!segments.isEmpty()) {
                all.add(segments);
            }
            tries++;
        }
        List<Segment> lines = lines(message);
        if (!lines.isEmpty()) {
            all.add(lines);
        }
        return all;
    }

    private static List<Segment> array(String text) {
        List<Segment> segments = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode array = JSON.readTree(parser);
            for (JsonNode element : array) {
                segments.add(new Segment(id(element, segments.size() + 1), words(element)));
            }
        } catch (JsonProcessingException e) {
            return List.of(); // A bracket in running text.
        } catch (IOException e) {
            throw new IllegalStateException("reading from a string failed", e);
        }
        return segments;
    }

    private static String id(JsonNode element, int position) {
        for (String name : IDS) {
            if (element.path(name).isValueNode()) {
                return element.path(name).asText();
            }
        }
        return String.valueOf(position);
    }

    private static String words(JsonNode element) {
        if (element.isValueNode()) {
            return element.asText();
        }
        StringBuilder words = new StringBuilder();
        for (JsonNode child : element) {
            words.append(words(child)).append('\n');
        }
        return words.toString();
    }

    private static List<Segment> lines(String message) {
        List<Segment> segments = new ArrayList<>();
        Matcher marker = MARKER.matcher(message);
        int from = -1;
        String id = "";
        while (marker.find()) {
            if (from >= 0) {
                segments.add(new Segment(id, message.substring(from, marker.start())));
            }
            id = marker.group(1) != null
                    ? marker.group(1)
                    : marker.group(2) != null ? marker.group(2) : marker.group(3);
            from = marker.end();
        }
        if (from >= 0) {
            segments.add(new Segment(id, message.substring(from)));
        }
        return running(segments) ? segments : List.of();
    }

    private static boolean running(List<Segment> segments) {
        for (int i = 1; i < segments.size(); i++) {
            if (Integer.parseInt(segments.get(i).id())
                    != Integer.parseInt(segments.get(i - 1).id()) + 1) {
                return false;
            }
        }
        return segments.size() > 1;
    }
}
