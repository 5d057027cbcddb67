package dev.estran.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KnowledgeTest {

    private static final String LABEL =
            "{'type':'object','properties':{'label':{'enum':['delivery','billing','returns']}},'required':['label']}";
    private static final String PACKED =
            "{'type':'object','properties':{'answers':{'type':'array','items':{'type':'object','properties':"
                    + "{'id':{'type':'integer'},'label':{'enum':['delivery','billing','returns']}}}}}}";

    private ModelSimulator simulator;
    private Chat chat;

    @BeforeEach
    void start() {
        simulator = ModelSimulator.start();
        chat = Chat.to(simulator);
        simulator.putTasks(Task.labels(
                "topic",
                Map.of(
                        "My parcel is \"late\"\nagain & again",
                        "delivery",
                        "You charged me twice",
                        "billing",
                        "You charged me twice for the parcel",
                        "returns",
                        "I send C:\\new back, merci é",
                        "returns")));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void answersAKnownTextWhateverStandsAroundIt() {
        String instruction = "Say whether it is delivery, billing or returns.";
        assertThat(label(chat.answer(Chat.asking(LABEL, instruction, "My parcel is \"late\"\nagain & again"))))
                .isEqualTo("delivery");
        assertThat(label(chat.answer(Chat.asking(LABEL, "<t>You charged me twice</t>"))))
                .isEqualTo("billing");
        assertThat(label(chat.answer(Chat.asking(LABEL, "Text: You charged me twice for the parcel."))))
                .as("the longer known text")
                .isEqualTo("returns");
    }

    @Test
    void findsTextsEscapedOnceTwiceAndAsEntities() throws Exception {
        String once = SimulatorJson.JSON.writeValueAsString(Map.of("text", "My parcel is \"late\"\nagain & again"));
        String twice = SimulatorJson.JSON.writeValueAsString(Map.of("input", once));
        assertThat(label(chat.answer(Chat.asking(LABEL, once)))).isEqualTo("delivery");
        assertThat(label(chat.answer(Chat.asking(LABEL, twice)))).isEqualTo("delivery");
        assertThat(label(chat.answer(Chat.asking(LABEL, "<x>My parcel is &quot;late&quot; again &amp; again</x>"))))
                .isEqualTo("delivery");
        assertThat(label(chat.answer(Chat.asking(LABEL, "{\"t\":\"I send C:\\\\new back, merci \\u00e9\"}"))))
                .isEqualTo("returns");
        assertThat(label(chat.answer(Chat.asking(LABEL, "I send C:\\new back, merci é"))))
                .isEqualTo("returns");
    }

    @Test
    void answersEachOfSeveralPackedTextsInOrderWithItsId() {
        String lines =
                "Classify.\n1. You charged me twice\n2. a text nobody has loaded\n3. My parcel is \"late\" again & again";
        JsonNode numbered = chat.answer(Chat.asking(PACKED, lines)).path("answers");
        assertThat(numbered).hasSize(3);
        assertThat(numbered.at("/0/label").asText()).isEqualTo("billing");
        assertThat(numbered.at("/2/label").asText()).isEqualTo("delivery");
        assertThat(numbered.at("/2/id").asInt()).isEqualTo(3);

        String array =
                "[{\"id\":7,\"text\":\"My parcel is \\\"late\\\"\\nagain & again\"},{\"id\":9,\"text\":\"unknown\"},"
                        + "{\"id\":12,\"text\":\"You charged me twice\"}]";
        JsonNode packed = chat.answer(Chat.asking(PACKED, "Labels: [\"delivery\",\"billing\"]", array))
                .path("answers");
        assertThat(packed).hasSize(3);
        assertThat(packed.at("/0/label").asText()).isEqualTo("delivery");
        assertThat(packed.at("/0/id").asInt()).isEqualTo(7);
        assertThat(packed.at("/2/label").asText()).isEqualTo("billing");
        assertThat(packed.at("/2/id").asInt()).isEqualTo(12);
    }

    @Test
    void answersAPropertyPerPackedText() {
        String label = "{'enum':['delivery','billing','returns']}";
        String schema = "{'type':'object','properties':{'1':" + label + ",'2':" + label + "}}";
        String lines = "1) You charged me twice\n2) My parcel is \"late\" again & again";
        assertThat(chat.answer(Chat.asking(schema, "Labels: delivery, billing, returns", lines)))
                .isEqualTo(Chat.json("{'1':'billing','2':'delivery'}"));
    }

    @Test
    void rightOrWrongDoesNotDependOnPacking() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            labels.put("complaint number " + i + " about something", i % 2 == 0 ? "delivery" : "billing");
        }
        simulator.putTasks(Task.labels("many", labels).withAccuracy(0.8));
        List<String> texts = new ArrayList<>(labels.keySet());
        List<String> single = new ArrayList<>();
        int right = 0;
        for (String text : texts) {
            String answer = label(chat.answer(Chat.asking(LABEL, "Classify: " + text)));
            single.add(answer);
            right += answer.equals(labels.get(text)) ? 1 : 0;
        }
        assertThat(right).isBetween(135, 185);
        List<String> packed = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += 20) {
            ArrayNode array = SimulatorJson.JSON.createArrayNode();
            texts.subList(from, from + 20).forEach(array::add);
            chat.answer(Chat.asking(PACKED, array.toString())).path("answers").forEach(one -> packed.add(label(one)));
        }
        assertThat(packed).isEqualTo(single);
    }

    @Test
    void answersPairs() {
        simulator.putTasks(
                Task.yesNo("angry", "the customer is angry", Map.of("text one here", true, "text two here", false)),
                Task.yesNo("french", "written in French", Map.of("text one here", false, "text two here", true)));
        String schema = "{'type':'object','properties':{'answer':{'type':'boolean'}}}";
        assertThat(chat.answer(Chat.asking(schema, "Is it true that the customer is angry?", "text one here"))
                        .path("answer")
                        .booleanValue())
                .isTrue();
        assertThat(chat.answer(Chat.asking(schema, "Statement: written in French", "Text: text one here"))
                        .path("answer")
                        .booleanValue())
                .isFalse();
        assertThat(chat.content(Chat.request("Answer yes or no: written in French?", "text two here")))
                .isEqualTo("yes");
        String packed = "{'type':'object','properties':{'answers':{'type':'array','items':{'type':'boolean'}}}}";
        assertThat(chat.answer(Chat.asking(packed, "the customer is angry", "[\"text two here\",\"text one here\"]"))
                        .path("answers")
                        .toString())
                .isEqualTo("[false,true]");
    }

    @Test
    void answersFieldsInTheTypesAskedFor() {
        JsonNode fields =
                Chat.json("{'order':'A-17','amount':'12.50','lines':[{'sku':'x','n':2}],'vip':true,'note':null}");
        simulator.putTasks(Task.fields("extract", Map.of("Order A-17 for 12.50 euro", fields)));
        String schema = "{'type':'object','properties':{'order':{'type':'string'},'amount':{'type':'number'},"
                + "'lines':{'type':'array','items':{'$ref':'#/$defs/line'}},'vip':{'type':'boolean'},"
                + "'note':{'type':['string','null']},'extra':{'type':'integer','minimum':3,'maximum':5}},"
                + "'$defs':{'line':{'type':'object','properties':{'sku':{'type':'string'},'n':{'type':'integer'}}}}}";
        JsonNode answer = chat.answer(Chat.asking(schema, "Read this.", "Order A-17 for 12.50 euro"));
        assertThat(answer.path("extra").asInt()).isBetween(3, 5);
        ((ObjectNode) answer).remove("extra");
        assertThat(answer)
                .isEqualTo(Chat.json(
                        "{'order':'A-17','amount':12.50,'lines':[{'sku':'x','n':2}],'vip':true,'note':null}"));
    }

    private static String label(JsonNode answer) {
        return answer.path("label").asText();
    }
}
