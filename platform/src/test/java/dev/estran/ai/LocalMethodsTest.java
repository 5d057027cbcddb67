package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMethodsTest {

    @TempDir
    Path directory;

    private Object one(AiCall call, String text) {
        try (AiRig rig = new AiRig(directory, AiRig.PATIENT, LocalMethods.builtIn())) {
            AiExecutor.Answer answer = rig.ask(AiRig.statement("s1"), call, List.of(List.of(text)))
                    .answers()
                    .getFirst();
            assertThat(answer.error()).isNull();
            return answer.value() == null ? "null" : answer.value();
        }
    }

    private static AiCall mask(String... kinds) {
        return AiRig.call(
                AiRig.function("ai_mask", "VARCHAR", "text", "kinds"), Map.of("kinds", List.of(kinds)), "text");
    }

    @Test
    void everyBuiltInMethodAnswersThroughTheExecutor() {
        assertThat(one(mask("phone"), "Appelez le 06 12 34 56 78").toString()).contains("[MASKED]");
        assertThat(one(
                        AiRig.call(AiRig.function("ai_detect_language", "VARCHAR", "text"), Map.of(), "text"),
                        "Bonjour, ma commande n'est toujours pas arriv\u00e9e."))
                .isEqualTo("fr");
        assertThat(one(
                        AiRig.call(
                                AiRig.function("ai_extract", "STRUCT(email VARCHAR)", "text", "fields"),
                                Map.of("fields", List.of("email")),
                                "text"),
                        "write to ana@example.org please"))
                .isEqualTo("{\"email\":\"ana@example.org\"}");
        assertThat(one(
                        AiRig.call(AiRig.function("ai_similarity", "DOUBLE", "a", "b"), Map.of("b", "red shoes"), "a"),
                        "red shoes"))
                .isEqualTo(1.0);
        assertThat(one(
                        AiRig.call(
                                AiRig.function("ai_summarize", "VARCHAR", "text", "max_words"),
                                Map.of("max_words", 5L),
                                "text"),
                        "The parcel is late. It rains."))
                .asString()
                .isNotBlank();
        assertThat(one(AiRig.classify("delivery", "billing"), "my delivery has not arrived"))
                .isEqualTo("delivery");
    }

    @Test
    void badConstantsStopTheStatementBeforeTheFirstRow() {
        assertThatThrownBy(() -> one(mask("horoscope"), "x")).hasMessageContaining("horoscope");
        assertThatThrownBy(() -> one(AiRig.classify("only"), "x")).hasMessageContaining("label");
    }
}
