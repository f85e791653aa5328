package samovar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.runtime.RuntimeFault;
import samovar.tensor.ElementType;
import samovar.tensor.Float16;
import samovar.tensor.Tensor;

/**
 * Florence-2 over modules made of arithmetic: an embedding is the token's id, a feature 100 and more, the encoder's state what it was
 * given, and logits mark the sum of the encoder's keys and of all tokens so far.
 */
class Florence2ModelTest {
    private static final int VOCABULARY = 4096;
    private static final ModelConfig CONFIG = ModelConfig.parse(
            "{\"model_type\":\"florence2\",\"text_config\":{\"d_model\":1,\"decoder_layers\":1,\"decoder_attention_heads\":1}}");

    private final ToyModule.Count count = new ToyModule.Count();
    private ElementType featureType = ElementType.FLOAT32;
    private ElementType embedType = ElementType.FLOAT32;
    private ElementType encoderType = ElementType.FLOAT32;
    private ElementType decoderType = ElementType.FLOAT32;
    private String stranger = "";
    private float[] encoded;
    private ToyModule decoder;

    private Florence2Model model() {
        ToyModule embed = new ToyModule(count, feeds -> new Tensor[] {row(embedType, floats(feeds[0]))})
                .in("input_ids", ElementType.INT64, -1, -1)
                .out("inputs_embeds", embedType, -1, -1, 1);
        ToyModule vision = new ToyModule(count, feeds -> new Tensor[] {row(featureType, 100f, 101f)})
                .in("pixel_values", featureType, -1, 3, -1, -1)
                .out("image_features", featureType, -1, -1, 1);
        ToyModule encoder = new ToyModule(count, feeds -> {
                    encoded = floats(feeds[1]);
                    assertThat(feeds[0].longs()).hasSameSizeAs(encoded).containsOnly(1);
                    return new Tensor[] {row(encoderType, encoded)};
                })
                .in("attention_mask", ElementType.INT64, -1, -1)
                .in("inputs_embeds", encoderType, -1, -1, 1)
                .out("last_hidden_state", encoderType, -1, -1, 1);
        decoder = new ToyModule(count, this::decode)
                .in("encoder_attention_mask", ElementType.INT64, -1, -1)
                .in("encoder_hidden_states", decoderType, -1, -1, 1)
                .in("inputs_embeds", decoderType, -1, -1, 1)
                .in("past_key_values.0.decoder.key", decoderType, -1, 1, -1, 1)
                .in("past_key_values.0.encoder.key", decoderType, -1, 1, -1, 1)
                .in("use_cache_branch", ElementType.BOOL, 1)
                .out("logits", ElementType.FLOAT32, -1, -1, VOCABULARY)
                .out("present.0.decoder.key", decoderType, -1, 1, -1, 1)
                .out("present.0.encoder.key", decoderType, -1, 1, -1, 1);
        if (!stranger.isEmpty()) {
            decoder.in(stranger, ElementType.FLOAT32, 1);
        }
        return new Florence2Model(embed, vision, encoder, decoder, CONFIG);
    }

    private Tensor[] decode(Tensor[] feeds) {
        boolean cached = feeds[5].bytes()[0] == 1;
        float[] past = floats(feeds[3]);
        float[] encoderKeys = floats(feeds[4]);
        assertThat(feeds[0].longs()).hasSameSizeAs(floats(feeds[1]));
        if (cached) {
            assertThat(past).as("the branch with a cache").isNotEmpty();
            assertThat(encoderKeys).as("kept from the first run").isEqualTo(floats(feeds[1]));
        } else {
            assertThat(past).isEmpty();
            assertThat(encoderKeys).isEmpty();
            encoderKeys = floats(feeds[1]);
        }
        float[] fresh = floats(feeds[2]);
        float[] all = Arrays.copyOf(past, past.length + fresh.length);
        System.arraycopy(fresh, 0, all, past.length, fresh.length);
        float[] logits = new float[VOCABULARY * fresh.length];
        logits[logits.length - VOCABULARY + (int) (sum(all) + sum(encoderKeys))] = 1;
        return new Tensor[] {
            Tensor.ofFloats(logits, 1, fresh.length, VOCABULARY),
            cache(all),
            // A dummy in the branch with a cache, as real exports have it.
            cached ? cache() : cache(encoderKeys)
        };
    }

    private Tensor cache(float... values) {
        Tensor wide = Tensor.ofFloats(values, 1, 1, values.length, 1);
        return decoderType == ElementType.FLOAT32
                ? wide
                : Tensor.ofHalves(Float16.ofFloats(values), 1, 1, values.length, 1);
    }

