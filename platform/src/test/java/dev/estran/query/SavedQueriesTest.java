package dev.estran.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.metastore.Metastore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedQueriesTest {

    private static final Instant NOW = Instant.parse("2025-11-21T10:00:00Z");
    private static final Caller ANA = new Caller("u:ana", Set.of(Caller.ADMINS, Caller.EVERYONE));
    private static final Caller BEN = new Caller("u:ben", Set.of(Caller.ADMINS, Caller.EVERYONE));

    @TempDir
    private Path directory;

    private Metastore metastore;
    private SavedQueries queries;

    @BeforeEach
    void open() {
        metastore = Metastore.open(directory.resolve("metastore.db"));
        AtomicInteger ids = new AtomicInteger();
        queries = new SavedQueries(
                new Access(metastore, (caller, privilege, securable, allowed) -> {}),
                metastore,
                1000,
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> "id" + ids.incrementAndGet());
    }

    @AfterEach
    void close() {
        metastore.close();
    }

    private static QueryDraft draft(String name, String text) {
        return new QueryDraft(name, text, Map.of(), null);
    }

    private static EstranException refused(ThrowingCallable call) {
        return catchThrowableOfType(EstranException.class, call);
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThat(refused(call)).isNotNull().extracting(EstranException::code).isEqualTo(code);
    }

    @Test
    void whatIsSavedComesBackAsItWas() {
        Map<String, QueryParameter> parameters = new LinkedHashMap<>();
        parameters.put("since", new QueryParameter("DATE", true, "2025-01-31"));
        parameters.put("city", new QueryParameter("VARCHAR", true, null));
        parameters.put("least", new QueryParameter("DECIMAL(10, 2)", false, null));
        QueryDraft draft =
                new QueryDraft(" Ventes d'été ☀ ", "SELECT '💶' -- $since\n", parameters, "{\"kind\":\"bar\"}");
        SavedQuery saved = queries.create(ANA, draft);
        SavedQuery loaded = queries.load(ANA, saved.id());
        assertThat(loaded).isEqualTo(saved);
        assertThat(loaded.name()).isEqualTo("Ventes d'été ☀");
        assertThat(loaded.draft().text()).isEqualTo(draft.text());
        assertThat(loaded.draft().parameters()).isEqualTo(parameters);
        assertThat(loaded.draft().parameters().keySet()).containsExactly("since", "city", "least");
        assertThat(loaded.version()).isEqualTo(1);
        assertThat(queries.loadByName(ANA, "Ventes d'été ☀")).isEqualTo(saved);
    }

    @Test
    void aChangeNamesTheVersionItStartedFrom() {
        SavedQuery first = queries.create(ANA, draft("a", "SELECT 1"));
        SavedQuery second = queries.update(ANA, first.id(), draft("b", "SELECT 2"), 1);
        assertThat(second.version()).isEqualTo(2);
        EstranException late = refused(() -> queries.update(ANA, first.id(), draft("c", "SELECT 3"), 1));
        assertThat(late.code()).isEqualTo(ErrorCode.QUERY_CHANGED);
        assertThat(late.details()).containsEntry("version", 2L).containsEntry("based_on", 1L);
        assertThat(late.text()).contains("version 2").contains("version 1");
        assertThat(queries.load(ANA, first.id())).isEqualTo(second);
    }

    @Test
    void everybodySeesTheirOwn() {
        SavedQuery anas = queries.create(ANA, draft("same", "SELECT 1"));
        SavedQuery bens = queries.create(BEN, draft("same", "SELECT 2"));
        assertThat(queries.list(ANA)).containsExactly(anas);
        assertThat(queries.list(BEN)).containsExactly(bens);
        assertCode(ErrorCode.QUERY_NOT_FOUND, () -> queries.load(BEN, anas.id()));
        assertCode(ErrorCode.QUERY_NOT_FOUND, () -> queries.update(BEN, anas.id(), draft("mine", "SELECT 3"), 1));
        assertCode(ErrorCode.QUERY_NOT_FOUND, () -> queries.delete(BEN, anas.id()));
        assertCode(ErrorCode.QUERY_NOT_FOUND, () -> queries.loadByName(BEN, "other"));
        queries.delete(ANA, anas.id());
        assertThat(queries.list(ANA)).isEmpty();
        assertThat(queries.list(BEN)).containsExactly(bens);
        Caller nobody = new Caller("u:zoe", Set.of());
        assertCode(ErrorCode.DENIED, () -> queries.list(nobody));
        assertCode(ErrorCode.DENIED, () -> queries.load(nobody, bens.id()));
        assertCode(ErrorCode.DENIED, () -> queries.create(nobody, draft("n", "SELECT 1")));
    }

    @Test
    void aNameIsOnesOwnOnce() {
        SavedQuery a = queries.create(ANA, draft("a", "SELECT 1"));
        SavedQuery b = queries.create(ANA, draft("b", "SELECT 1"));
        assertCode(ErrorCode.ALREADY_EXISTS, () -> queries.create(ANA, draft("a ", "SELECT 1")));
        assertCode(ErrorCode.ALREADY_EXISTS, () -> queries.update(ANA, b.id(), draft("a", "SELECT 1"), 1));
        assertThat(queries.update(ANA, a.id(), draft("a", "SELECT 2"), 1).version())
                .isEqualTo(2);
    }

    @Test
    void everythingHasItsBound() {
        List<QueryDraft> wrong = List.of(
                draft("", "SELECT 1"),
                draft(" \t ", "SELECT 1"),
                draft("n".repeat(201), "SELECT 1"),
                draft("two\nlines", "SELECT 1"),
                draft("blank", " \n"),
                new QueryDraft("chart", "SELECT 1", Map.of(), "x".repeat(DraftRules.MAX_CHART + 1)),
                new QueryDraft("p", "SELECT 1", Map.of("a b", new QueryParameter("DATE", false, null)), null),
                new QueryDraft("p", "SELECT 1", Map.of("a", new QueryParameter(" ", false, null)), null),
                new QueryDraft(
                        "p",
                        "SELECT 1",
                        Map.of("a", new QueryParameter("VARCHAR", true, "v".repeat(DraftRules.MAX_VALUE + 1))),
                        null));
        for (QueryDraft draft : wrong) {
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> queries.create(ANA, draft));
        }
        assertCode(ErrorCode.STATEMENT_TOO_LARGE, () -> queries.create(ANA, draft("long", "é".repeat(501))));
        assertThat(queries.create(ANA, draft("💶".repeat(200), "é".repeat(500))).version())
                .isEqualTo(1);
        assertThat(queries.list(ANA)).hasSize(1);
    }

    @Test
    void nobodyKeepsMoreThanTheMost() {
        QueryStore store = new QueryStore();
        metastore.transact(handle -> {
            for (int i = 0; i < SavedQueries.MAX_QUERIES; i++) {
                store.insert(handle, new SavedQuery("x" + i, ANA.id(), draft("n" + i, "SELECT 1"), NOW, NOW, 1));
            }
            return 0;
        });
        assertCode(ErrorCode.TOO_MANY_QUERIES, () -> queries.create(ANA, draft("one more", "SELECT 1")));
        assertThat(queries.update(ANA, "x7", draft("renamed", "SELECT 2"), 1).version())
                .isEqualTo(2);
        assertThat(queries.create(BEN, draft("one more", "SELECT 1")).version()).isEqualTo(1);
    }
}
