package dev.estran.ai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.model.Budget;
import dev.estran.model.ChatClient;
import dev.estran.model.ChatRequest;
import dev.estran.model.ModelCalls;
import dev.estran.model.ModelTarget;
import dev.estran.sql.AiCalls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a supplier's model about tuples: stored answers by batches, the rest in a sliding window. */
final class RemoteRun {

    /** Tuples looked up in the store together. */
    private static final int LOOKUP = 256;

    /** Calls in a row that did not reach the supplier, after which the rest are not tried. */
    private static final int UNREACHABLE_LIMIT = 8;

    private final ModelCalls calls;
    private final AnswerStore store;
    private final int inFlight;
    private final SingleFlight<Asked> flights = new SingleFlight<>();

    RemoteRun(ModelCalls calls, AnswerStore store, int inFlight) {
        this.calls = calls;
        this.store = store;
        this.inFlight = inFlight;
    }

    private record Question(List<String> tuple, String identity) {}

    /** @param value the answer, or null with an error */
    private record Asked(
            @Nullable Object value,
            ChatClient.@Nullable Failed error,
            @Nullable Money cost) {}

    private record Reply(Question question, Asked asked, boolean paidHere) {}

    CallIdentity identity(AiCalls.Statement statement, AiCall call, ModelTarget target, Prompts prompts) {
        return new CallIdentity(call, target.servedName(), prompts.identityParameters(), statement.sharing());
    }

    void ask(
            AiCalls.Statement statement,
            AiCall call,
            ModelTarget target,
            Iterator<List<String>> tuples,
            Budget budget,
            StageRun stage) {
        Prompts prompts = StoredAiExecutor.prompts(call, target);
        CallIdentity identity = identity(statement, call, target, prompts);
        Asking asking = new Asking(statement, call, target, prompts, budget);
        ArrayDeque<Question> missing = new ArrayDeque<>();
        new Window<Question, Reply>(
                        inFlight, Thread.ofVirtual().name("ai-call-", 0).factory(), statement.cancelled())
                .run(
                        () -> {
                            while (missing.isEmpty() && tuples.hasNext()) {
                                lookUp(identity, tuples, missing, stage);
                            }
                            return missing.poll();
                        },
                        asking::ask,
                        reply -> deliver(reply, stage));
    }

    private void lookUp(
            CallIdentity identity, Iterator<List<String>> tuples, ArrayDeque<Question> missing, StageRun stage) {
        List<Question> batch = new ArrayList<>(LOOKUP);
        while (batch.size() < LOOKUP && tuples.hasNext()) {
            List<String> tuple = tuples.next();
            batch.add(new Question(tuple, identity.of(tuple)));
        }
        Map<String, AnswerStore.Stored> found =
                store.find(batch.stream().map(Question::identity).toList());
        for (Question question : batch) {
            AnswerStore.Stored answer = found.get(question.identity());
            if (answer == null) {
                missing.add(question);
            } else {
                stage.stored(new AiExecutor.Answer(question.tuple(), answer.value(), null));
            }
        }
    }

    private static void deliver(Reply reply, StageRun stage) {
        Asked asked = reply.asked();
        ChatClient.Failed error = asked.error();
        AiExecutor.Answer answer = new AiExecutor.Answer(
                reply.question().tuple(), asked.value(), error == null ? null : error.code() + ": " + error.message());
        if (reply.paidHere()) {
            stage.asked(answer, asked.cost());
        } else {
            stage.stored(answer);
        }
    }

    /** The calls of one stage. Used by many threads. */
    private final class Asking {

        private final AiCall call;
        private final ModelTarget target;
        private final Prompts prompts;
        private final AiCalls.Statement statement;
        private final Budget budget;
        private final AtomicInteger unreachable = new AtomicInteger();
        private final AtomicReference<ChatClient.@Nullable Failed> down = new AtomicReference<>();

        Asking(AiCalls.Statement statement, AiCall call, ModelTarget target, Prompts prompts, Budget budget) {
            this.statement = statement;
            this.call = call;
            this.target = target;
            this.prompts = prompts;
            this.budget = budget;
        }

        Reply ask(Question question) throws InterruptedException {
            AtomicBoolean paidHere = new AtomicBoolean();
            Asked asked = flights.get(question.identity(), () -> {
                // Somebody else's call may have ended between the look-up and now.
                Optional<AnswerStore.Stored> recent = store.findRecent(question.identity());
                if (recent.isPresent()) {
                    return new Asked(recent.get().value(), null, null);
                }
                ChatClient.Failed known = down.get();
                if (known != null) {
                    return new Asked(null, known, null);
                }
                paidHere.set(true);
                return call(question);
            });
            stopIfHopeless(asked.error());
            return new Reply(question, asked, paidHere.get());
        }

        private Asked call(Question question) throws InterruptedException {
            ChatRequest request = prompts.request(question.tuple());
            var context = new ModelCalls.Context(
                    statement.id(), statement.caller().id(), call.function().name(), question.identity(), budget);
            ModelCalls.Reply reply = calls.call(
                    context,
                    target,
                    request,
                    text -> AnswerForms.parse(call, request, text) instanceof AnswerForms.Invalid(String complaint)
                            ? Optional.of(complaint)
                            : Optional.empty());
            watch(reply.error());
            if (reply.text() == null) {
                return new Asked(null, reply.error(), reply.cost());
            }
            Object value = AnswerForms.parse(call, request, reply.text()) instanceof AnswerForms.Value(Object parsed)
                    ? parsed
                    : null;
            store.put(question.identity(), value);
            return new Asked(value, null, reply.cost());
        }

        private void watch(ChatClient.@Nullable Failed error) {
            if (error == null || error.code() != ErrorCode.MODEL_UNREACHABLE) {
                unreachable.set(0);
            } else if (unreachable.incrementAndGet() >= UNREACHABLE_LIMIT) {
                down.set(error);
            }
        }

        /** What is wrong for this call is wrong for all of them. */
        private void stopIfHopeless(ChatClient.@Nullable Failed error) {
            if (error != null
                    && (error.code() == ErrorCode.MODEL_UNAUTHORIZED || error.code() == ErrorCode.MODEL_NOT_FOUND)) {
                throw new EstranException(error.code(), error.message());
            }
        }
    }
}
