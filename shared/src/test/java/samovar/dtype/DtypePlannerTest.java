package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static samovar.dtype.TestRepos.CPU;
import static samovar.dtype.TestRepos.GPU;
import static samovar.dtype.TestRepos.GPU_WITHOUT_F16;
import static samovar.dtype.TestRepos.LLAMA_CONFIG;
import static samovar.dtype.TestRepos.WASM;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.hub.RepoListing;
import samovar.json.Json;
import samovar.json.JsonWriter;

class DtypePlannerTest {
    @Test
    void plansTheFirstDocumentedProgram() {
        RepoListing qwen = TestRepos.published(TestRepos.QWEN);
        DtypePlan plan = DtypePlanner.plan(qwen, TestRepos.QWEN_CONFIG, DtypeSpec.of("q4"), "webgpu", GPU_WITHOUT_F16);
        assertThat(plan.repo()).hasToString(TestRepos.QWEN);
        assertThat(plan.commit()).isEqualTo(qwen.commit());
        assertThat(plan.device()).isEqualTo(Device.WEBGPU);
        assertThat(plan.family()).isEqualTo(ModelFamily.DECODER_ONLY);
        PlannedModule model = plan.module("model");
        assertThat(model.dtype()).isEqualTo(Dtype.Q4);
        assertThat(model.graph().path()).isEqualTo("onnx/model_q4.onnx");
        assertThat(model.graph().sha256()).hasSize(64);
        assertThat(model.externalData()).isEmpty();
        assertThat(model.reason()).isEqualTo("q4: asked for, for all modules");
        assertThat(plan.totalBytes()).isEqualTo(model.sizeBytes()).isEqualTo(370_500_000);
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void plansTheSecondDocumentedProgramAndWarnsWhereItGoesLower() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("embed_tokens", "fp16");
        asked.put("vision_encoder", "fp16");
        asked.put("encoder_model", "q4");
        asked.put("decoder_model_merged", "q4");
        DtypePlan plan = DtypePlanner.plan(
                TestRepos.published(TestRepos.FLORENCE), TestRepos.FLORENCE_CONFIG, DtypeSpec.of(asked), "webgpu", GPU);
        assertThat(plan.files().stream().map(PlannedFile::path))
                .containsExactly(
                        "onnx/embed_tokens_fp16.onnx",
                        "onnx/vision_encoder_fp16.onnx",
                        "onnx/encoder_model_q4.onnx",
                        "onnx/decoder_model_merged_q4.onnx");
        assertThat(plan.module("embed_tokens").reason()).isEqualTo("fp16: asked for");
        assertThat(plan.warnings())
                .containsExactly(
                        "encoder_model: q4 is lower than fp16, the default for this module; what it loses, every"
                                + " later step inherits");
    }

