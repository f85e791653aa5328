package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.wire.ModelList;
import samovar.wire.ModelPlan;

class MemoryTest {
    private static String question(String dtype) {
        return "{\"model\":\"tiny-chat\",\"dtype\":\"" + dtype
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 plus 4?\"}],\"temperature\":0}";
    }

    private static ModelList.State state(TestServer server, String dtype) throws Exception {
        return ModelPlan.ofJson(TestServer.json(server.get("/v1/models/bundled/tiny-chat/plan?dtype=" + dtype)))
                .state();
    }

    @Test
    void putsAwayWhatWasUnusedLongestWhenModelsDoNotFitTogether() throws Exception {
        ServerConfig config = TestServer.config();
        ServerConfig tight = new ServerConfig(
                config.network(),
                config.models(),
                new ServerConfig.Inference(config.inference().defaultModel(), 4, 3_000_000));
        try (TestServer server = TestServer.start(tight)) {
            for (String dtype : new String[] {"q8", "int8", "uint8", "q8"}) {
                assertThat(server.chat(question(dtype)).body()).contains("3 plus 4 is 7.");
                assertThat(state(server, dtype)).isEqualTo(ModelList.State.READY);
            }
            assertThat(state(server, "int8")).isEqualTo(ModelList.State.AVAILABLE);
            assertThat(state(server, "uint8")).isEqualTo(ModelList.State.READY);
        }
    }
}
