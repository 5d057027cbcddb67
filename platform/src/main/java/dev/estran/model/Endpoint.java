package dev.estran.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers name as {@code model}: one name, the supplier's model behind it, and how to call it.
 *
 * @param served what answers; exactly one until the gateway routes between several
 * @param parameters sent with every call, unless the call says otherwise
 * @param simulated whether answers come from a demo supplier on this machine; they are badged and never counted as real
 */
public record Endpoint(
        String name,
        List<Served> served,
        Map<String, Object> parameters,
        @Nullable String systemPrompt,
        List<String> zones,
        boolean simulated) {

    public Endpoint {
        served = List.copyOf(served);
        parameters = Map.copyOf(parameters);
        zones = List.copyOf(zones);
    }

    /**
     * A supplier's model.
     *
     * @param version the supplier's version of the model where it is known; part of the call identity
     * @param price null where it is unknown
     */
    public record Served(
            String connection,
            String model,
            int weight,
            @Nullable String version,
            @Nullable TokenPrice price) {}
}
