package dev.estran.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Where a PostgreSQL database is, as people write it: {@code jdbc:postgresql://host:5432/db?option=value}, several hosts
 * separated by commas, or {@code postgresql://user@host/db}. Passwords have no place in it, so that it may be shown.
 *
 * @param jdbc the form the driver takes, without a user
 * @param user empty where the URL names none
 */
public record DatabaseUrl(String jdbc, String user) {

    private static final String JDBC = "jdbc:postgresql://";
    private static final Set<String> SCHEMES = Set.of("postgresql://", "postgres://");
    private static final Set<String> SECRET_OPTIONS = Set.of("password", "sslpassword");
    private static final String FORM =
            "expects jdbc:postgresql://host:5432/database or postgresql://user@host/database";

    /** @throws IllegalArgumentException without a word of the text: it may hold a password after all */
    public static DatabaseUrl parse(String text) {
        String given = text.strip();
        if (given.startsWith(JDBC)) {
            return new DatabaseUrl(checked(given.substring(JDBC.length())), "");
        }
        String scheme = SCHEMES.stream()
                .filter(given::startsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(FORM));
        String rest = given.substring(scheme.length());
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        if (user.contains(":")) {
            throw passwordInside();
        }
        return new DatabaseUrl(
                checked(rest.substring(at + 1)), URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Host, port and database, for people. */
    public String place() {
        String rest = jdbc.substring(JDBC.length());
        int options = rest.indexOf('?');
        return options < 0 ? rest : rest.substring(0, options);
    }

    private static String checked(String rest) {
        int options = rest.indexOf('?');
        String place = options < 0 ? rest : rest.substring(0, options);
        int slash = place.indexOf('/');
        if (place.contains("@")) {
            throw passwordInside();
        }
        if (slash <= 0 || slash == place.length() - 1 || place.indexOf('/', slash + 1) > 0) {
            throw new IllegalArgumentException(FORM);
        }
        if (options >= 0) {
            for (String option : rest.substring(options + 1).split("&", -1)) {
                String name = option.split("=", 2)[0].toLowerCase(Locale.ROOT);
                if (SECRET_OPTIONS.contains(name)) {
                    throw passwordInside();
                }
                if (name.equals("user")) {
                    throw new IllegalArgumentException("names a user in its options; give it as metastore.user");
                }
            }
        }
        return JDBC + rest;
    }

    private static IllegalArgumentException passwordInside() {
        return new IllegalArgumentException(
                "holds a password or an @; give the password as metastore.password: env:NAME, the user as metastore.user");
    }
}
