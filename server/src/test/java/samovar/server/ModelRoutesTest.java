package samovar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.json.Json;
import samovar.runtime.LoadEvent;
import samovar.wire.LoadMessage;
import samovar.wire.ModelList;
import samovar.wire.ModelPlan;
import samovar.wire.SseEvent;
import samovar.wire.SseReader;

class ModelRoutesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ModelPlan plan(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ModelPlan.ofJson(TestServer.json(response));
    }

    private static List<LoadEvent> load(String path) throws Exception {
        HttpResponse<String> response = server.send(server.request(path).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<LoadEvent> events = new ArrayList<>();
        for (SseEvent event : new SseReader().add(response.body())) {
            events.add(LoadMessage.read(Json.parse(event.data(), "load")));
        }
        return events;
    }

    @Test
    void listsTheModelsTheDefaultOneFirst() throws Exception {
        ModelList list = ModelList.ofJson(TestServer.json(server.get("/v1/models")));
        assertThat(list.models())
                .extracting(ModelList.Entry::id)
                .containsExactly(
                        "bundled/tiny-chat", "bundled/Florence-2-tiny-shapes", "bundled/SmolLM2-135M-Instruct");
        ModelList.Entry tiny = list.models().get(0);
        assertThat(tiny.state()).isEqualTo(ModelList.State.READY);
        assertThat(tiny.family()).isEqualTo("decoder-only");
        assertThat(tiny.dtypes()).contains("fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4");
        assertThat(tiny.sizeBytes()).isBetween(500_000L, 5_000_000L);
        assertThat(tiny.contextTokens()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/bundled/tiny-chat", "/v1/models/bundled%2Ftiny-chat", "/v1/models/tiny-chat"})
    void tellsOfOneModelHoweverItsIdIsWritten(String path) throws Exception {
        assertThat(ModelList.Entry.ofJson(TestServer.json(server.get(path))).id())
                .isEqualTo("bundled/tiny-chat");
    }

    @Test
    void plansWithoutLoading() throws Exception {
        ModelPlan plan = plan("/v1/models/bundled/SmolLM2-135M-Instruct/plan");
        assertThat(plan.plan().totalBytes()).isGreaterThan(90_000_000L);
        assertThat(plan.plan().modules().get(0).dtype().label()).isEqualTo("q4");
        assertThat(plan.available().get("model")).containsOnlyKeys("q4");
        assertThat(plan.state()).isEqualTo(ModelList.State.AVAILABLE);
        assertThat(plan.contextTokens()).isEqualTo(8192);
        assertThat(plan.device()).isEqualTo("1 thread");
    }

    @Test
    void tellsTheFaultsOfARequestInPlaceOfAPlan() throws Exception {
        assertThat(plan("/v1/models/bundled/tiny-chat/plan?dtype=q5").faults())
                .singleElement()
                .asString()
                .contains("unknown dtype \"q5\"");
        ModelPlan two =
                plan("/v1/models/bundled/tiny-chat/plan?dtype=%7B%22decoder%22:%22q4%22,%22model%22:%22q9%22%7D");
        assertThat(two.faults()).hasSize(2);
        assertThat(two.plan()).isNull();
        assertThat(two.available().get("model")).containsKey("fp32");
    }

    @Test
    void plansWithADtypePerModule() throws Exception {
        ModelPlan plan = plan("/v1/models/bundled/tiny-chat/plan?dtype=%7B%22model%22:%22int8%22%7D");
        assertThat(plan.plan().modules().get(0).dtype().label()).isEqualTo("int8");
    }

    @Test
    void loadsAModelAndTellsThePhases() throws Exception {
        List<LoadEvent> first = load("/v1/models/bundled/tiny-chat/load?dtype=uint8");
        assertThat(first).extracting(LoadEvent::phase).contains(LoadEvent.Phase.COMPILING);
        assertThat(first.get(first.size() - 1).phase()).isEqualTo(LoadEvent.Phase.READY);
        List<LoadEvent> again = load("/v1/models/bundled/tiny-chat/load?dtype=uint8");
        assertThat(again).extracting(LoadEvent::phase).containsOnly(LoadEvent.Phase.READY);
        assertThat(plan("/v1/models/bundled/tiny-chat/plan?dtype=uint8").state())
                .isEqualTo(ModelList.State.READY);
    }

    @Test
    void refusesToLoadWhatItCannot() throws Exception {
        HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> dtype = server.send(
                server.request("/v1/models/bundled/tiny-chat/load?dtype=q2").POST(nothing));
        assertThat(dtype.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(dtype).get("error").get("param").asString()).isEqualTo("dtype");
        HttpResponse<String> unknown =
                server.send(server.request("/v1/models/org/none/load").POST(nothing));
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void saysThatItIsReady() throws Exception {
        HttpResponse<String> health = server.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"ok\",\"model\":\"bundled/tiny-chat\"}");
    }

    @Test
    void countsForPrometheus() throws Exception {
        assertThat(server.get("/metrics").body())
                .contains(
                        "samovar_tokens_generated_total",
                        "samovar_turns_total{reason=\"stop\"}",
                        "jvm_memory_used_bytes");
    }
}
