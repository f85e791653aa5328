package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static samovar.dtype.TestRepos.CPU;
import static samovar.dtype.TestRepos.GPU;
import static samovar.dtype.TestRepos.GPU_WITHOUT_F16;
import static samovar.dtype.TestRepos.LLAMA_CONFIG;
import static samovar.dtype.TestRepos.WASM;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.hub.RepoListing;
import samovar.json.Json;
import samovar.json.JsonWriter;

class DtypePlanFaultsTest {
    private static final RepoListing QWEN = TestRepos.published(TestRepos.QWEN);
    private static final RepoListing Q4_ONLY = TestRepos.of("onnx/model_q4.onnx=786000000");

    @Test
    void anUnknownDtypeListsTheValidOnes() {
        PlanFault fault = only(QWEN, LLAMA_CONFIG, DtypeSpec.of("q5"), "cpu", CPU);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.UNKNOWN_DTYPE);
        assertThat(fault.asked()).isEqualTo("q5");
        assertThat(fault.allowed()).contains("q4", "auto");
        assertThat(fault.message())
                .isEqualTo("unknown dtype \"q5\"; valid: fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2, q2f16, q1,"
                        + " q1f16, auto");
    }

    @Test
    void anUnknownDtypeForAllModulesIsReportedOnce() {
        assertThat(faults(
                        TestRepos.published(TestRepos.FLORENCE),
                        TestRepos.FLORENCE_CONFIG,
                        DtypeSpec.of("fp8"),
                        "cpu",
                        CPU))
                .hasSize(1);
    }

    @Test
    void anUnknownModuleListsTheModelsModules() {
        PlanFault fault = only(QWEN, LLAMA_CONFIG, DtypeSpec.of(Map.of("decoder", "q4")), "cpu", CPU);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.UNKNOWN_MODULE);
        assertThat(fault.module()).isEqualTo("decoder");
        assertThat(fault.message()).isEqualTo("unknown module \"decoder\"; this model has: model");
    }

    @Test
    void aMissingFileSaysWhatExistsWithSizes() {
        PlanFault fault = only(Q4_ONLY, LLAMA_CONFIG, DtypeSpec.of("q8"), "cpu", CPU);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.FILE_MISSING);
        assertThat(fault.allowed()).containsExactly("q4");
        assertThat(fault.message())
                .isEqualTo("model: q8 needs onnx/model_quantized.onnx, which test/model lacks; it has q4 (786 MB)");
    }

    @Test
    void quantizedIsNotTakenForInt8NorTheOtherWayRound() {
        assertThat(only(
                                TestRepos.of("onnx/model_int8.onnx=1000000"),
                                LLAMA_CONFIG,
                                DtypeSpec.ofQuantized(true),
                                "cpu",
                                CPU)
                        .message())
                .isEqualTo("model: q8 needs onnx/model_quantized.onnx, which test/model lacks; it has int8 (1.0 MB)");
        assertThat(only(TestRepos.of("onnx/model_quantized.onnx"), LLAMA_CONFIG, DtypeSpec.of("int8"), "cpu", CPU)
                        .message())
                .isEqualTo("model: int8 needs onnx/model_int8.onnx, which test/model lacks; it has q8 (25 bytes)");
    }

    @Test
    void aRepositoryWithOtherGraphsOrNoneSaysSo() {
        RepoListing split = TestRepos.of("onnx/decoder_model.onnx", "onnx/encoder_model.onnx");
        assertThat(only(split, TestRepos.WHISPER_CONFIG, DtypeSpec.of("fp32"), "cpu", CPU)
                        .message())
                .isEqualTo(
                        "decoder_model_merged: fp32 needs onnx/decoder_model_merged.onnx, which test/model lacks; it has"
                                + " nothing for this module; its ONNX files are onnx/decoder_model.onnx, onnx/encoder_model.onnx");
        assertThat(only(TestRepos.of("model.safetensors"), LLAMA_CONFIG, DtypeSpec.of("q4"), "cpu", CPU)
                        .message())
                .isEqualTo(
                        "model: q4 needs onnx/model_q4.onnx, which test/model lacks; it has nothing for this module and"
                                + " no ONNX file at all; look for a converted repository, for example under onnx-community/");
    }

    @Test
    void missingExternalDataNamesTheFiles() {
        ModelConfig config = TestRepos.llama("{\"use_external_data_format\":{\"model_q4.onnx\":3}}");
        RepoListing listing =
                TestRepos.of("onnx/model_q4.onnx", "onnx/model_q4.onnx_data", "onnx/model_int8.onnx=9000");
        PlanFault fault = only(listing, config, DtypeSpec.of("q4"), "cpu", CPU);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.EXTERNAL_DATA_MISSING);
        assertThat(fault.message())
                .isEqualTo(
                        "model: q4 needs the external data onnx/model_q4.onnx_data_1, onnx/model_q4.onnx_data_2, which"
                                + " transformers.js_config speaks of and test/model lacks; whole are int8 (9.0 kB)");
    }

    @Test
    void sixteenBitFloatsNeedTheAdaptersFeature() {
        PlanFault fault = only(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4f16"), "webgpu", GPU_WITHOUT_F16);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.NEEDS_SHADER_F16);
        assertThat(fault.allowed()).containsExactly("fp32", "q8", "int8", "uint8", "q4", "bnb4");
        assertThat(fault.message())
                .isEqualTo("model: q4f16 needs the WebGPU feature shader-f16, which this adapter (test adapter) lacks;"
                        + " without it run fp32, q8, int8, uint8, q4, bnb4");
        assertThat(DtypePlanner.plan(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4f16"), "webgpu", GPU)
                        .module("model")
                        .dtype())
                .isEqualTo(Dtype.Q4F16);
        assertThat(DtypePlanner.plan(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4f16"), "cpu", CPU)
                        .module("model")
                        .dtype())
                .isEqualTo(Dtype.Q4F16);
    }

    @Test
    void aDeviceThatIsNotOfferedListsThoseThatAre() {
        PlanFault webgpu = only(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4"), "webgpu", CPU);
        assertThat(webgpu.kind()).isEqualTo(PlanFault.Kind.DEVICE_NOT_OFFERED);
        assertThat(webgpu.allowed()).containsExactly("cpu", "auto");
        assertThat(webgpu.message()).isEqualTo("device \"webgpu\" is not offered here; allowed: cpu, auto");
        assertThat(only(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4"), "gpu", GPU).message())
                .isEqualTo("unknown device \"gpu\"; allowed: webgpu, wasm, auto");
    }

    @Test
    void allFaultsOfARequestAreReportedAtOnce() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("embed_tokens", "fp61");
        asked.put("vision_encoder", "q4f16");
        asked.put("encoder_model", "q2");
        asked.put("decoder", "q4");
        DtypePlanException refusal = refusal(
                TestRepos.published(TestRepos.FLORENCE),
                TestRepos.FLORENCE_CONFIG,
                DtypeSpec.of(asked),
                "cpu",
                GPU_WITHOUT_F16);
        assertThat(refusal.faults())
                .extracting(PlanFault::kind)
                .containsExactly(
                        PlanFault.Kind.DEVICE_NOT_OFFERED,
                        PlanFault.Kind.UNKNOWN_DTYPE,
                        PlanFault.Kind.UNKNOWN_MODULE,
                        PlanFault.Kind.NEEDS_SHADER_F16,
                        PlanFault.Kind.FILE_MISSING);
        assertThat(refusal.getMessage().split("\n", -1))
                .hasSize(5)
                .startsWith(
                        "device \"cpu\" is not offered here; allowed: webgpu, wasm, auto",
                        "embed_tokens: unknown dtype \"fp61\"; valid: fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4, q2,"
                                + " q2f16, q1, q1f16, auto",
                        "unknown module \"decoder\"; this model has: embed_tokens, vision_encoder, encoder_model,"
                                + " decoder_model_merged");
    }

    @Test
    void aFileThatLacksAndAFeatureThatLacksAreBothSaid() {
        assertThat(faults(Q4_ONLY, LLAMA_CONFIG, DtypeSpec.of("fp16"), "webgpu", GPU_WITHOUT_F16))
                .extracting(PlanFault::kind)
                .containsExactly(PlanFault.Kind.FILE_MISSING, PlanFault.Kind.NEEDS_SHADER_F16);
    }

    @Test
    void weightsThatDoNotFitIntoMemoryNameSmallerOnes() {
        PlanFault fault =
                only(QWEN, TestRepos.QWEN_CONFIG, DtypeSpec.of("fp32"), "cpu", DeviceCapabilities.cpu(1_000_000_000));
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.TOO_LARGE);
        assertThat(fault.allowed()).containsExactly("fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4");
        assertThat(fault.message())
                .isEqualTo(
                        "model: fp32 is too large for cpu here: it takes 2.0 GB, there is memory for 1.0 GB; smaller are"
                                + " fp16, q8, int8, uint8, q4, q4f16, bnb4");
    }

    @Test
    void modulesThatFitOnlyOneByOneDoNotFitTogether() {
        PlanFault fault = only(
                TestRepos.published(TestRepos.FLORENCE),
                TestRepos.FLORENCE_CONFIG,
                DtypeSpec.of("fp32"),
                "cpu",
                DeviceCapabilities.cpu(500_000_000));
        assertThat(fault.module()).isEmpty();
        assertThat(fault.message())
                .isEqualTo(
                        "all modules together take 1.1 GB, and cpu here has memory for 500 MB; ask for smaller dtypes, or"
                                + " another place");
    }

    @Test
    void anEmbeddingTableLargerThanABufferIsRefusedAndOneLargerThanABindingIsWarnedOf() {
        DeviceCapabilities small = DeviceCapabilities.webgpu(true, false, "small", 500_000_000, 128_000_000, 0);
        PlanFault fault = only(QWEN, TestRepos.QWEN_CONFIG, DtypeSpec.of("fp32"), "webgpu", small);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.TOO_LARGE);
        assertThat(fault.message())
                .startsWith(
                        "model: fp32 is too large for webgpu here: its embedding table takes 545 MB, one buffer of this"
                                + " adapter holds 500 MB; smaller are fp16, ");
        DtypePlan plan = DtypePlanner.plan(QWEN, TestRepos.QWEN_CONFIG, DtypeSpec.of("fp16"), "webgpu", small);
        assertThat(plan.warnings())
                .containsExactly("model: the embedding table is larger than what this adapter binds at once (128 MB);"
                        + " opening it may fail");
    }

    @Test
    void aGraphOfTwoGibibytesIsRefusedEverywhereAndFourInWebAssembly() {
        RepoListing graph = TestRepos.of("onnx/model.onnx=2147483648");
        assertThat(only(graph, LLAMA_CONFIG, DtypeSpec.of("fp32"), "cpu", CPU).message())
                .isEqualTo("model: fp32 is too large for cpu here: its graph takes 2.1 GB, a graph may have 2.1 GB; the"
                        + " repository has nothing smaller");
        PlanFault wasm =
                only(TestRepos.published(TestRepos.SMOL_1_7B), LLAMA_CONFIG, DtypeSpec.of("fp32"), "wasm", WASM);
        assertThat(wasm.message())
                .startsWith("model: fp32 is too large for wasm here: it takes 6.8 GB, WebAssembly can hold 4.3 GB; ");
    }

    @Test
    void whereNothingOfTheListRunsTheReasonsAndWhatToAskForAreSaid() {
        RepoListing listing = TestRepos.of("onnx/model_bnb4.onnx=5000", "onnx/model_q4f16.onnx=4000");
        PlanFault fault = only(listing, LLAMA_CONFIG, DtypeSpec.AUTO, "auto", GPU_WITHOUT_F16);
        assertThat(fault.kind()).isEqualTo(PlanFault.Kind.NOTHING_RUNS);
        assertThat(fault.allowed()).containsExactly("bnb4");
        assertThat(fault.message())
                .isEqualTo(
                        "model: nothing of the list for WebGPU without shader-f16 can run on webgpu here: q4 skipped: not"
                                + " in the repository; fp32 skipped: not in the repository; q8 skipped: not in the repository; the"
                                + " repository has q4f16 (4.0 kB), bnb4 (5.0 kB); ask by name for bnb4");
    }

    @Test
    void thePlansOwnModulesAreListedForAnotherName() {
        DtypePlan plan = DtypePlanner.plan(QWEN, LLAMA_CONFIG, DtypeSpec.AUTO, "auto", CPU);
        assertThatThrownBy(() -> plan.module("decoder_model_merged"))
                .hasMessage("unknown module \"decoder_model_merged\"; this model has: model");
    }

    @Test
    void faultsCrossToThePageAsJson() {
        PlanFault fault = only(QWEN, LLAMA_CONFIG, DtypeSpec.of("q4"), "webgpu", CPU);
        assertThat(PlanFault.ofJson(Json.parse(JsonWriter.write(fault.toJson()), "fault")))
                .isEqualTo(fault);
        assertThatThrownBy(() -> PlanFault.ofJson(Json.parse("{\"kind\":\"ODD\"}", "fault")))
                .hasMessage("fault: $.kind: no kind of plan fault");
    }

    private static PlanFault only(
            RepoListing listing, ModelConfig config, DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        List<PlanFault> faults = faults(listing, config, spec, device, capabilities);
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    private static List<PlanFault> faults(
            RepoListing listing, ModelConfig config, DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        return refusal(listing, config, spec, device, capabilities).faults();
    }

    private static DtypePlanException refusal(
            RepoListing listing, ModelConfig config, DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        DtypePlanException refusal = catchThrowableOfType(
                DtypePlanException.class, () -> DtypePlanner.plan(listing, config, spec, device, capabilities));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
