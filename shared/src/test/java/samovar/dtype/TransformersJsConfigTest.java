package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static samovar.dtype.TestRepos.CPU;
import static samovar.dtype.TestRepos.GPU;
import static samovar.dtype.TestRepos.GPU_WITHOUT_F16;
import static samovar.dtype.TestRepos.WASM;

import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.hub.RepoListing;

class TransformersJsConfigTest {
    private static final RepoListing QWEN = TestRepos.published(TestRepos.QWEN);

    @Test
    void theCallerComesBeforeTheOverlayTheConfigAndTheLists() {
        String config = "{\"dtype\":\"int8\",\"device_config\":{\"webgpu\":{\"dtype\":\"fp16\"}}}";
        assertReason(config, DtypeSpec.of("bnb4"), GPU, "bnb4: asked for, for all modules");
        assertReason(config, DtypeSpec.AUTO, GPU, "fp16: transformers.js_config.device_config.webgpu says so");
        assertReason(config, DtypeSpec.AUTO, WASM, "int8: transformers.js_config says so");
        assertReason("{}", DtypeSpec.AUTO, WASM, "q8: first of the list for WASM");
        assertReason("{\"dtype\":\"auto\"}", DtypeSpec.AUTO, WASM, "q8: first of the list for WASM");
    }

    @Test
    void aMapSpeaksForTheModulesItNames() {
        ModelConfig config = ModelConfig.parse(
                "{\"model_type\":\"whisper\",\"transformers.js_config\":{\"dtype\":{\"encoder_model\":\"int8\"}}}");
        DtypePlan plan = DtypePlanner.plan(TestRepos.published(TestRepos.WHISPER), config, DtypeSpec.AUTO, "auto", CPU);
        assertThat(plan.module("encoder_model").reason()).isEqualTo("int8: transformers.js_config says so");
        assertThat(plan.module("decoder_model_merged").reason()).isEqualTo("q4: first of the server CPU's list");
    }

    @Test
    void aDtypeThatThisPlaceCannotHaveIsNotedAndTheListDecides() {
        assertNote(
                "{\"dtype\":\"q5\"}",
                CPU,
                "q4",
                "model: transformers.js_config says \"q5\", which is no dtype; the" + " default list decides");
        assertNote(
                "{\"dtype\":\"q2\"}",
                CPU,
                "q4",
                "model: transformers.js_config says q2, but not in the repository; the" + " default list decides");
        assertNote(
                "{\"device_config\":{\"webgpu\":{\"dtype\":\"q4f16\"}}}",
                GPU_WITHOUT_F16,
                "q4",
                "model: transformers.js_config.device_config.webgpu says q4f16, but needs shader-f16, which this adapter"
                        + " lacks; the default list decides");
        assertNote(
                "{\"dtype\":\"fp32\"}",
                DeviceCapabilities.cpu(1_000_000_000),
                "q4",
                "model: transformers.js_config says fp32, but too large here (2.0 GB); the default list decides");
    }

    @Test
    void aPreferredDeviceIsTakenWhereItIsOffered() {
        assertThat(plan(QWEN, "{\"device\":\"wasm\"}", DtypeSpec.AUTO, "auto", GPU)
                        .device())
                .isEqualTo(Device.WASM);
        assertThat(plan(QWEN, "{\"device\":\"wasm\"}", DtypeSpec.AUTO, "webgpu", GPU)
                        .device())
                .isEqualTo(Device.WEBGPU);
        DtypePlan server = plan(QWEN, "{\"device\":\"webgpu\"}", DtypeSpec.AUTO, "auto", CPU);
        assertThat(server.device()).isEqualTo(Device.CPU);
        assertThat(server.notes())
                .containsExactly(
                        "transformers.js_config prefers the device webgpu, which is not offered here; cpu instead");
        assertThat(plan(QWEN, "{\"device\":{\"model\":\"wasm\"}}", DtypeSpec.AUTO, "auto", GPU)
                        .notes())
                .containsExactly("transformers.js_config names a device for each module; all run on webgpu");
    }

    @Test
    void externalDataIsCountedByBooleanNumberFileNameAndBaseName() {
        RepoListing listing = TestRepos.of(
                "onnx/model.onnx",
                "onnx/model.onnx_data",
                "onnx/model_q4.onnx",
                "onnx/model_q4.onnx_data",
                "onnx/model_q4.onnx_data_1",
                "onnx/model_q4.onnx_data_2");
        assertFiles(listing, "true", "q4", 2);
        assertFiles(listing, "1", "q4", 2);
        assertFiles(listing, "3", "q4", 4);
        assertFiles(listing, "false", "q4", 1);
        assertFiles(listing, "0", "q4", 1);
        assertFiles(listing, "{\"model_q4.onnx\":2}", "q4", 3);
        assertFiles(listing, "{\"model\":2}", "q4", 3);
        assertFiles(listing, "{\"model\":1,\"model_q4.onnx\":3}", "q4", 4);
        assertFiles(listing, "{\"model.onnx\":true}", "fp32", 2);
    }

