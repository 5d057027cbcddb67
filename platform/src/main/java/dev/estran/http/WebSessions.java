package dev.estran.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.estran.Caller;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** People who are signed in with a browser, and the links that sign in. In memory and bounded. Thread-safe. */
final class WebSessions {

    private static final int MAX_SESSIONS = 1000;
    private static final int MAX_LINKS = 100;
    private static final Duration IDLE = Duration.ofHours(12);
    private static final int SECRET_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Cache<String, WebSession> sessions = Caffeine.newBuilder()
            .maximumSize(MAX_SESSIONS)
            .expireAfterAccess(IDLE)
            .build();
    private final Cache<String, Caller> links =
            Caffeine.newBuilder().maximumSize(MAX_LINKS).build();

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
        WebSession session = new WebSession(secret(), secret(), caller);
        sessions.put(session.id(), session);
        return session;
    }

    Optional<WebSession> find(String id) {
        return Optional.ofNullable(sessions.getIfPresent(id));
    }

    void close(String id) {
        sessions.invalidate(id);
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
