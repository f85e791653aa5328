package samovar.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samovar.json.Json;

/** Parts of {@code tokenizer.json} one by one, on random texts; see src/test/python/tokenizer_variants.py. */
class TokenizerVariantsTest {
    private static final Json GOLDEN = TestTokenizers.golden("tokenizer/variants.json");

    @TestFactory
    Stream<DynamicTest> everyVariantEqualsTheReference() {
        return GOLDEN.get("variants").elements().stream()
                .map(variant -> DynamicTest.dynamicTest(
                        variant.get("name").asString(), () -> compare(GOLDEN.get("tokenizer"), variant)));
    }

    @Test
    void theGoldenHoldsManyCases() {
        List<Json> variants = GOLDEN.get("variants").elements();
        assertThat(variants).hasSizeGreaterThan(35);
        assertThat(variants)
                .allSatisfy(variant -> assertThat(variant.get("cases").size()).isGreaterThan(10));
    }

    static void compare(Json base, Json variant) {
        Tokenizer tokenizer = TestTokenizers.of(Json.of(changed(base, variant.get("changes")), "tokenizer.json"));
        for (Json golden : variant.get("cases").elements()) {
            String text = golden.get("text").asString();
            int[] ids = TestTokenizers.ids(golden.get("ids"));
            assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ids);
            assertThat(tokenizer.encode(text, false))
                    .as(text)
                    .isEqualTo(TestTokenizers.ids(golden.get("ids_no_special")));
            compareText(tokenizer, ids, false, golden.get("decoded"));
            compareText(tokenizer, ids, true, golden.get("decoded_skip_special"));
            compareText(tokenizer, TestTokenizers.ids(golden.get("noise")), false, golden.get("noise_decoded"));
        }
    }

    private static void compareText(Tokenizer tokenizer, int[] ids, boolean skip, Json expected) {
        assertThat(tokenizer.decode(ids, skip)).as(expected.path()).isEqualTo(expected.asString());
        assertThat(TestTokenizers.streamed(tokenizer, ids, skip))
                .as(expected.path())
                .isEqualTo(expected.asString());
    }

    /** The members of one object over those of another; those of the model likewise. */
    private static Map<String, Object> changed(Json base, Json changes) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (String key : base.keys()) {
            result.put(key, base.get(key).raw());
        }
        for (String key : changes.keys()) {
            boolean merged = key.equals("model");
            result.put(
                    key,
                    merged
                            ? changed(base.get(key), changes.get(key))
                            : changes.get(key).raw());
        }
        return result;
    }
}
