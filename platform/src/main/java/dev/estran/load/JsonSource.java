package dev.estran.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.lake.TypeMapping;
import dev.estran.sql.EngineInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON file: an array of objects, one object, or one object per line. */
final class JsonSource implements Source {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ObjectReader ONE_VALUE = JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final LoadRequest request;
    private final boolean lines;
    private final Target target;
    private final EngineInstance instance;
    private final Rejects rejects;
    private final Runnable check;
    private @Nullable View view;
    private List<String> notes = List.of();
    private long rows;
    private int longest;

    JsonSource(
            LoadRequest request,
            boolean lines,
            Target target,
            EngineInstance instance,
            Rejects rejects,
            Runnable check) {
        this.request = request;
        this.lines = lines;
        this.target = target;
        this.instance = instance;
        this.rejects = rejects;
        this.check = check;
    }

    @Override
    public View sample() {
        Path objects = instance.directory().resolve("objects.ndjson");
        try (Writer out = Files.newBufferedWriter(objects, StandardCharsets.UTF_8)) {
            TextEncoding encoding = TextEncoding.ofFile(request.file());
            try (Reader in = encoding.open(request.file())) {
                if (lines) {
                    copyLines(new BufferedReader(in, 1 << 16), out);
                } else {
                    copyDocument(in, out);
                }
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new EstranException(
                            ErrorCode.FILE_NOT_READABLE,
                            request.name() + " is not complete JSON: "
                                    + e.getOriginalMessage().lines().findFirst().orElse("")
                                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                                    + ". Nothing was loaded. Correct the file, or write one object per line (ndjson).",
                            Map.of(
                                    "file",
                                    request.name(),
                                    "reason",
                                    "damaged",
                                    "line",
                                    at == null ? 0 : at.getLineNr()),
                            e)
                    .with("key", "json")
                    .with("name", request.name())
                    .with("line", at == null ? null : at.getLineNr());
        } catch (IOException e) {
            throw FileFormat.notReadable(request.name(), e);
        }
        if (rows == 0) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    request.name() + " has no JSON object that can be read. " + String.join("; ", rejects.first()));
        }
        View found = view(objects);
        view = found;
        return found;
    }

    private void copyLines(BufferedReader in, Writer out) throws IOException {
        long number = 0;
        for (String line; (line = in.readLine()) != null; ) {
            number++;
            if ((number & 0x3FF) == 0) {
                check.run();
            }
            if (line.isBlank()) {
                continue;
            }
            String problem = problem(line);
            if (problem != null) {
                rejects.add(number, null, problem, line);
            } else {
                write(out, number, line);
            }
        }
    }

    private static @Nullable String problem(String line) {
        try {
            JsonNode node = ONE_VALUE.readTree(line);
            return node.isObject() ? null : "is not a JSON object";
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage().lines().findFirst().orElse("");
            return "is not JSON: " + message;
        }
    }

    private void write(Writer out, long number, String object) throws IOException {
        String rest = object.substring(object.indexOf('{') + 1).strip();
        String head = "{\"__line\":" + number + ",\"__text\":" + JSON.writeValueAsString(object);
        out.write(head);
        out.write(rest.equals("}") ? rest : "," + rest);
        out.write('\n');
        longest = Math.max(longest, head.length() + object.length() + 2);
        rows++;
    }

    private void copyDocument(Reader in, Writer out) throws IOException {
        JsonFactory factory = JSON.getFactory();
        try (JsonParser parser = factory.createParser(in)) {
            JsonToken first = parser.nextToken();
            boolean array = first == JsonToken.START_ARRAY;
            JsonToken token = array ? parser.nextToken() : first;
            while (token != null && token != JsonToken.END_ARRAY) {
                long line = parser.currentTokenLocation().getLineNr();
                String text = JSON.writeValueAsString(JSON.readTree(parser));
                if (token == JsonToken.START_OBJECT) {
                    write(out, line, text);
                } else {
                    rejects.add(line, null, "is not a JSON object", text);
                }
                if ((rows & 0x3FF) == 0) {
                    check.run();
                }
                token = parser.nextToken();
            }
            if (array && token == JsonToken.END_ARRAY && parser.nextToken() != null) {
                throw new EstranException(
                        ErrorCode.FILE_NOT_READABLE,
                        request.name() + " goes on after the end of its JSON array, at line "
                                + parser.currentTokenLocation().getLineNr() + ". Nothing was loaded.");
            }
        }
    }

    private View view(Path objects) {
        String path = Identifiers.literal(objects.toString());
        String options = ", format='newline_delimited', maximum_object_size=" + Math.max(16L << 20, longest * 4L);
        List<Column> columns =
                instance.describe("SELECT * FROM read_json(" + path + options + ", sample_size=-1, records=true)");
        List<String> types = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<String> sourceTypes = new ArrayList<>();
        for (Column column : columns) {
            boolean ours = column.name().equals("__line") || column.name().equals("__text");
            String type = column.name().equals("__text") ? "VARCHAR" : column.type();
            types.add(Identifiers.literal(column.name()) + ": " + Identifiers.literal(type));
            if (!ours) {
                sources.add(column.name());
                sourceTypes.add(type);
            }
        }
        if (sources.isEmpty()) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE, "The objects of " + request.name() + " have no fields.");
        }
        ColumnNames names = ColumnNames.of(sources);
        notes = names.changes();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            readings.add(reading(sources.get(i), names.names().get(i), sourceTypes.get(i), target));
        }
        String from = "read_json(" + path + options + ", records=true, columns={" + String.join(", ", types) + "})";
        return new View(from, readings);
    }

    /** A column that the file gives a type. */
    static Reading reading(String source, String name, String sourceType, Target target) {
        String quoted = Identifiers.quote(source);
        String given = target.givenType(name).orElse(null);
        String sql = sourceType.equals("JSON") ? "(" + quoted + " ->> '$')" : quoted;
        return new Reading.Typed(
                sql, name, given == null ? TypeMapping.castFor(sourceType) : given, sourceType, given != null);
    }

    @Override
    public @Nullable View direct() {
        return null;
    }

    @Override
    public View whole() {
        return java.util.Objects.requireNonNull(view);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