    private static Tensor row(ElementType type, float... values) {
        return type == ElementType.FLOAT32
                ? Tensor.ofFloats(values, 1, values.length, 1)
                : Tensor.ofHalves(Float16.ofFloats(values), 1, values.length, 1);
    }

    private static float[] floats(Tensor tensor) {
        if (tensor.type() == ElementType.INT64) {
            float[] floats = new float[tensor.longs().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = tensor.longs()[i];
            }
            return floats;
        }
        return tensor.type() == ElementType.FLOAT16 ? Float16.toFloats(tensor.halves()) : tensor.floats();
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static int chosen(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] == 1) {
                return i;
            }
        }
        return -1;
    }

    private static Florence2Model reading(Florence2Model model) {
        model.read(model.imageFeatures(Tensor.zeros(ElementType.FLOAT32, 1, 3, 2, 2)), new int[] {5, 6, 7});
        return model;
    }

    @Test
    void thePictureComesBeforeThePrompt() {
        Florence2Model model = reading(model());
        assertThat(encoded).containsExactly(100, 101, 5, 6, 7);
        model.close();
        assertThat(count.open).isZero();
    }

    @Test
    void theEncodersKeysOfTheFirstRunAreKept() {
        Florence2Model model = reading(model());
        int seen = 100 + 101 + 5 + 6 + 7;
        assertThat(chosen(model.step(new int[] {2}, 0, 1))).isEqualTo(seen + 2);
        assertThat(chosen(model.step(new int[] {9}, 0, 1))).isEqualTo(seen + 2 + 9);
        assertThat(chosen(model.step(new int[] {1}, 0, 1))).isEqualTo(seen + 2 + 9 + 1);
        assertThat(model.cachedTokens()).isEqualTo(3);
        model.rollBack(0);
        assertThat(model.cachedTokens()).isZero();
        assertThat(chosen(model.step(new int[] {3}, 0, 1))).isEqualTo(seen + 3);
        model.close();
        assertThat(count.open).isZero();
    }

    @Test
    void sequencesForkAndEndWithoutTouchingOneAnother() {
        Florence2Model model = reading(model());
        int seen = 100 + 101 + 5 + 6 + 7;
        assertThat(chosen(model.begin(new int[] {2}))).isEqualTo(seen + 2);
        model.advance(new int[] {0, 0}, new int[] {10, 20});
        float[][] rows = model.advance(new int[] {1, 1, 0}, new int[] {300, 400, 500});
        assertThat(rows).hasDimensions(3, VOCABULARY);
        assertThat(chosen(rows[0])).isEqualTo(seen + 2 + 20 + 300);
        assertThat(chosen(rows[1])).isEqualTo(seen + 2 + 20 + 400);
        assertThat(chosen(rows[2])).isEqualTo(seen + 2 + 10 + 500);
        assertThat(decoder.runs).isEqualTo(1 + 2 + 3);
        model.clear();
        assertThat(chosen(model.begin(new int[] {4}))).isEqualTo(seen + 4);
        model.close();
        assertThat(count.open).isZero();
    }

    @Test
    void modulesOfDifferentPrecisionAreJoined() {
        for (int mix = 0; mix < 16; mix++) {
            featureType = type(mix, 0);
            embedType = type(mix, 1);
            encoderType = type(mix, 2);
            decoderType = type(mix, 3);
            Florence2Model model = reading(model());
            assertThat(encoded).containsExactly(100, 101, 5, 6, 7);
            assertThat(chosen(model.step(new int[] {2}, 0, 1))).isEqualTo(221);
            assertThat(chosen(model.step(new int[] {9}, 0, 1))).isEqualTo(230);
            model.close();
            assertThat(count.open).as("mix " + mix).isZero();
        }
    }

    private static ElementType type(int mix, int bit) {
        return (mix >> bit & 1) == 0 ? ElementType.FLOAT32 : ElementType.FLOAT16;
    }

    @Test
    void anotherPictureIsAnotherStart() {
        Florence2Model model = reading(model());
        model.step(new int[] {2}, 0, 1);
        model.read(Tensor.ofFloats(new float[] {50}, 1, 1, 1), new int[] {5});
        assertThat(model.cachedTokens()).isZero();
        assertThat(chosen(model.step(new int[] {2}, 0, 1))).isEqualTo(57);
        model.close();
        assertThat(count.open).isZero();
    }

    @Test
    void anInputThatNobodyKnowsIsNamed() {
        stranger = "weather";
        assertThatThrownBy(this::model)
                .isInstanceOfSatisfying(RuntimeFault.class, fault -> assertThat(fault.kind())
                        .isEqualTo(RuntimeFault.Kind.UNSUPPORTED_MODEL))
                .hasMessageContaining("decoder_model_merged that wants the input weather");
    }
}
