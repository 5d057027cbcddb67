package dev.estran.query;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Keeps, finds and changes saved queries. Everybody sees their own. Thread-safe. */
public final class SavedQueries {

    static final int MAX_QUERIES = 1_000;
    static final long MAX_CHARACTERS = 32L << 20;

    private final Access access;
    private final Metastore metastore;
    private final DraftRules rules;
    private final Clock clock;
    private final Supplier<String> ids;
    private final QueryStore store = new QueryStore();

    /**
     * @param textLimitBytes longest text of a query, the limit of a statement
     * @param ids gives a fresh identifier of letters and digits at each call
     */
    public SavedQueries(Access access, Metastore metastore, long textLimitBytes, Clock clock, Supplier<String> ids) {
        this.access = access;
        this.metastore = metastore;
        this.rules = new DraftRules(textLimitBytes);
        this.clock = clock;
        this.ids = ids;
    }

    /** The caller's queries, by name. */
    public List<SavedQuery> list(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(handle -> store.list(handle, caller.id()));
    }

    /** @throws EstranException QUERY_NOT_FOUND, also for a query of somebody else */
    public SavedQuery load(Caller caller, String id) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(handle -> visible(handle, caller, id));
    }

    /** @throws EstranException QUERY_NOT_FOUND */
    public SavedQuery loadByName(Caller caller, String name) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore
                .read(handle -> store.findByName(handle, caller.id(), name))
                .orElseThrow(() -> notFound("There is no saved query called '" + name + "'."));
    }

    /** @throws EstranException ALREADY_EXISTS, INVALID_ARGUMENT, TOO_MANY_QUERIES */
    public SavedQuery create(Caller caller, QueryDraft draft) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        QueryDraft checked = rules.check(draft);
        return metastore.transact(handle -> {
            requireRoom(handle, caller.id(), checked, true);
            requireFreeName(handle, caller.id(), "", checked.name());
            Instant now = now();
            SavedQuery query = new SavedQuery("q_" + ids.get(), caller.id(), checked, now, now, 1);
            store.insert(handle, query);
            return query;
        });
    }

    /**
     * Replaces what is saved.
     *
     * @param basedOn the version the caller started from
     * @throws EstranException QUERY_CHANGED where somebody saved in between; the details name both versions
     */
    public SavedQuery update(Caller caller, String id, QueryDraft draft, long basedOn) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        QueryDraft checked = rules.check(draft);
        return metastore.transact(handle -> {
            SavedQuery kept = visible(handle, caller, id);
            if (kept.version() != basedOn) {
                throw changed(kept, basedOn);
            }
            requireRoom(handle, kept.owner(), checked, false);
            requireFreeName(handle, kept.owner(), id, checked.name());
            SavedQuery query = new SavedQuery(id, kept.owner(), checked, kept.createdAt(), now(), kept.version() + 1);
            store.update(handle, query);
            return query;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        metastore.transact(handle -> {
            store.delete(handle, visible(handle, caller, id).id());
            return id;
        });
    }

    /** The one place that says who sees a query. */
    private SavedQuery visible(Handle handle, Caller caller, String id) {
        return store.find(handle, id)
                .filter(query -> query.owner().equals(caller.id()))
                .orElseThrow(() -> notFound("There is no saved query '" + id + "'."));
    }

    private void requireFreeName(Handle handle, String owner, String id, String name) {
        store.findByName(handle, owner, name)
                .filter(other -> !other.id().equals(id))
                .ifPresent(other -> {
                    throw new EstranException(
                            ErrorCode.ALREADY_EXISTS,
                            "You have a saved query called '" + name + "' already. Take another name.");
                });
    }

    private void requireRoom(Handle handle, String owner, QueryDraft draft, boolean isNew) {
        QueryStore.Size size = store.size(handle, owner);
        if (isNew && size.queries() >= MAX_QUERIES) {
            throw full(MAX_QUERIES + " queries are saved, which is the most. Delete some first.");
        }
        if (size.characters() + draft.text().length() > MAX_CHARACTERS) {
            throw full("The saved queries hold " + (MAX_CHARACTERS >> 20)
                    + " million characters together, which is the most. Delete some first.");
        }
    }

    /** As exact as it is kept. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static EstranException full(String message) {
        return new EstranException(ErrorCode.TOO_MANY_QUERIES, message);
    }

    private static EstranException changed(SavedQuery kept, long basedOn) {
        return new EstranException(
                ErrorCode.QUERY_CHANGED,
                "'" + kept.name() + "' was saved in between: it is at version " + kept.version()
                        + ", your change started from version " + basedOn
                        + ". Load it again, or save yours under another name.",
                Map.of("version", kept.version(), "based_on", basedOn),
                null);
    }

    private static EstranException notFound(String message) {
        return new EstranException(
                ErrorCode.QUERY_NOT_FOUND, message + " SELECT name FROM system.query.saved lists yours.");
    }
}
