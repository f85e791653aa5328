package samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.json.JsonException;

class ModelConfigTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model_type":"llama"}                                            | DECODER_ONLY
                    {"model_type":"qwen2","architectures":["Qwen2ForCausalLM"]}       | DECODER_ONLY
                    {"model_type":"qwen3","architectures":["Qwen3ForCausalLM"]}       | DECODER_ONLY
                    {"model_type":"nextgen","architectures":["NextgenForCausalLM"]}   | DECODER_ONLY
                    {"architectures":["NamelessForCausalLM"]}                         | DECODER_ONLY
                    {"model_type":"t5"}                                               | ENCODER_DECODER
                    {"model_type":"marian","architectures":["MarianMTModel"]}         | ENCODER_DECODER
                    {"model_type":"bart","architectures":["BartForSequenceClassification"]} | ENCODER_ONLY
                    {"model_type":"qwen2","architectures":["Qwen2ForTokenClassification"]}  | ENCODER_ONLY
                    {"model_type":"florence2"}                                        | FLORENCE_2
                    {"model_type":"whisper","architectures":["WhisperForConditionalGeneration"]} | WHISPER
                    {"model_type":"bert","architectures":["BertModel"]}               | ENCODER_ONLY
                    """)
    void tellsTheFamily(String config, ModelFamily family) {
        assertThat(ModelConfig.parse(config).family()).isEqualTo(family);
    }

    @Test
    void namesAnUnsupportedTypeAndListsTheFamilies() {
        assertThatThrownBy(() -> ModelConfig.parse(
                        "{\"model_type\":\"sam\",\"architectures\":[\"SamModel\"],\"vision_config\":{}}"))
                .isInstanceOfSatisfying(ConfigException.class, e -> {
                    assertThat(e.asked()).isEqualTo("sam");
                    assertThat(e.allowed()).contains("llama", "florence2", "whisper", "t5", "bert");
                })
                .hasMessage(
                        "config.json: $.model_type: the model type \"sam\", architecture SamModel, is not supported;"
                                + " supported families: decoder-only (llama, qwen2, qwen3, gemma2, phi3, …), encoder-decoder (t5,"
                                + " bart, marian, …), florence-2 (florence2), whisper (whisper), encoder-only (bert, roberta, mpnet,"
                                + " …)");
    }

    @Test
    void doesNotTakeAModelThatSeesForALanguageModel() {
        assertThatThrownBy(() -> ModelConfig.parse(
                        "{\"model_type\":\"seer\",\"architectures\":[\"SeerForCausalLM\"],\"vision_config\":{}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"seer\"");
    }

    @Test
    void readsTheNumbersOfTheEmbeddedModels() throws Exception {
        ModelConfig smol = bundled("SmolLM2-135M-Instruct");
        assertThat(smol.layers()).isEqualTo(30);
        assertThat(smol.kvHeads()).isEqualTo(3);
        assertThat(smol.headDim()).isEqualTo(64);
        assertThat(smol.vocabSize()).isEqualTo(49152);
        assertThat(smol.maxPositions()).hasValue(8192);
        assertThat(smol.eosTokenIds()).containsExactly(2);
        ModelConfig tiny = bundled("tiny-chat");
        assertThat(tiny.headDim()).as("128 wide, 4 heads").isEqualTo(32);
        assertThat(tiny.family()).isEqualTo(ModelFamily.DECODER_ONLY);
    }

    @Test
    void readsTheDecodersNumbersOfAnEncoderDecoderAndOfAWrappedModel() {
        ModelConfig florence = ModelConfig.parse("""
                {"model_type":"florence2","eos_token_id":2,"text_config":{"decoder_layers":6,"encoder_layers":5,
                 "decoder_attention_heads":12,"d_model":768,"vocab_size":51289,"num_hidden_layers":5,
                 "decoder_start_token_id":2}}""");
        assertThat(florence.layers()).isEqualTo(6);
        assertThat(florence.kvHeads()).isEqualTo(12);
        assertThat(florence.headDim()).isEqualTo(64);
        assertThat(florence.vocabSize()).isEqualTo(51289);
        assertThat(florence.eosTokenIds()).containsExactly(2);
        assertThat(florence.decoderStartTokenId()).hasValue(2);
        ModelConfig gpt2 = ModelConfig.parse(
                "{\"model_type\":\"gpt2\",\"n_layer\":12,\"n_head\":12,\"n_embd\":768,\"n_positions\":1024}");
        assertThat(gpt2.layers()).isEqualTo(12);
        assertThat(gpt2.headDim()).isEqualTo(64);
        assertThat(gpt2.maxPositions()).hasValue(1024);
        assertThat(gpt2.eosTokenIds()).isEmpty();
        assertThat(gpt2.bosTokenId()).isEmpty();
    }

    @Test
    void namesTheKeysItLookedForWhereANumberIsMissing() {
        ModelConfig config =
                ModelConfig.parse("{\"model_type\":\"llama\",\"hidden_size\":10,\"num_attention_heads\":3}");
        assertThatThrownBy(config::vocabSize)
                .isInstanceOf(ConfigException.class)
                .hasMessage("config.json: $: needs one of vocab_size for the model type llama");
        assertThatThrownBy(config::headDim)
                .isInstanceOf(JsonException.class)
                .hasMessage("config.json: $: hidden size 10 does not divide into 3 attention heads");
        assertThatThrownBy(() -> ModelConfig.parse("{\"model_type\":7}"))
                .hasMessage("config.json: $.model_type: expected a string, found 7");
    }

    @Test
    void labelsOfFamiliesAreReadBack() {
        for (ModelFamily family : ModelFamily.values()) {
            assertThat(ModelFamily.of(family.label())).isEqualTo(family);
        }
        assertThatThrownBy(() -> ModelFamily.of("decoder"))
                .hasMessage(
                        "unknown model family \"decoder\"; known: decoder-only, encoder-decoder, florence-2, whisper,"
                                + " encoder-only");
    }

    private static ModelConfig bundled(String name) throws Exception {
        return ModelConfig.parse(Files.readString(Path.of("..", "models", "bundled", name, "config.json")));
    }
}