    @ParameterizedTest
    @CsvSource({
        "onnx-community/Qwen2.5-0.5B-Instruct,q4,q4f16,q4,q8",
        "HuggingFaceTB/SmolLM2-135M-Instruct,q4,q4f16,q4,q8",
        "HuggingFaceTB/SmolLM2-360M-Instruct,q4,q4f16,q4,q8"
    })
    void choosesByTheListOfEachPlace(String repo, String cpu, String gpuF16, String gpu, String wasm) {
        RepoListing listing = TestRepos.published(repo);
        assertThat(auto(listing, LLAMA_CONFIG, CPU)).isEqualTo(cpu);
        assertThat(auto(listing, LLAMA_CONFIG, GPU)).isEqualTo(gpuF16);
        assertThat(auto(listing, LLAMA_CONFIG, GPU_WITHOUT_F16)).isEqualTo(gpu);
        assertThat(auto(listing, LLAMA_CONFIG, WASM)).isEqualTo(wasm);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, 'q4,q8,int8,uint8,fp32,fp16'",
        "wasm, 'q8,int8,uint8,q4,bnb4,fp32,fp16'",
        "gpu, 'q4,fp32,q8'",
        "gpu-f16, 'q4f16,q4,fp16,fp32,q8'"
    })
    void goesDownTheWholeListAsDtypesAreTakenAway(String place, String list) {
        DeviceCapabilities capabilities =
                switch (place) {
                    case "cpu" -> CPU;
                    case "wasm" -> WASM;
                    case "gpu" -> GPU_WITHOUT_F16;
                    default -> GPU;
                };
        List<String> left = new java.util.ArrayList<>(List.of(list.split(",", -1)));
        while (!left.isEmpty()) {
            String[] paths =
                    left.stream().map(label -> Dtype.of(label).file("model")).toArray(String[]::new);
            assertThat(auto(TestRepos.of(paths), LLAMA_CONFIG, capabilities)).isEqualTo(left.get(0));
            left.remove(0);
        }
    }

    @Test
    void keepsTheInputsOfAnEncoderDecoderPrecise() {
        RepoListing florence = TestRepos.published(TestRepos.FLORENCE);
        assertThat(dtypes(florence, TestRepos.FLORENCE_CONFIG, GPU)).containsExactly("fp16", "fp16", "fp16", "q4f16");
        assertThat(dtypes(florence, TestRepos.FLORENCE_CONFIG, GPU_WITHOUT_F16))
                .containsExactly("fp32", "fp32", "fp32", "q4");
        assertThat(dtypes(florence, TestRepos.FLORENCE_CONFIG, CPU)).containsExactly("fp32", "fp32", "fp32", "q4");
        assertThat(dtypes(florence, TestRepos.FLORENCE_CONFIG, WASM)).containsExactly("fp32", "fp32", "fp32", "q8");
        RepoListing whisper = TestRepos.published(TestRepos.WHISPER);
        assertThat(dtypes(whisper, TestRepos.WHISPER_CONFIG, GPU)).containsExactly("fp16", "q4f16");
        assertThat(dtypes(whisper, TestRepos.WHISPER_CONFIG, CPU)).containsExactly("fp32", "q4");
    }

    @Test
    void fallsToLowerDtypesForAPreciseModuleRatherThanFailing() {
        RepoListing listing =
                TestRepos.of("onnx/encoder_model_quantized.onnx", "onnx/decoder_model_merged_quantized.onnx");
        DtypePlan plan = DtypePlanner.plan(listing, TestRepos.WHISPER_CONFIG, DtypeSpec.AUTO, "auto", CPU);
        assertThat(plan.module("encoder_model").dtype()).isEqualTo(Dtype.Q8);
        assertThat(plan.warnings())
                .containsExactly("encoder_model: only q8 can run here, lower than what this module should have (fp16 or"
                        + " fp32)");
    }

    @Test
    void plansEncodersOfTexts() {
        assertThat(auto(TestRepos.published("Xenova/all-MiniLM-L6-v2"), TestRepos.BERT_CONFIG, WASM))
                .isEqualTo("q8");
        DtypePlan plan = DtypePlanner.plan(
                TestRepos.published("sentence-transformers/all-MiniLM-L6-v2"),
                TestRepos.BERT_CONFIG,
                DtypeSpec.AUTO,
                "cpu",
                CPU);
        assertThat(plan.module("model").graph().path()).isEqualTo("onnx/model.onnx");
        assertThat(plan.module("model").reason())
                .isEqualTo("fp32: first of the server CPU's list that exists and can run; q4 skipped: not in the"
                        + " repository; q8 skipped: not in the repository; int8 skipped: not in the repository; uint8"
                        + " skipped: not in the repository");
        assertThat(plan.kvCacheDtype()).isNull();
    }

    @Test
    void plansTheEmbeddedModels() {
        DtypePlan smol = DtypePlanner.plan(
                TestRepos.bundled("SmolLM2-135M-Instruct"),
                TestRepos.bundledConfig("SmolLM2-135M-Instruct"),
                DtypeSpec.AUTO,
                "auto",
                CPU);
        assertThat(smol.module("model").files().stream().map(PlannedFile::fileName))
                .containsExactly("model_q4.onnx", "model_q4.onnx_data", "model_q4.onnx_data_1");
        assertThat(smol.totalBytes()).isEqualTo(216_600 + 50_010_624 + 49_994_496);
        assertThat(smol.module("model").reason()).isEqualTo("q4: first of the server CPU's list");
        RepoListing tiny = TestRepos.bundled("tiny-chat");
        ModelConfig config = TestRepos.bundledConfig("tiny-chat");
        for (String label : List.of("fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4")) {
            DtypePlan plan = DtypePlanner.plan(tiny, config, DtypeSpec.of(label), "cpu", CPU);
            assertThat(plan.module("model").dtype().label()).isEqualTo(label);
        }
        assertThat(auto(tiny, config, WASM)).isEqualTo("q8");
    }

    @Test
    void notesTheOldBooleanAndASoftwareAdapter() {
        DeviceCapabilities software = DeviceCapabilities.webgpu(false, true, "SwiftShader", 1 << 30, 1 << 30, 0);
        DtypePlan plan = DtypePlanner.plan(
                TestRepos.published(TestRepos.QWEN),
                TestRepos.QWEN_CONFIG,
                DtypeSpec.ofQuantized(true),
                "webgpu",
                software);
        assertThat(plan.module("model").dtype()).isEqualTo(Dtype.Q8);
        assertThat(plan.notes()).containsExactly("quantized: true is deprecated and was read as dtype: \"q8\"");
        assertThat(plan.warnings())
                .containsExactly(
                        "the WebGPU adapter SwiftShader is drawn by the CPU: right, but much slower than a GPU, and slower"
                                + " than wasm or a server",
                        "model: q8 runs partly on the CPU under WebGPU, because its integer kernels are missing there");
    }

    @Test
    void runsOnAnotherDeviceOfThePlaceWhereAsked() {
        DtypePlan plan = DtypePlanner.plan(
                TestRepos.published(TestRepos.QWEN), TestRepos.QWEN_CONFIG, DtypeSpec.AUTO, "wasm", GPU);
        assertThat(plan.device()).isEqualTo(Device.WASM);
        assertThat(plan.module("model").dtype()).isEqualTo(Dtype.Q8);
        assertThat(plan.module("model").device()).isEqualTo(Device.WASM);
    }

    @Test
    void crossesToThePageAsJson() {
        ModelConfig config = TestRepos.llama(
                "{\"kv_cache_dtype\":\"float16\",\"free_dimension_overrides\":{\"batch_size\":1},\"device\":\"webnn\"}");
        DtypePlan plan = DtypePlanner.plan(TestRepos.published(TestRepos.SMOL_1_7B), config, DtypeSpec.AUTO, null, GPU);
        assertThat(plan.notes()).isNotEmpty();
        String json = JsonWriter.write(plan.toJson());
        assertThat(DtypePlan.ofJson(Json.parse(json, "plan"))).isEqualTo(plan);
        assertThat(json).startsWith("{\"repo\":\"HuggingFaceTB/SmolLM2-1.7B-Instruct\",\"commit\":");
    }

    private static String auto(RepoListing listing, ModelConfig config, DeviceCapabilities capabilities) {
        return dtypes(listing, config, capabilities).get(0);
    }

    private static List<String> dtypes(RepoListing listing, ModelConfig config, DeviceCapabilities capabilities) {
        DtypePlan plan = DtypePlanner.plan(listing, config, DtypeSpec.AUTO, "auto", capabilities);
        return plan.modules().stream().map(module -> module.dtype().label()).toList();
    }
}
