package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.model.UsageRecord;
import dev.estran.testing.Bill;
import dev.estran.testing.Fault;
import dev.estran.testing.ModelSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SupplierFaultsTest {

    @TempDir
    Path directory;

    private ModelSimulator simulator;
    private AiRig rig;

    @BeforeEach
    void start() {
        simulator = ModelSimulator.start(ModelSimulator.Options.defaults().withKey(AiRig.KEY));
        rig = new AiRig(directory).connect("north", simulator);
    }

    @AfterEach
    void stop() {
        rig.close();
        simulator.close();
    }

    /** Attempts as we counted them are the requests the supplier got, and every bill has its attempt. */
    private void assertLedgerAgrees() {
        Set<String> sent = new HashSet<>();
        for (UsageRecord usage : rig.usage) {
            usage.attempts().forEach(attempt -> sent.add(usage.callId() + "-" + attempt.n()));
        }
        assertThat(simulator.counters().calls()).isEqualTo(sent.size());
        assertThat(sent)
                .containsAll(simulator.bills().stream().map(Bill::requestId).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Kind.class,
            names = {"SERVER_ERROR", "MALFORMED", "CUT", "RATE_LIMIT"})
    void aPassingFaultIsTriedAgain(Fault.Kind kind) {
        simulator.putFaults(Fault.next(kind, 1));
        AiRig.Result result = rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 3));
        assertThat(result.stage().failed()).isZero();
        assertThat(rig.usage).hasSize(3);
        assertThat(rig.usage.stream().mapToInt(u -> u.attempts().size()).sum()).isEqualTo(4);
        assertLedgerAgrees();
    }

    @Test
    void aSupplierThatNeverAnswersIsLeftAndAskedAgain() {
        rig.close();
        rig = new AiRig(directory, AiRig.IMPATIENT, Map.of()).connect("north", simulator);
        simulator.putFaults(Fault.next(Fault.Kind.TIMEOUT, 1));
        AiRig.Result result = rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 1));
        assertThat(result.stage().failed()).isZero();
        UsageRecord usage = rig.usage.element();
        assertThat(usage.attempts().getFirst().error()).isEqualTo("MODEL_TIMEOUT");
        assertThat(usage.estimated())
                .as("what the lost attempt cost is not known")
                .isTrue();
        assertLedgerAgrees();
    }

    @Test
    void retryAfterIsHonoured() {
        simulator.putFaults(Fault.next(Fault.Kind.RATE_LIMIT, 1));
        long from = System.nanoTime();
        rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 1));
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Kind.class,
            names = {"SERVER_ERROR", "MALFORMED", "CUT"})
    void aLastingFaultIsAnErrorOfItsRow(Fault.Kind kind) {
        simulator.putFaults(Fault.every(kind, 1));
        AiRig.Result result = rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 3));
        assertThat(result.stage().failed()).isEqualTo(3);
        assertThat(result.answers()).allSatisfy(a -> {
            assertThat(a.value()).isNull();
            assertThat(a.error()).startsWith("MODEL_FAILED: ");
        });
        assertThat(rig.usage).allSatisfy(u -> {
            assertThat(u.attempts()).hasSize(AiRig.PATIENT.attempts());
            assertThat(u.error()).isEqualTo("MODEL_FAILED");
        });
        assertLedgerAgrees();
        // A failure is not an answer: when the supplier is back the same question is asked again.
        simulator.putFaults();
        AiRig.Result again = rig.ask(AiRig.statement("s2"), AiRig.gen(), AiRig.texts(0, 3));
        assertThat(again.stage().asked()).isEqualTo(3);
        assertThat(again.stage().failed()).isZero();
    }

    @Test
    void nonsenseIsAskedOnceMoreAndThenAnErrorOfItsRow() {
        simulator.putFaults(Fault.every(Fault.Kind.NONSENSE, 1));
        AiRig.Result result = rig.ask(AiRig.statement("s1"), AiRig.classify("a", "b"), List.of(List.of("x")));
        assertThat(result.answers().getFirst().error())
                .startsWith("MODEL_ANSWER_INVALID: ")
                .contains("label must be one of")
                .doesNotContain("purple");
        UsageRecord usage = rig.usage.element();
        assertThat(usage.attempts()).hasSize(2);
        assertThat(usage.tokensIn())
                .as("both attempts are paid for")
                .isEqualTo(
                        simulator.bills().stream().mapToLong(Bill::inputTokens).sum());
        simulator.putFaults(Fault.next(Fault.Kind.NONSENSE, 1));
        AiRig.Result repaired = rig.ask(AiRig.statement("s2"), AiRig.classify("a", "b"), List.of(List.of("x")));
        assertThat(repaired.answers().getFirst().value()).isIn("a", "b");
        assertLedgerAgrees();
    }

    @Test
    void anUnacceptedKeyStopsTheStatementAtOnceAndIsNeverShown() {
        String wrong = "sk-wrong-key-that-must-not-leak";
        rig.environment.put("SIM_KEY", wrong);
        StringWriter logged = new StringWriter();
        Handler handler = capture(logged);
        try {
            assertThatThrownBy(() -> rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 1_000)))
                    .isInstanceOfSatisfying(EstranException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAUTHORIZED);
                        StringWriter trace = new StringWriter();
                        e.printStackTrace(new PrintWriter(trace));
                        assertThat(trace + " " + e.details())
                                .doesNotContain(wrong)
                                .contains("env:SIM_KEY");
                    });
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(logged.toString()).doesNotContain(wrong);
        assertThat(rig.usage).allSatisfy(u -> assertThat(u.toJson().toString()).doesNotContain(wrong));
        assertThat(simulator.counters().calls()).isLessThanOrEqualTo(64);
    }

    private static Handler capture(StringWriter logged) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.append(entry.getMessage()).append(String.valueOf(entry.getThrown()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
        return handler;
    }

    @Test
    void aMissingSecretNamesItsVariable() {
        rig.environment.remove("SIM_KEY");
        assertThatThrownBy(() -> rig.ask(AiRig.statement("s1"), AiRig.gen(), AiRig.texts(0, 2)))
                .isInstanceOfSatisfying(EstranException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
                    assertThat(e).hasMessageContaining("SIM_KEY");
                });
        assertThat(simulator.counters().calls()).isZero();
    }

    @Test
    void anUnreachableSupplierIsGivenUpSoon() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        rig.connect("gone", "http://127.0.0.1:" + closed);
        AiCall call =
                new AiCall(AiRig.gen().function(), Map.of(), List.of("prompt"), Map.of("model", "gone"), "VARCHAR");
        AiRig.Result result = rig.ask(AiRig.statement("s1"), call, AiRig.texts(0, 2_000));
        assertThat(result.stage().failed()).isEqualTo(2_000);
        assertThat(result.answers().getFirst().error())
                .startsWith("MODEL_UNREACHABLE: ")
                .contains("127.0.0.1:" + closed);
        assertThat(rig.usage).as("the rest are not tried").hasSizeLessThan(200);
    }
}
