package dev.estran.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.estran.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People who are signed in with a browser, and the links that sign in. Bounded; only hashes of the sessions' ids are
 * kept. The owner's outlive the process where there is a file for them. Thread-safe.
 */
final class WebSessions implements AutoCloseable {

    /** Of SHA-256 in hexadecimal. */
    static final int HASH_LENGTH = 64;

    private static final int MAX_SESSIONS = 1000;
    private static final int MAX_LINKS = 100;
    private static final Duration IDLE = Duration.ofHours(12);
    private static final int SECRET_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final @Nullable WebSessionFile file;
    /** By the hash of the id. */
    private final Cache<String, Open> sessions = Caffeine.newBuilder()
            .maximumSize(MAX_SESSIONS)
            .expireAfterAccess(IDLE)
            .build();

    private final Cache<String, Caller> links =
            Caffeine.newBuilder().maximumSize(MAX_LINKS).build();

    /** @param file where the owner's browsers are kept over a restart, or null */
    WebSessions(Clock clock, @Nullable WebSessionFile file) {
        this.clock = clock;
        this.file = file;
        if (file != null) {
            Instant idle = clock.instant().minus(IDLE);
            file.read().forEach((hash, used) -> {
                if (used.isAfter(idle)) {
                    sessions.put(hash, new Open(Caller.OWNER, used));
                }
            });
        }
    }

    private record Open(Caller caller, Instant used) {}

    /**
     * A browser that is signed in.
     *
     * @param csrf what its unsafe requests carry in the header X-CSRF-Token
     */
    record WebSession(String id, String csrf, Caller caller) {}

    /** A word for one link that signs in as the caller, once. */
    String link(Caller caller) {
        String word = secret();
        links.put(word, caller);
        return word;
    }

    /** Signs in by a link's word, which is used up by it. */
    Optional<WebSession> redeem(String word) {
        return Optional.ofNullable(links.asMap().remove(word)).map(this::open);
    }

    WebSession open(Caller caller) {
        String id = secret();
        sessions.put(hash(id), new Open(caller, clock.instant()));
        save();
        return session(id, caller);
    }

    Optional<WebSession> find(String id) {
        Open open = sessions.asMap()
                .computeIfPresent(hash(id), (hash, before) -> new Open(before.caller(), clock.instant()));
        return Optional.ofNullable(open).map(found -> session(id, found.caller()));
    }

    void close(String id) {
        sessions.invalidate(hash(id));
        save();
    }

    /** The CSRF token follows from the id, which no script can read, and does not tell it. */
    private static WebSession session(String id, Caller caller) {
        return new WebSession(id, hash("csrf " + id), caller);
    }

    /** Others' groups may change while the server is down; they sign in again. */
    private synchronized void save() {
        if (file != null) {
            Map<String, Instant> kept = new HashMap<>();
            sessions.asMap().forEach((hash, open) -> {
                if (open.caller().equals(Caller.OWNER)) {
                    kept.put(hash, open.used());
                }
            });
            file.write(kept);
        }
    }

    @Override
    public void close() {
        save();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