    @Test
    void dataBesideAGraphIsTakenWhereTheConfigDoesNotSpeakOfIt() {
        RepoListing listing = TestRepos.of(
                "onnx/model_q4.onnx",
                "onnx/model_q4.onnx_data",
                "onnx/model_q4.onnx_data_1",
                "onnx/model_q4.onnx_data_3");
        for (String said : new String[] {"null", "{\"model_fp16.onnx\":1}"}) {
            DtypePlan plan = plan(listing, "{\"use_external_data_format\":" + said + "}", DtypeSpec.AUTO, "auto", CPU);
            assertThat(plan.files().stream().map(PlannedFile::path))
                    .containsExactly("onnx/model_q4.onnx", "onnx/model_q4.onnx_data", "onnx/model_q4.onnx_data_1");
            assertThat(plan.notes())
                    .containsExactly("model: transformers.js_config does not speak of external data for"
                            + " onnx/model_q4.onnx; taken is what lies beside it, 2 files");
        }
    }

    @Test
    void theOverlayReplacesExternalDataForItsDevice() {
        RepoListing listing = TestRepos.of("onnx/model_q4.onnx", "onnx/model_q4.onnx_data");
        String config =
                "{\"use_external_data_format\":true,\"device_config\":{\"cpu\":{\"use_external_data_format\":0}}}";
        assertThat(plan(listing, config, DtypeSpec.AUTO, "auto", CPU).files()).hasSize(1);
        assertThat(plan(listing, config, DtypeSpec.AUTO, "auto", WASM).files()).hasSize(2);
    }

    @Test
    void theKvCachesTypeFollowsTheDecodersDtype() {
        String map = "{\"kv_cache_dtype\":{\"q4f16\":\"float16\",\"fp16\":\"float16\"}}";
        assertThat(plan(QWEN, map, DtypeSpec.of("q4f16"), "auto", GPU).kvCacheDtype())
                .isEqualTo("float16");
        assertThat(plan(QWEN, map, DtypeSpec.of("q4"), "auto", GPU).kvCacheDtype())
                .isEqualTo("float32");
        assertThat(plan(QWEN, "{\"kv_cache_dtype\":\"float16\"}", DtypeSpec.of("q4"), "auto", GPU)
                        .kvCacheDtype())
                .isEqualTo("float16");
        assertThat(plan(QWEN, "{\"kv_cache_dtype\":false}", DtypeSpec.AUTO, "auto", GPU)
                        .kvCacheDtype())
                .isNull();
        assertThat(plan(QWEN, "{}", DtypeSpec.AUTO, "auto", GPU).kvCacheDtype()).isNull();
    }

    @Test
    void freeDimensionsAreHandedOnInTheirOrder() {
        DtypePlan plan = plan(
                QWEN,
                "{\"free_dimension_overrides\":{\"z\":1,\"a\":2},\"device_config\":{\"cpu\":{\"dtype\":\"q8\"}}}",
                DtypeSpec.AUTO,
                "auto",
                CPU);
        assertThat(plan.freeDimensionOverrides()).hasToString("{z=1, a=2}");
    }

    @Test
    void malformedValuesAreFaultsThatNameTheirPlace() {
        assertBad(
                "{\"use_external_data_format\":\"yes\"}",
                "config.json: $.transformers.js_config.use_external_data_format: expected true, false or a number of files"
                        + " from 0 to 100, found yes");
        assertBad(
                "{\"use_external_data_format\":{\"model\":101}}",
                "config.json: $.transformers.js_config.use_external_data_format.model: expected true, false or a number of"
                        + " files from 0 to 100, found 101");
        assertBad(
                "{\"kv_cache_dtype\":\"int8\"}",
                "config.json: $.transformers.js_config.kv_cache_dtype: unknown kv_cache_dtype \"int8\"; valid: float32,"
                        + " float16");
        assertBad("7", "config.json: $.transformers.js_config: expected an object, found 7");
        assertBad(
                "{\"device_config\":\"x\"}",
                "config.json: $.transformers.js_config.device_config: expected an object, found the string \"x\"");
        assertBad(
                "{\"free_dimension_overrides\":{\"a\":\"b\"}}",
                "config.json: $.transformers.js_config.free_dimension_overrides.a: expected an integer, found the string"
                        + " \"b\"");
    }

    private static void assertBad(String config, String message) {
        assertThatThrownBy(() -> plan(QWEN, config, DtypeSpec.AUTO, "auto", CPU))
                .isInstanceOfSatisfying(DtypePlanException.class, e -> assertThat(e.faults())
                        .extracting(PlanFault::kind)
                        .containsExactly(PlanFault.Kind.BAD_CONFIG))
                .hasMessage(message);
    }

    private static void assertFiles(RepoListing listing, String externalData, String dtype, int files) {
        String config = "{\"use_external_data_format\":" + externalData + "}";
        DtypePlan plan = plan(listing, config, DtypeSpec.of(dtype), "auto", CPU);
        assertThat(plan.files()).as(externalData).hasSize(files);
        assertThat(plan.notes()).isEmpty();
    }

    private static void assertReason(String config, DtypeSpec spec, DeviceCapabilities capabilities, String reason) {
        assertThat(plan(QWEN, config, spec, "auto", capabilities)
                        .module("model")
                        .reason())
                .isEqualTo(reason);
    }

    private static void assertNote(String config, DeviceCapabilities capabilities, String dtype, String note) {
        DtypePlan plan = plan(QWEN, config, DtypeSpec.AUTO, "auto", capabilities);
        assertThat(plan.module("model").dtype().label()).isEqualTo(dtype);
        assertThat(plan.notes()).containsExactly(note);
    }

    private static DtypePlan plan(
            RepoListing listing, String config, DtypeSpec spec, String device, DeviceCapabilities capabilities) {
        return DtypePlanner.plan(listing, TestRepos.llama(config), spec, device, capabilities);
    }
}
