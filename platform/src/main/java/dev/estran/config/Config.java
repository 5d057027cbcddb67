package dev.estran.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration in force, checked as a whole. A flag wins over the environment, the environment over the file
 * {@code estran.yaml} in the data directory, the file over the default.
 */
public final class Config {

    private final Path dataDirectory;
    private final Map<String, Object> values;

    private Config(Path dataDirectory, Map<String, Object> values) {
        this.dataDirectory = dataDirectory;
        this.values = Map.copyOf(values);
    }

    /** Defaults only; for tests and throw-away directories. */
    public static Config defaults(Path dataDirectory) {
        return load(dataDirectory, Map.of(), Map.of());
    }

    /**
     * @param environment the process environment
     * @param flags values given on the command line, by setting key
     * @throws EstranException INVALID_CONFIGURATION that names every problem at once
     */
    public static Config load(Path dataDirectory, Map<String, String> environment, Map<String, String> flags) {
        List<String> problems = new ArrayList<>();
        Path file = dataDirectory.resolve("estran.yaml");
        Map<String, String> fromFile = readFile(file, problems);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : Settings.all()) {
            String source = "flag --" + setting.key();
            String text = flags.get(setting.key());
            if (text == null) {
                source = "environment " + setting.environmentName();
                text = environment.get(setting.environmentName());
            }
            if (text == null) {
                source = file + ", " + setting.key();
                text = fromFile.get(setting.key());
            }
            if (text == null) {
                values.put(setting.key(), setting.defaultValue());
                continue;
            }
            try {
                values.put(setting.key(), setting.parser().apply(text));
            } catch (IllegalArgumentException e) {
                problems.add(source + ": " + e.getMessage());
            }
        }
        reportUnknown(fromFile, file.toString(), problems);
        reportUnknown(flags, "flags", problems);
        if (!problems.isEmpty()) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The configuration has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:")
                            + "\n  " + String.join("\n  ", problems));
        }
        return new Config(dataDirectory, values);
    }

    private static void reportUnknown(Map<String, String> given, String source, List<String> problems) {
        List<String> known = Settings.all().stream().<String>map(Setting::key).toList();
        given.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(source + ": there is no setting '" + key + "'"));
    }

    private static Map<String, String> readFile(Path file, List<String> problems) {
        Map<String, String> values = new TreeMap<>();
        if (!Files.exists(file)) {
            return values;
        }
        try {
            JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
            if (tree != null) {
                flatten("", tree, values);
            }
        } catch (IOException e) {
            problems.add(file + ": cannot be read as YAML (" + firstLine(e) + ")");
        }
        return values;
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                            field.getValue(),
                            values));
        } else if (!node.isMissingNode() && !prefix.isEmpty()) {
            values.put(prefix, node.asText());
        }
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** The value in force. */
    @SuppressWarnings("unchecked") // each setting's own parser or default made the value
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting.key());
        if (value == null) {
            throw new IllegalArgumentException("not a listed setting: " + setting.key());
        }
        return (T) value;
    }
}
