package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.json.Json;
import samovar.json.JsonException;

class TokenizerTest {
    private static final String BYTES = "\"pre_tokenizer\":{\"type\":\"ByteLevel\"}";
    private static final String MODEL =
            "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},\"merges\":[\"a b\"]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"normalizer\":{\"type\":\"Precompiled\"}|$.normalizer: normalizer \"Precompiled\": not supported; supported are NFC, NFD",
                "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"X\"}]}|$.normalizer.normalizers[1]: normalizer \"X\": not",
                "\"pre_tokenizer\":{\"type\":\"Metaspace\"}|$.pre_tokenizer: pre_tokenizer \"Metaspace\": not supported; supported are Split",
                "\"pre_tokenizer\":null|$.pre_tokenizer: pre_tokenizer without ByteLevel: only byte-level BPE is supported",
                "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"ByteLevel\"},{\"type\":\"Digits\"}]}|pre_tokenizer \"Digits\" after ByteLevel",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a(?<=b)\"},\"behavior\":\"Isolated\"}|regular expression a(?<=b): the group (?<= at position 3 is not supported; supported are alternatives",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[\\\\p{Han}]\"},\"behavior\":\"Isolated\"}|the property Han",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a&&[b]]\"},\"behavior\":\"Isolated\"}|a set within a set",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a+?\"},\"behavior\":\"Isolated\"}|a lazy or doubled repetition",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\x{zz}\"},\"behavior\":\"Isolated\"}|a malformed escape",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"a*\"},\"behavior\":\"Isolated\"}|matches the empty text",
                "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},\"behavior\":\"Odd\"}|behavior \"Odd\": not known; supported are Removed",
                "\"model\":{\"type\":\"Unigram\",\"vocab\":[]}|$.model: model \"Unigram\": not supported; byte-level BPE is",
                "\"model\":{\"type\":\"BPE\",\"byte_fallback\":true,\"vocab\":{},\"merges\":[]}|byte_fallback",
                "\"model\":{\"type\":\"BPE\",\"dropout\":0.1,\"vocab\":{},\"merges\":[]}|dropout: not supported; supported are null and 0",
                "\"model\":{\"type\":\"BPE\",\"end_of_word_suffix\":\"</w>\",\"vocab\":{},\"merges\":[]}|end_of_word_suffix \"</w>\"",
                "\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a x\"]}|$.model.merges[0]: merge \"a x\": both parts and their union must be in the vocabulary",
                "\"post_processor\":{\"type\":\"Odd\"}|$.post_processor: post_processor \"Odd\": not supported; supported are ByteLevel, TemplateProcessing",
                "\"decoder\":{\"type\":\"WordPiece\"}|$.decoder: decoder \"WordPiece\": not supported; supported are ByteLevel",
                "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"ByteLevel\"},{\"type\":\"Strip\"}]}|decoder \"Strip\" after ByteLevel or Fuse",
            })
    void refusesWhatItDoesNotDoAndNamesIt(String part, String message) {
        String json = "{" + (part.startsWith("\"pre_tokenizer\"") ? "" : BYTES + ",")
                + (part.startsWith("\"model\"") ? "" : MODEL + ",") + part + "}";
        assertThatThrownBy(() -> TestTokenizers.of(json))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAVocabularyOfAnotherShape() {
        assertThatThrownBy(() -> TestTokenizers.of("{" + BYTES + ",\"model\":{\"vocab\":{\"a\":-1},\"merges\":[]}}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("$.model.vocab: expected ids between 0 and");
        assertThatThrownBy(
                        () -> TestTokenizers.of("{" + BYTES + ",\"model\":{\"vocab\":{\"a\":0},\"merges\":[\"a\"]}}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("$.model.merges[0]: expected a merge");
    }

    @Test
    void knowsTokensByNameAndById() {
        Tokenizer tokenizer = TestTokenizers.qwen3();
        assertThat(tokenizer.vocabularySize()).isEqualTo(151_669);
        assertThat(tokenizer.idOf("<|im_end|>")).isEqualTo(151_645);
        assertThat(tokenizer.isSpecial(151_645)).isTrue();
        assertThat(tokenizer.isSpecial(tokenizer.idOf("<think>"))).isFalse();
        assertThat(tokenizer.isSpecial(-1)).isFalse();
        assertThat(tokenizer.tokenOf(tokenizer.idOf("Ġthe"))).isEqualTo("Ġthe");
        assertThat(tokenizer.idOf("no such token")).isEqualTo(-1);
        assertThat(tokenizer.tokenOf(151_669)).isNull();
        assertThat(tokenizer.tokenOf(-1)).isNull();
        assertThat(tokenizer.decode(new int[] {-1, 999_999}, false)).isEmpty();
    }

    @Test
    void readsSpecialTokensAndTheChatTemplateOfItsConfiguration() {
        Tokenizer tokenizer =
                withConfig("{\"add_bos_token\":true,\"bos_token\":null,\"eos_token\":{\"content\":\"</s>\"},"
                        + "\"pad_token\":\"<p>\",\"chat_template\":\"T\"}");
        assertThat(tokenizer.specialTokens()).isEqualTo(Map.of("eos_token", "</s>", "pad_token", "<p>"));
        assertThat(tokenizer.chatTemplate()).contains("T");
        assertThat(TestTokenizers.tinyChat().specialTokens())
                .isEqualTo(Map.of("eos_token", "<|im_end|>", "pad_token", "<|endoftext|>"));
    }

    @Test
    void takesTheDefaultOfSeveralChatTemplates() {
        String tools = "{\"name\":\"tool_use\",\"template\":\"U\"}";
        assertThat(withConfig("{\"chat_template\":[" + tools + ",{\"name\":\"default\",\"template\":\"D\"}]}")
                        .chatTemplate())
                .contains("D");
        assertThat(withConfig("{\"chat_template\":[" + tools + "]}").chatTemplate())
                .contains("U");
        assertThat(withConfig("{\"chat_template\":[" + tools + "," + tools + "]}")
                        .chatTemplate())
                .isEmpty();
        assertThat(withConfig("{}").chatTemplate()).isEmpty();
        assertThat(withConfig("null").specialTokens()).isEmpty();
    }

    @Test
    void encodesALoneSurrogateAsTheReplacementCharacter() {
        Tokenizer tokenizer = TestTokenizers.tinyChat();
        assertThat(tokenizer.decode(tokenizer.encode("a\ud800b", false), false)).isEqualTo("a\uFFFDb");
        assertThat(tokenizer.decode(tokenizer.encode("\udc00", false), false)).isEqualTo("\uFFFD");
    }

    @Test
    void givesTheSameIdsWhenItsCacheHasSeenMoreWordsThanItHolds() {
        Tokenizer tokenizer = TestTokenizers.smollm2();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            words.append(" w")
                    .append((char) ('a' + i % 26))
                    .append((char) (0x4E00 + i % 9000))
                    .append((char) ('a' + i / 9000));
        }
        int[] first = tokenizer.encode(words.toString(), false);
        assertThat(tokenizer.encode(words.toString(), false)).isEqualTo(first);
        assertThat(tokenizer.decode(first, false)).isEqualTo(words.toString());
    }

    private static Tokenizer withConfig(String config) {
        return Tokenizer.of(
                Json.parse("{" + BYTES + "," + MODEL + "}", "tokenizer.json"),
                Json.parse(config, "tokenizer_config.json"),
                new JdkNormalizer());
    }
}
