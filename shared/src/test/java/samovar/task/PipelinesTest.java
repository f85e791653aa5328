package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.chat.ChatMessage;
import samovar.config.ConfigException;
import samovar.dtype.Dtype;
import samovar.dtype.DtypePlan;
import samovar.dtype.DtypePlanException;
import samovar.generate.GenerationSettings;
import samovar.hub.HubException;
import samovar.runtime.LoadEvent;
import samovar.runtime.RuntimeFault;

class PipelinesTest {
    private final ToyPlatform toy = new ToyPlatform();

    @Test
    void theDocumentedProgramReadsLineForLine() {
        Pipelines pipelines = toy.pipelines();
        TextGenerationPipeline generator = pipelines.textGeneration(
                "onnx-community/Qwen2.5-0.5B-Instruct",
                PipelineOptions.dtype("q4").device("cpu"));
        List<ChatMessage> messages = List.of(ChatMessage.user("What is 3 plus 4?"));
        TextGeneration output = generator.generate(messages, greedy(128));
        assertThat(output.last().content()).isEqualTo("3 plus 4 is 7.");
        assertThat(output.last().role()).isEqualTo("assistant");
        assertThat(output.messages()).hasSize(2).startsWith(messages.get(0));
        assertThat(output.usage().promptTokens()).isEqualTo(27);
        assertThat(output.text()).isEqualTo("3 plus 4 is 7.");
        generator.close();
    }

    @Test
    void aPlanMovesNoWeights() {
        DtypePlan plan = toy.pipelines().plan(ToyPlatform.ID, PipelineOptions.dtype("q4"));
        assertThat(plan.module("model").dtype()).isEqualTo(Dtype.Q4);
        assertThat(toy.log).containsExactly("list " + ToyPlatform.ID + " main", "read config.json");
    }

    @Test
    void everyFaultOfTheOptionsIsSaidAtOnceAndBeforeAnyWeights() {
        PipelineOptions options =
                PipelineOptions.dtype(Map.of("model", "q44", "modle", "q4")).device("webgpu");
        assertThatThrownBy(() -> toy.pipelines().textGeneration(ToyPlatform.ID, options))
                .isInstanceOfSatisfying(
                        DtypePlanException.class, e -> assertThat(e.faults()).hasSize(3))
                .hasMessageContaining("cpu, auto")
                .hasMessageContaining("q44")
                .hasMessageContaining("modle");
        assertThat(toy.log).noneMatch(line -> line.startsWith("open") || line.startsWith("runtime"));
    }

    @Test
    void aRevisionIsAskedForAndItsCommitThenReadFrom() {
        toy.pipelines().plan(ToyPlatform.ID, PipelineOptions.auto().revision("v1.0"));
        assertThat(toy.log).startsWith("list " + ToyPlatform.ID + " v1.0");
        assertThatThrownBy(() -> PipelineOptions.auto().revision("../x")).isInstanceOf(HubException.class);
    }

    @Test
    void loadingTellsItsPhasesAndEndsReady() {
        List<LoadEvent.Phase> phases = new ArrayList<>();
        toy.pipelines()
                .textGeneration(
                        ToyPlatform.ID, PipelineOptions.dtype("fp32").listener(event -> phases.add(event.phase())));
        assertThat(phases).containsExactly(LoadEvent.Phase.LISTING, LoadEvent.Phase.WARMING, LoadEvent.Phase.READY);
    }

    @Test
    void aModelOfAnotherFamilyIsRefusedBeforeItsWeights() {
        toy.files.put("config.json", "{\"model_type\":\"bert\",\"architectures\":[\"BertModel\"],\"vocab_size\":9}");
        assertThatThrownBy(() -> toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto()))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.UNSUPPORTED_MODEL))
                .hasMessageContaining("encoder-only")
                .hasMessageContaining("decoder-only");
        assertThat(toy.log).noneMatch(line -> line.startsWith("open"));
    }

    @Test
    void anUnknownModelTypeIsNamed() {
        toy.files.put("config.json", "{\"model_type\":\"warp-drive\"}");
        assertThatThrownBy(() -> toy.pipelines().plan(ToyPlatform.ID, PipelineOptions.auto()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("warp-drive");
    }

    @Test
    void aModelWithoutAChatTemplateIsRefusedBeforeItsWeights() {
        toy.files.put("tokenizer_config.json", "{\"eos_token\":\"<|im_end|>\"}");
        assertThatThrownBy(() -> toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto()))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.NO_CHAT_TEMPLATE))
                .hasMessageContaining("chat_template.jinja")
                .hasMessageContaining("Instruct");
        assertThat(toy.log).noneMatch(line -> line.startsWith("open"));
    }

    @Test
    void aTemplateInAFileOfItsOwnGoesFirst() {
        toy.files.put("chat_template.jinja", "{{ messages[0].content }}");
        TextGenerationPipeline generator = toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto());
        assertThat(generator.model().countPromptTokens(List.of(ChatMessage.user("the"))))
                .isEqualTo(1);
    }

    @Test
    void aRepositoryWithoutItsOptionalFilesStillChats() {
        toy.files.remove("generation_config.json");
        TextGenerationPipeline generator = toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto());
        TextGeneration output =
                generator.generate(List.of(ChatMessage.user("What is 3 plus 4?")), GenerationSettings.none());
        assertThat(output.text()).isEqualTo("3 plus 4 is 7.");
    }

    @Test
    void aRuntimeThatCannotOpenTheModelIsClosed() {
        toy.refusing = true;
        assertThatThrownBy(() -> toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto()))
                .isInstanceOf(RuntimeFault.class);
        assertThat(toy.runtimeClosed).isTrue();
    }

    @Test
    void aSessionThatCannotBeFedIsClosed() {
        toy.like.stranger = "pixel_values";
        assertThatThrownBy(() -> toy.pipelines().textGeneration(ToyPlatform.ID, PipelineOptions.auto()))
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining("pixel_values");
        assertThat(toy.session.isClosed()).isTrue();
        assertThat(toy.runtimeClosed).isTrue();
    }

    private static GenerationSettings greedy(int limit) {
        return GenerationSettings.builder()
                .maxNewTokens(limit)
                .doSample(false)
                .repetitionPenalty(1.0)
                .build();
    }
}
