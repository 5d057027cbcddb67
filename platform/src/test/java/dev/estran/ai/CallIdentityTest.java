package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.ai.AiFunction.Parameter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallIdentityTest {

    private static final AiFunction FILTER = new AiFunction(
            "ai_filter",
            List.of(
                    new Parameter("instruction", "VARCHAR", Optional.empty(), false),
                    new Parameter("text", "VARCHAR", Optional.empty(), false)),
            "BOOLEAN",
            "ai_filter/3",
            true,
            "");

    private static CallIdentity filter(Map<String, ?> parameters) {
        AiCall call = new AiCall(
                FILTER, Map.of("instruction", "the customer is angry"), List.of("text"), Map.of(), "BOOLEAN");
        return new CallIdentity(call, "sim/north:north-large@2026-10-01", parameters, "rg:7c1e");
    }

    @Test
    void theWorkedExampleHashesAsWritten() {
        CallIdentity identity = filter(Map.of("temperature", 0));
        List<String> tuple = List.of("rude answer no 29, mail me at <e-mail>");
        assertThat(identity.canonical(tuple))
                .isEqualTo("{\"v\":1,\"function\":\"ai_filter\",\"prompt\":\"ai_filter/3\",\"model\":{\"served\":"
                        + "\"sim/north:north-large\",\"version\":\"2026-10-01\"},\"args\":[[\"instruction\",\"VARCHAR\","
                        + "\"the customer is angry\"],[\"text\",\"VARCHAR\",\"rude answer no 29, mail me at <e-mail>\"]],"
                        + "\"parameters\":{\"temperature\":0},\"output\":\"BOOLEAN\",\"sharing\":\"rg:7c1e\"}");
        assertThat(identity.of(tuple)).isEqualTo("551ceb4597aec136294f724cbd09862872b326689ed33011c0ea7a31ec3fb4cd");
    }

    @Test
    void equalValuesHaveOneSpelling() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("top_p", 0.50);
        one.put("temperature", new BigDecimal("0.0"));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("temperature", 0L);
        other.put("top_p", new BigDecimal("0.5"));
        List<String> composed = List.of("caf\u00e9");
        List<String> decomposed = List.of("cafe\u0301");
        assertThat(filter(one).of(composed)).isEqualTo(filter(other).of(decomposed));
    }

    @Test
    void numbersHaveNoExponent() {
        StringBuilder out = new StringBuilder();
        CanonicalJson.write(out, List.of(new BigDecimal("1E+3"), 1e-7, 100L, -0.0));
        assertThat(out.toString()).isEqualTo("[1000,0.0000001,100,0]");
    }

    @Test
    void noTextCanPassForAnotherArgument() {
        AiCall two = new AiCall(FILTER, Map.of(), List.of("instruction", "text"), Map.of(), "BOOLEAN");
        CallIdentity identity = new CallIdentity(two, "m", Map.of(), "s");
        assertThat(identity.of(List.of("a\"],[\"text\",\"VARCHAR\",\"b", "c")))
                .isNotEqualTo(identity.of(List.of("a", "b\"],[\"text\",\"VARCHAR\",\"c")));
        assertThat(identity.of(List.of("a\u0000", "b"))).isNotEqualTo(identity.of(List.of("a", "\u0000b")));
        assertThat(identity.of(List.of("\ud800", "b"))).isNotEqualTo(identity.of(List.of("\udfff", "b")));
    }

    @Test
    void whatMayChangeTheAnswerOrItsReadersChangesTheIdentity() {
        List<String> tuple = List.of("t");
        AiCall call = new AiCall(FILTER, Map.of("instruction", "i"), List.of("text"), Map.of(), "BOOLEAN");
        String base = new CallIdentity(call, "m@1", Map.of(), "s").of(tuple);
        assertThat(base).isNotEqualTo(new CallIdentity(call, "m@2", Map.of(), "s").of(tuple));
        assertThat(base).isNotEqualTo(new CallIdentity(call, "n@1", Map.of(), "s").of(tuple));
        assertThat(base).isNotEqualTo(new CallIdentity(call, "m@1", Map.of("seed", 1), "s").of(tuple));
        assertThat(base).isNotEqualTo(new CallIdentity(call, "m@1", Map.of(), "t").of(tuple));
    }
}
