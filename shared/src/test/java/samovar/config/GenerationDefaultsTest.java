package samovar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import samovar.json.Json;

class GenerationDefaultsTest {
    private static final ModelConfig CONFIG = ModelConfig.parse(
            "{\"model_type\":\"llama\",\"eos_token_id\":[2,7],\"bos_token_id\":1,\"pad_token_id\":0}");

    @Test
    void readsEveryValue() {
        GenerationDefaults defaults = read("""
                {"do_sample":true,"temperature":0.7,"top_k":20,"top_p":0.8,"min_p":0.05,"typical_p":0.9,
                 "repetition_penalty":1.05,"no_repeat_ngram_size":3,"bad_words_ids":[[5],[6,7]],
                 "suppress_tokens":[8],"begin_suppress_tokens":[9,10],"forced_bos_token_id":0,"forced_eos_token_id":2,
                 "num_beams":3,"early_stopping":true,"length_penalty":2,"max_length":20,"max_new_tokens":10,
                 "min_length":1,"min_new_tokens":2,"eos_token_id":[582,580],"pad_token_id":580,"bos_token_id":581,
                 "decoder_start_token_id":4}""");
        assertThat(defaults.doSample()).isTrue();
        assertThat(defaults.temperature()).isEqualTo(0.7);
        assertThat(defaults.topK()).isEqualTo(20);
        assertThat(defaults.topP()).isEqualTo(0.8);
        assertThat(defaults.minP()).isEqualTo(0.05);
        assertThat(defaults.typicalP()).isEqualTo(0.9);
        assertThat(defaults.repetitionPenalty()).isEqualTo(1.05);
        assertThat(defaults.noRepeatNgramSize()).isEqualTo(3);
        assertThat(defaults.badWordsIds()).hasToString("[[5], [6, 7]]");
        assertThat(defaults.suppressTokens()).containsExactly(8);
        assertThat(defaults.beginSuppressTokens()).containsExactly(9, 10);
        assertThat(defaults.forcedBosTokenId()).isZero();
        assertThat(defaults.forcedEosTokenIds()).containsExactly(2);
        assertThat(defaults.numBeams()).isEqualTo(3);
        assertThat(defaults.earlyStopping()).isEqualTo(GenerationDefaults.EarlyStopping.WHEN_FULL);
        assertThat(defaults.lengthPenalty()).isEqualTo(2.0);
        assertThat(defaults.maxLength()).isEqualTo(20);
        assertThat(defaults.maxNewTokens()).isEqualTo(10);
        assertThat(defaults.minLength()).isEqualTo(1);
        assertThat(defaults.minNewTokens()).isEqualTo(2);
        assertThat(defaults.eosTokenIds()).containsExactly(582, 580);
        assertThat(defaults.padTokenId()).isEqualTo(580);
        assertThat(defaults.bosTokenId()).isEqualTo(581);
        assertThat(defaults.decoderStartTokenId()).isEqualTo(4);
    }

    @Test
    void leavesOpenWhatTheFileDoesNotSayAndTakesTheIdsOfTheConfig() {
        GenerationDefaults defaults = read("{\"temperature\":null}");
        assertThat(defaults).isEqualTo(GenerationDefaults.of(CONFIG));
        assertThat(defaults.temperature()).isNull();
        assertThat(defaults.doSample()).isNull();
        assertThat(defaults.earlyStopping()).isNull();
        assertThat(defaults.badWordsIds()).isEmpty();
        assertThat(defaults.eosTokenIds()).containsExactly(2, 7);
        assertThat(defaults.bosTokenId()).isEqualTo(1);
        assertThat(defaults.padTokenId()).isZero();
        assertThat(GenerationDefaults.EMPTY.eosTokenIds()).isEmpty();
    }

    @Test
    void readsTheThreeFormsOfEarlyStopping() {
        assertThat(read("{\"early_stopping\":false}").earlyStopping())
                .isEqualTo(GenerationDefaults.EarlyStopping.WHEN_UNLIKELY_BETTER);
        assertThat(read("{\"early_stopping\":\"never\"}").earlyStopping())
                .isEqualTo(GenerationDefaults.EarlyStopping.NEVER);
        assertThatThrownBy(() -> read("{\"early_stopping\":\"soon\"}"))
                .hasMessage("generation_config.json: $.early_stopping: expected true, false or \"never\"");
    }

    @Test
    void namesThePlaceOfAValueOfTheWrongType() {
        assertThatThrownBy(() -> read("{\"top_k\":\"20\"}"))
                .hasMessage("generation_config.json: $.top_k: expected an integer, found the string \"20\"");
        assertThatThrownBy(() -> read("{\"bad_words_ids\":[[1,\"x\"]]}"))
                .hasMessage(
                        "generation_config.json: $.bad_words_ids[0][1]: expected an integer, found the string \"x\"");
    }

    private static GenerationDefaults read(String text) {
        return GenerationDefaults.of(Json.parse(text, "generation_config.json"), CONFIG);
    }
}
