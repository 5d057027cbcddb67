package dev.estran.platform;

import java.security.SecureRandom;
import java.util.function.Supplier;

/** Identifiers of 16 letters and digits that cannot be guessed. Thread-safe. */
final class Ids implements Supplier<String> {

    private static final String ALPHABET = "0123456789abcdefghijkmnpqrstuvwxyz";
    private static final int LENGTH = 16;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        return make(LENGTH);
    }

    String make(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
