package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Open sessions, bounded: the longest unused makes room. A session belongs to its caller only. */
final class Sessions {

    private final ConcurrentHashMap<String, Session> open = new ConcurrentHashMap<>();
    private final int limit;
    private final String currency;
    private final Clock clock;
    private final Supplier<String> ids;

    Sessions(int limit, String currency, Clock clock, Supplier<String> ids) {
        this.limit = limit;
        this.currency = currency;
        this.clock = clock;
        this.ids = ids;
    }

    Session create(Caller caller) {
        Session session = transientSession(caller);
        while (open.size() >= limit) {
            open.values().stream()
                    .min(Comparator.comparing(Session::lastUsed))
                    .ifPresent(oldest -> open.remove(oldest.id()));
        }
        open.put(session.id(), session);
        return session;
    }

    /** A session for one statement that no other will join. */
    Session transientSession(Caller caller) {
        return new Session("ses_" + ids.get(), caller.id(), currency, clock.instant());
    }

    Session load(Caller caller, String id) {
        Session session = open.get(id);
        if (session == null || !session.callerId().equals(caller.id())) {
            throw new EstranException(
                    ErrorCode.SESSION_NOT_FOUND,
                    "There is no session '" + id + "'. It may have been closed to make room; open a new one.");
        }
        session.used(clock.instant());
        return session;
    }

    void close(Caller caller, String id) {
        open.remove(load(caller, id).id());
    }
}
