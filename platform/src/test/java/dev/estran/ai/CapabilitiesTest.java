package dev.estran.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ai.Capabilities.Capability;
import dev.estran.ai.Capabilities.State;
import dev.estran.model.provider.local.TextMasker;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The one table of states says what the registry of functions and the measurements say. */
final class CapabilitiesTest {

    @Test
    void everyFunctionStandsInTheTableWithItsState() {
        for (AiFunction function : AiFunctions.all()) {
            State state = Capabilities.find(function.name()).orElseThrow().state();
            assertThat(state == State.NEEDS_MODEL).as(function.name()).isEqualTo(function.needsModel());
            assertThat(state).as(function.name()).isNotEqualTo(State.PLANNED);
        }
        for (String planned : AiFunctions.planned()) {
            assertThat(Capabilities.find(planned).map(Capability::state))
                    .as(planned)
                    .contains(State.PLANNED);
        }
        assertThat(Capabilities.all().stream().map(Capability::name)).doesNotHaveDuplicates();
    }

    @Test
    void qualityIsWhatWasMeasured() throws Exception {
        try (InputStream in = TextMasker.class.getResourceAsStream("local-methods.json")) {
            for (JsonNode method : new ObjectMapper().readTree(in)) {
                Capability capability =
                        Capabilities.find(method.path("function").asText()).orElseThrow();
                assertThat(capability.quality())
                        .isEqualTo(method.path("quality").asText());
                assertThat(capability.headline().orElseThrow())
                        .doesNotContain(";")
                        .isNotBlank();
            }
        }
        for (Capability capability : Capabilities.all()) {
            boolean answers = capability.state() == State.WORKS || capability.state() == State.BY_EXTRACT;
            assertThat(capability.quality() != null).as(capability.name()).isEqualTo(answers);
        }
    }
}
