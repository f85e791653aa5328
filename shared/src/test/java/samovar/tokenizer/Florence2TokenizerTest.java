package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.json.Json;

class Florence2TokenizerTest {
    private static final Tokenizer TOKENIZER = TestTokenizers.bundled("Florence-2-tiny-shapes");
    private static final Json GOLDEN = TestTokenizers.golden("florence/tokenizer.json");

    @Test
    void idsAndTextsAreTheReferences() {
        List<Json> cases = GOLDEN.get("encode").elements();
        assertThat(cases).hasSize(70);
        for (Json golden : cases) {
            String text = golden.get("text").asString();
            int[] ids = TestTokenizers.ids(golden.get("ids"));
            assertThat(TOKENIZER.encode(text, true)).as(text).isEqualTo(ids);
            assertThat(TOKENIZER.encode(text, false))
                    .as(text)
                    .isEqualTo(TestTokenizers.ids(golden.get("ids_without_specials")));
            assertThat(TOKENIZER.batchDecode(List.of(ids, ids), false))
                    .containsOnly(golden.get("decoded").asString());
            assertThat(TOKENIZER.decode(ids, true))
                    .isEqualTo(golden.get("decoded_skip_special").asString());
        }
    }

    @Test
    void anyIdsAreDecodedAsTheReferenceDoes() {
        List<Json> cases = GOLDEN.get("decode").elements();
        assertThat(cases).hasSize(9);
        for (Json golden : cases) {
            int[] ids = TestTokenizers.ids(golden.get("ids"));
            assertThat(TOKENIZER.decode(ids, false))
                    .isEqualTo(golden.get("decoded").asString());
            assertThat(TOKENIZER.decode(ids, true))
                    .isEqualTo(golden.get("decoded_skip_special").asString());
        }
    }

    @Test
    void severalTextsAreEncodedOneByOne() {
        for (Json golden : GOLDEN.get("padded_batch").elements()) {
            List<int[]> ids = TOKENIZER.encode(golden.get("texts").listOf(Json::asString));
            List<Json> masks = golden.get("attention_mask").elements();
            assertThat(ids).hasSameSizeAs(masks);
            for (int i = 0; i < ids.size(); i++) {
                int[] padded = TestTokenizers.ids(golden.get("input_ids").get(i));
                int[] mask = TestTokenizers.ids(masks.get(i));
                int length = java.util.Arrays.stream(mask).sum();
                assertThat(ids.get(i)).isEqualTo(java.util.Arrays.copyOf(padded, length));
            }
        }
    }

    @Test
    void anAnswersFrameCanBeLeftOutWithoutItsLocations() {
        StreamDecoder words = TOKENIZER.streamDecoderWithout(0, 1, 2);
        StringBuilder text = new StringBuilder();
        for (int id : new int[] {2, 0, 458, 270, 1510, 566, 2}) {
            text.append(words.add(id));
        }
        assertThat(text.append(words.finish())).hasToString("Locate the<loc_6> objects");
    }
}
