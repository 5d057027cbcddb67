package dev.estran.ai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can change an answer, and who may share it, as a SHA-256 of canonical JSON: function and prompt version, exact
 * model, typed arguments, parameters, output type, sharing. Not in it: statement, budget, on_error, waves. Immutable.
 */
final class CallIdentity {

    /** Arguments that choose a model or shape the request; they enter by what they come to. */
    static final Set<String> NOT_ARGUMENTS =
            Set.of("endpoint", "failonerror", "modelparameters", "responseformat", "model", "on_error");

    private final AiCall call;
    private final String head;
    private final String tail;

    /** @param parameters merged parameters of the request */
    CallIdentity(AiCall call, String served, Map<String, ?> parameters, String sharing) {
        this.call = call;
        int at = served.lastIndexOf('@');
        StringBuilder out = new StringBuilder("{\"v\":1,\"function\":");
        CanonicalJson.string(out, call.function().name());
        CanonicalJson.string(out.append(",\"prompt\":"), call.function().promptVersion());
        CanonicalJson.string(out.append(",\"model\":{\"served\":"), at < 0 ? served : served.substring(0, at));
        CanonicalJson.string(out.append(",\"version\":"), at < 0 ? "" : served.substring(at + 1));
        head = out.append("},\"args\":[").toString();
        out.setLength(0);
        CanonicalJson.write(out.append("],\"parameters\":"), parameters);
        CanonicalJson.string(out.append(",\"output\":"), call.returns());
        CanonicalJson.string(out.append(",\"sharing\":"), sharing);
        tail = out.append('}').toString();
    }

    /** The text that is hashed. */
    String canonical(List<String> tuple) {
        StringBuilder out = new StringBuilder(head.length() + tail.length() + 256).append(head);
        boolean first = true;
        for (AiFunction.Parameter parameter : call.function().parameters()) {
            String name = parameter.name();
            int column = call.varying().indexOf(name);
            Object value = column >= 0 ? tuple.get(column) : call.constants().get(name);
            if (value != null && !NOT_ARGUMENTS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                CanonicalJson.string(out.append(first ? "[" : ",["), name);
                CanonicalJson.string(out.append(','), parameter.type());
                CanonicalJson.write(out.append(','), value);
                out.append(']');
                first = false;
            }
        }
        return out.append(tail).toString();
    }

    /** 64 hexadecimal digits. */
    String of(List<String> tuple) {
        return sha256(canonical(tuple));
    }

    static String sha256(@Nullable String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
