package dev.estran.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A supplier's address. Holds no secret, only where to find one.
 *
 * @param provider one of {@link Definitions#PROVIDERS}
 * @param url base address that {@code /chat/completions} is appended to, without a trailing slash
 * @param secret reference such as {@code env:NAME}, or null where the supplier asks for no key
 * @param zones regions the supplier processes data in
 * @param terms licence, uses, regions, until, as given
 */
public record Connection(
        String name,
        String provider,
        String url,
        @Nullable String secret,
        List<String> zones,
        Map<String, Object> terms) {

    public Connection {
        zones = List.copyOf(zones);
        terms = Map.copyOf(terms);
    }
}
