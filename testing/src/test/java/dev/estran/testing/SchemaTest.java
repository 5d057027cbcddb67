package dev.estran.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts that nobody has loaded still get answers that fit. */
final class SchemaTest {

    private static ModelSimulator simulator;
    private static Chat chat;

    @BeforeAll
    static void start() {
        simulator = ModelSimulator.start();
        chat = Chat.to(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void madeUpAnswersFitAndRepeat() {
        String schema = "{'type':'object','properties':{'kind':{'enum':['a','b']},'ok':{'type':'boolean'},"
                + "'n':{'type':'integer','minimum':2,'maximum':4},'share':{'type':'number','minimum':0,'maximum':1},"
                + "'day':{'type':'string','format':'date'},'short':{'type':'string','maxLength':5},"
                + "'maybe':{'anyOf':[{'type':'null'},{'type':'string'}]},'fixed':{'const':'c'},"
                + "'list':{'type':'array','minItems':2,'maxItems':2,'items':{'type':'integer'}},"
                + "'inner':{'type':'object','properties':{'x':{'allOf':[{'$ref':'#/$defs/x'}]}}}},"
                + "'$defs':{'x':{'enum':[1,2]}}}";
        JsonNode answer = chat.answer(Chat.asking(schema, "something new"));
        assertThat(answer.path("kind").asText()).isIn("a", "b");
        assertThat(answer.path("ok").isBoolean()).isTrue();
        assertThat(answer.path("n").intValue()).isBetween(2, 4);
        assertThat(answer.path("share").doubleValue()).isBetween(0.0, 1.0);
        assertThat(answer.path("day").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(answer.path("short").asText()).hasSizeLessThanOrEqualTo(5);
        assertThat(answer.path("maybe").isTextual()).isTrue();
        assertThat(answer.path("fixed").asText()).isEqualTo("c");
        assertThat(answer.path("list")).hasSize(2).allMatch(JsonNode::isInt);
        assertThat(answer.at("/inner/x").intValue()).isIn(1, 2);
        assertThat(chat.answer(Chat.asking(schema, "something new"))).isEqualTo(answer);
    }

    @Test
    void hostileSchemasAreAnsweredToo() {
        assertThat(chat.answer(Chat.asking("{'$ref':'#'}", "x")).isNull()).isFalse();
        assertThat(chat.answer(Chat.asking("{'type':'object','properties':{'me':{'$ref':'#'}}}", "x"))
                        .has("me"))
                .isTrue();
        assertThat(chat.answer(Chat.asking("{}", "x"))).isNotNull();
        assertThat(chat.answer(Chat.asking("{'type':'array','minItems':1000000000,'items':{}}", "x"))
                        .size())
                .isLessThanOrEqualTo(2_000);
        assertThat(chat.answer(Chat.asking("{'enum':[]}", "x"))).isNotNull();
        assertThat(chat.answer(Chat.asking("{'type':'integer','minimum':9,'maximum':1}", "x"))
                        .isNumber())
                .isTrue();
        assertThat(chat.answer(Chat.asking("{'type':'string','minLength':2000000000}", "x"))
                        .isTextual())
                .isTrue();
    }

    @Test
    void jsonObjectIsAnObjectAndPlainTextASentence() {
        var request = Chat.request("Summarise: the sea is wide");
        assertThat(chat.content(request)).contains("the sea is wide");
        request.putObject("response_format").put("type", "json_object");
        assertThat(chat.answer(request).isObject()).isTrue();
    }
}
