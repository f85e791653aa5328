package samovar.dtype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.json.JsonWriter;

class AvailableDtypesTest {
    @Test
    void listsTheDtypesOfEachModuleWithTheirSizes() {
        AvailableDtypes florence =
                AvailableDtypes.of(TestRepos.published(TestRepos.FLORENCE), TestRepos.FLORENCE_CONFIG);
        assertThat(florence.modules())
                .containsExactly("embed_tokens", "vision_encoder", "encoder_model", "decoder_model_merged");
        assertThat(florence.dtypes("vision_encoder"))
                .containsExactly(
                        Dtype.FP32, Dtype.FP16, Dtype.Q8, Dtype.INT8, Dtype.UINT8, Dtype.Q4, Dtype.Q4F16, Dtype.BNB4);
        assertThat(florence.sizeBytes("vision_encoder", Dtype.FP16)).isEqualTo(184_000_000);
        assertThat(florence.sizeBytes("vision_encoder", Dtype.Q2)).isZero();
        assertThatThrownBy(() -> florence.dtypes("model"))
                .hasMessage("unknown module \"model\"; this model has: embed_tokens, vision_encoder, encoder_model,"
                        + " decoder_model_merged");
    }

    @Test
    void countsExternalDataAndLeavesOutOtherExports() {
        ModelConfig config =
                TestRepos.llama("{\"use_external_data_format\":{\"model.onnx\":true,\"model_fp16.onnx\":1}}");
        AvailableDtypes smol = AvailableDtypes.of(TestRepos.published(TestRepos.SMOL_1_7B), config);
        assertThat(smol.sizeBytes("model", Dtype.FP32)).isEqualTo(6_844_400_000L);
        AvailableDtypes miniLm = AvailableDtypes.of(
                TestRepos.published("sentence-transformers/all-MiniLM-L6-v2"), TestRepos.BERT_CONFIG);
        assertThat(miniLm.dtypes("model")).containsExactly(Dtype.FP32);
        assertThat(JsonWriter.write(miniLm.toJson())).isEqualTo("{\"model\":{\"fp32\":92000000}}");
    }

    @Test
    void leavesOutWhatIsNotWhole() {
        ModelConfig config = TestRepos.llama("{\"use_external_data_format\":2}");
        AvailableDtypes available = AvailableDtypes.of(
                TestRepos.of(
                        "onnx/model_q4.onnx",
                        "onnx/model_q4.onnx_data",
                        "onnx/model_q4.onnx_data_1",
                        "onnx/model.onnx"),
                config);
        assertThat(available.dtypes("model")).containsExactly(Dtype.Q4);
        assertThat(available.sizeBytes("model", Dtype.FP32)).isZero();
    }
}
