package samovar.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.chat.ChatMessage;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationSettings;
import samovar.hub.HubException;
import samovar.jvm.Fixtures.GoldenCase;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadEvent;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;
import samovar.task.TextGeneration;
import samovar.task.TextGenerationPipeline;

class JvmPipelinesTest {
    /** The goldens are plain argmax. */
    private static final GenerationSettings GREEDY = GenerationSettings.builder()
            .maxNewTokens(48)
            .doSample(false)
            .repetitionPenalty(1.0)
            .build();

    @TempDir
    Path cache;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "FP16", "Q8", "INT8", "UINT8", "Q4", "Q4F16", "BNB4"})
    void tinyChatAnswersAsTheReferenceInEveryDtype(Dtype dtype) {
        TextGenerationPipeline generator = pipelines()
                .textGeneration(
                        "bundled/tiny-chat",
                        PipelineOptions.dtype(dtype.label()).device("cpu"));
        assertThat(generator.plan().modules().get(0).dtype()).isEqualTo(dtype);
        for (GoldenCase golden : Fixtures.golden("tiny_chat_greedy.json")) {
            TextGeneration answer = generator.generate(golden.messages(), GREEDY);
            assertThat(answer.finished().tokenIds()).as(golden.toString()).isEqualTo(golden.tokenIds());
            assertThat(answer.last()).isEqualTo(ChatMessage.assistant(golden.text()));
            assertThat(answer.finishReason().label()).isEqualTo(golden.finishReason());
            assertThat(answer.usage().promptTokens())
                    .isEqualTo(golden.promptIds().size());
        }
        generator.close();
    }

    /**
     * The reference is a plain loop over ONNX Runtime from Python. Its answers depend on the processor's instruction set (not
     * on threads or runs), so where that is the reference's, every token of every answer is compared; elsewhere those up to the
     * first near tie.
     */
    @Test
    void theEmbeddedSmolLm2AnswersAsTheReference() {
        TextGenerationPipeline generator =
                pipelines().textGeneration("bundled/SmolLM2-135M-Instruct", PipelineOptions.auto());
        boolean whole = Fixtures.processorHas("avx512_vnni");
        int compared = 0;
        for (GoldenCase golden : Fixtures.golden("smollm2_greedy.json")) {
            TextGeneration answer = generator.generate(golden.messages(), GREEDY);
            List<Integer> tokens = answer.finished().tokenIds();
            if (whole) {
                assertThat(tokens).as(golden.toString()).isEqualTo(golden.tokenIds());
                assertThat(answer.last()).isEqualTo(ChatMessage.assistant(golden.text()));
                assertThat(answer.finishReason().label()).isEqualTo(golden.finishReason());
                compared += tokens.size();
            } else {
                int clear = golden.stepsBeforeMarginUnder(Fixtures.NEAR_TIE);
                assertThat(tokens.subList(0, clear))
                        .as(golden.toString())
                        .isEqualTo(golden.tokenIds().subList(0, clear));
                compared += clear;
            }
        }
        assertThat(compared).isEqualTo(whole ? 219 : 29);
        generator.close();
    }

    @Test
    void aCancelledTurnEndsWithinOneToken() {
        TextGenerationPipeline generator =
                pipelines().textGeneration("bundled/SmolLM2-135M-Instruct", PipelineOptions.auto());
        CancellationFlag flag = new CancellationFlag();
        List<Integer> told = new ArrayList<>();
        TextGeneration answer = generator.generate(
                List.of(ChatMessage.user("Write the numbers from one to ten.")),
                GREEDY,
                event -> {
                    if (event instanceof GenerationEvent.Delta delta) {
                        told.addAll(delta.tokenIds());
                        if (told.size() >= 3) {
                            flag.raise();
                        }
                    }
                },
                flag);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(answer.finished().tokenIds()).startsWith(39006, 429, 582).hasSizeLessThanOrEqualTo(4);
        generator.close();
    }

    @Test
    void loadingIsToldPhaseByPhase() {
        List<LoadEvent> events = new ArrayList<>();
        pipelines()
                .textGeneration("bundled/tiny-chat", PipelineOptions.dtype("q4").listener(events::add))
                .close();
        assertThat(events.stream().map(LoadEvent::phase).distinct()).containsExactly(LoadEvent.Phase.values());
        assertThat(events)
                .filteredOn(event -> event.phase() == LoadEvent.Phase.READY)
                .hasSize(1);
    }

    @Test
    void loadingFourModulesIsOneStreamWhoseTotalIsKnownFromItsFirstByteAndWhoseBytesNeverShrink() {
        List<LoadEvent> events = new ArrayList<>();
        PipelineOptions options = PipelineOptions.dtype("q4").listener(events::add);
        long total = pipelines()
                .plan("bundled/Florence-2-tiny-shapes", PipelineOptions.dtype("q4"))
                .totalBytes();
        pipelines().florence2("bundled/Florence-2-tiny-shapes", options).close();

        assertThat(events).extracting(LoadEvent::phase).isSorted().contains(LoadEvent.Phase.COMPILING);
        assertThat(events)
                .filteredOn(event -> event.phase() == LoadEvent.Phase.DOWNLOADING)
                .allSatisfy(event -> assertThat(event.totalBytes()).isEqualTo(total))
                .extracting(LoadEvent::loadedBytes)
                .isSorted()
                .startsWith(0L)
                .endsWith(total);
        assertThat(events.get(events.size() - 1))
                .isEqualTo(new LoadEvent(LoadEvent.Phase.READY, "", total, total, true));
    }

    @Test
    void autoMeansTheCpuAndItsListOfDtypes() {
        DtypePlan plan = pipelines().plan("bundled/tiny-chat", PipelineOptions.auto());
        assertThat(plan.device().label()).isEqualTo("cpu");
        assertThat(plan.modules().get(0).dtype()).isEqualTo(Dtype.Q4);
        assertThat(plan.totalBytes()).isEqualTo(889_444);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webgpu", "wasm", "cuda"})
    void anotherDeviceIsAPlanErrorThatListsTheDevicesHere(String device) {
        assertThatThrownBy(() -> pipelines()
                        .plan("bundled/tiny-chat", PipelineOptions.dtype("q4").device(device)))
                .isInstanceOf(DtypePlanException.class)
                .hasMessageContaining(device)
                .hasMessageContaining("cpu, auto");
    }

    @Test
    void everyFaultOfARequestIsToldAtOnce() {
        assertThatThrownBy(() -> pipelines()
                        .textGeneration(
                                "bundled/tiny-chat", PipelineOptions.dtype("q5").device("webgpu")))
                .isInstanceOf(DtypePlanException.class)
                .hasMessageContaining("q5")
                .hasMessageContaining("fp32, fp16, q8")
                .hasMessageContaining("cpu, auto");
        assertThatThrownBy(() -> pipelines().plan("bundled/tiny-chat", PipelineOptions.dtype(Map.of("decoder", "q4"))))
                .isInstanceOf(DtypePlanException.class)
                .hasMessageContaining("decoder")
                .hasMessageContaining("model");
    }

    @Test
    void namesThatNoModelCouldHaveAreToldWhereTheModelIsNotFound() {
        Map<String, String> typo = Map.of("model", "q5");
        assertThatThrownBy(() ->
                        pipelines().plan("org/none", PipelineOptions.dtype(typo).device("gpu")))
                .isInstanceOf(DtypePlanException.class)
                .hasMessageContaining("model: unknown dtype \"q5\"")
                .hasMessageContaining("unknown device \"gpu\"; allowed: cpu, auto");
    }

    @Test
    void aDtypeThatTheRepositoryLacksIsToldWithThoseItHas() {
        assertThatThrownBy(() ->
                        pipelines().textGeneration("bundled/SmolLM2-135M-Instruct", PipelineOptions.dtype("fp16")))
                .isInstanceOf(DtypePlanException.class)
                .hasMessageContaining("onnx/model_fp16.onnx")
                .hasMessageContaining("q4");
    }

    @Test
    void anUnknownModelSaysWhereItWasLookedForWhenOffline() {
        assertThatThrownBy(() -> pipelines().plan("onnx-community/none", PipelineOptions.auto()))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("onnx-community/none")
                .hasMessageContaining(cache.toString())
                .hasMessageContaining("offline");
    }

    private Pipelines pipelines() {
        return JvmPipelines.create(JvmOptions.defaults()
                .models(List.of(Fixtures.MODELS))
                .cache(cache)
                .offline(true)
                .threads(2));
    }
}
