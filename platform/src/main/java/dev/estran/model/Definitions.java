package dev.estran.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connections and endpoints from the options of their CREATE statement and back. The stored definition is those options
 * as JSON, so that one parser checks both.
 */
public final class Definitions {

    /** Providers that are built. */
    public static final Set<String> PROVIDERS = Set.of("openai", "openai_compatible");

    private static final Set<String> PLANNED = Set.of("azure_openai", "anthropic", "llama", "onnx");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,62}");
    private static final Pattern SECRET = Pattern.compile("(env|secret):[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Set<String> RESERVED = Set.of("local", "agent", "system", "main", "temp");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Definitions() {}

    public static Connection connection(String name, Map<String, @Nullable Object> values) {
        Options options =
                new Options("CREATE CONNECTION " + name, values, Set.of("provider", "url", "secret", "zones", "terms"));
        checkName(options, name);
        String provider = options.text("provider").toLowerCase(Locale.ROOT);
        if (PLANNED.contains(provider)) {
            throw new EstranException(
                    ErrorCode.NOT_BUILT,
                    "The provider " + provider + " is not built yet. Built: openai, openai_compatible.");
        }
        if (!PROVIDERS.contains(provider)) {
            throw options.invalid("has an unknown provider " + provider + ". Known: openai, openai_compatible");
        }
        String url = options.optionalText("url");
        if (url == null && provider.equals("openai")) {
            url = "https://api.openai.com/v1";
        }
        return new Connection(
                name,
                provider,
                checkUrl(options, url == null ? options.text("url") : url),
                checkSecret(options, options.optionalText("secret")),
                options.texts("zones"),
                options.map("terms"));
    }

    public static Endpoint endpoint(String name, Map<String, @Nullable Object> values) {
        Options options = new Options(
                "CREATE ENDPOINT " + name,
                values,
                Set.of("served", "fallback", "zones", "parameters", "system_prompt", "simulated"));
        checkName(options, name);
        if (options.has("fallback")) {
            throw new EstranException(ErrorCode.NOT_BUILT, "Fallback of an endpoint is not built yet. Leave it out.");
        }
        List<Endpoint.Served> served = new ArrayList<>();
        for (Map<String, @Nullable Object> item : options.maps("served")) {
            served.add(served(name, item));
        }
        if (served.isEmpty()) {
            throw options.invalid("needs served => [{'connection': 'c', 'model': 'm'}]");
        }
        if (served.size() > 1) {
            throw new EstranException(
                    ErrorCode.NOT_BUILT, "Several served models behind one endpoint are not built yet. Name one.");
        }
        return new Endpoint(
                name,
                served,
                options.map("parameters"),
                options.optionalText("system_prompt"),
                options.texts("zones"),
                options.flag("simulated"));
    }

    private static Endpoint.Served served(String endpoint, Map<String, @Nullable Object> values) {
        Options options = new Options(
                "served of CREATE ENDPOINT " + endpoint,
                values,
                Set.of("connection", "model", "weight", "version", "price"));
        BigDecimal weight = options.number("weight");
        TokenPrice price = null;
        if (options.has("price")) {
            Map<String, @Nullable Object> given = new LinkedHashMap<>(options.map("price"));
            price = price(
                    new Options("price of CREATE ENDPOINT " + endpoint, given, Set.of("input", "output", "currency")));
        }
        return new Endpoint.Served(
                options.text("connection").toLowerCase(Locale.ROOT),
                options.text("model"),
                weight == null ? 1 : weight.intValue(),
                options.optionalText("version"),
                price);
    }

    private static TokenPrice price(Options options) {
        BigDecimal input = options.number("input");
        BigDecimal output = options.number("output");
        if (input == null || output == null) {
            throw options.invalid("needs input and output, per million tokens");
        }
        return new TokenPrice(input, output, options.text("currency").toUpperCase(Locale.ROOT));
    }

    private static void checkName(Options options, String name) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw options.invalid("needs a name of lower-case letters, digits, _ and -, at most 63, other than "
                    + String.join(", ", RESERVED));
        }
    }

    private static String checkUrl(Options options, String given) {
        URI uri;
        try {
            uri = new URI(given);
        } catch (URISyntaxException e) {
            throw options.invalid("has an url that does not parse. Write it as https://host/v1");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            throw options.invalid("needs an url that starts with https:// or http:// and names a host");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw options.invalid(
                    "needs an url without user, query and fragment. Name the key by secret => 'env:NAME'");
        }
        String bare = given.replaceAll("/+$", "");
        return uri.getPath().replace("/", "").isEmpty() ? bare + "/v1" : bare;
    }

    private static @Nullable String checkSecret(Options options, @Nullable String reference) {
        if (reference == null) {
            return null;
        }
        if (!SECRET.matcher(reference).matches()) {
            throw options.invalid("needs secret => 'secret:NAME', a stored secret, or 'env:NAME', an environment"
                    + " variable, not the secret itself");
        }
        return reference;
    }

    /** Whether the connection's host is this machine. */
    static boolean loopback(Connection connection) {
        String host = URI.create(connection.url()).getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    static String toJson(Connection connection) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("provider", connection.provider());
        values.put("url", connection.url());
        String secret = connection.secret();
        if (secret != null) {
            values.put("secret", secret);
        }
        values.put("zones", connection.zones());
        values.put("terms", connection.terms());
        return write(values);
    }

    static String toJson(Endpoint endpoint) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("served", endpoint.served().stream().map(Definitions::toMap).toList());
        values.put("parameters", endpoint.parameters());
        String prompt = endpoint.systemPrompt();
        if (prompt != null) {
            values.put("system_prompt", prompt);
        }
        values.put("zones", endpoint.zones());
        values.put("simulated", endpoint.simulated());
        return write(values);
    }

    private static Map<String, Object> toMap(Endpoint.Served served) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("connection", served.connection());
        values.put("model", served.model());
        values.put("weight", served.weight());
        String version = served.version();
        if (version != null) {
            values.put("version", version);
        }
        TokenPrice price = served.price();
        if (price != null) {
            values.put("price", Map.of("input", price.input(), "output", price.output(), "currency", price.currency()));
        }
        return values;
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "The options cannot be written as JSON.", e);
        }
    }

    static Map<String, @Nullable Object> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, @Nullable Object>>() {});
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A stored definition is not JSON.", e);
        }
    }
}
