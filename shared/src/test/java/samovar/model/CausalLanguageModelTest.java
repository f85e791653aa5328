package samovar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import samovar.config.ModelConfig;
import samovar.generate.Sampler;
import samovar.runtime.RuntimeFault;
import samovar.tensor.ElementType;

class CausalLanguageModelTest {
    private static final ModelConfig CONFIG = ModelConfig.parse("""
            {"model_type":"qwen2","architectures":["Qwen2ForCausalLM"],"vocab_size":16,"num_hidden_layers":2,
             "hidden_size":8,"num_attention_heads":2,"num_key_value_heads":2}
            """);

    @Test
    void theCacheIsFedBackAndGrows() {
        ToySession session = session(like -> {});
        CausalLanguageModel model = new CausalLanguageModel(session, CONFIG);
        assertThat(next(model, 1, 2, 3)).isEqualTo(6);
        assertThat(model.cachedTokens()).isEqualTo(3);
        assertThat(next(model, 4)).isEqualTo(10);
        assertThat(next(model, 5)).isEqualTo(15);
        assertThat(session.runs()).containsExactly("[] + [1, 2, 3]", "[1, 2, 3] + [4]", "[1, 2, 3, 4] + [5]");
    }

    @Test
    void aPartOfAnArrayIsRun() {
        ToySession session = session(like -> {});
        CausalLanguageModel model = new CausalLanguageModel(session, CONFIG);
        model.step(new int[] {9, 1, 2, 9}, 1, 3);
        assertThat(session.runs()).containsExactly("[] + [1, 2]");
    }

    @Test
    void everyHandleIsClosedInTheEndAndNoneIsHoarded() {
        ToySession session = session(like -> {
            like.branch = true;
            like.keep = true;
        });
        CausalLanguageModel model = new CausalLanguageModel(session, CONFIG);
        next(model, 1, 2);
        next(model, 3);
        int afterTwo = session.openHandles();
        next(model, 4);
        next(model, 5);
        assertThat(session.openHandles()).isEqualTo(afterTwo);
        model.rollBack(2);
        next(model, 6);
        assertThat(session.openHandles()).isEqualTo(afterTwo);
        model.close();
        assertThat(session.openHandles()).isZero();
    }

    @Test
    void aModelThatCannotBeMadeLeavesNoHandleOpen() {
        for (int uploads = 0; uploads < 7; uploads++) {
            ToySession session = session(like -> {
                like.branch = true;
                like.keep = true;
            });
            session.failUploadAfter(uploads);
            assertThatThrownBy(() -> new CausalLanguageModel(session, CONFIG)).hasMessageContaining("no room");
            assertThat(session.openHandles()).as("after %s uploads", uploads).isZero();
        }
    }

    @Test
    void whatASessionHasAndOfWhichTypeComesFromItsMetadata() {
        assertAnswers(like -> like.positions = false);
        assertAnswers(like -> like.mask = false);
        assertAnswers(like -> like.branch = true);
        assertAnswers(like -> like.keep = true);
        assertAnswers(like -> like.idType = ElementType.INT32);
        assertAnswers(like -> like.kvType = ElementType.FLOAT16);
        assertAnswers(like -> like.logitsType = ElementType.FLOAT16);
        assertAnswers(like -> like.symbolicHeads = true);
    }

    private static void assertAnswers(Consumer<ToySession.Builder> change) {
        CausalLanguageModel model = new CausalLanguageModel(session(change), CONFIG);
        assertThat(next(model, 1, 2, 3)).isEqualTo(6);
        assertThat(next(model, 4)).isEqualTo(10);
        model.rollBack(2);
        assertThat(model.cachedTokens()).isEqualTo(2);
        assertThat(next(model, 5, 1)).isEqualTo(9);
        model.rollBack(0);
        assertThat(next(model, 7)).isEqualTo(7);
        model.close();
    }

    @Test
    void cuttingTheCacheKeepsItsFirstTokensInEveryHead() {
        ToySession session = session(like -> {});
        CausalLanguageModel model = new CausalLanguageModel(session, CONFIG);
        next(model, 1, 2, 3, 4);
        model.rollBack(3);
        next(model, 5);
        assertThat(session.runs()).endsWith("[1, 2, 3] + [5]");
        model.rollBack(99);
        assertThat(model.cachedTokens()).isEqualTo(4);
    }

    @Test
    void aRunThatFailsLeavesTheCacheAsItWas() {
        ToySession session = session(like -> {});
        CausalLanguageModel model = new CausalLanguageModel(session, CONFIG);
        next(model, 1, 2);
        int open = session.openHandles();
        session.failNextRun();
        assertThatThrownBy(() -> next(model, 3)).hasMessage("the toy was told to fail");
        assertThat(session.openHandles()).isEqualTo(open);
        assertThat(model.cachedTokens()).isEqualTo(2);
        assertThat(next(model, 4)).isEqualTo(7);
    }

    @Test
    void anInputThatItCannotFeedIsNamed() {
        assertThatThrownBy(() -> new CausalLanguageModel(session(like -> like.stranger = "past_conv.0"), CONFIG))
                .isInstanceOfSatisfying(
                        RuntimeFault.class, e -> assertThat(e.kind()).isEqualTo(RuntimeFault.Kind.UNSUPPORTED_MODEL))
                .hasMessageContaining("wants the input past_conv.0")
                .hasMessageContaining("position_ids");
    }

    @Test
    void aCacheThatIsNotGivenBackIsNamed() {
        assertThatThrownBy(() -> new CausalLanguageModel(session(like -> like.lacksPresent = true), CONFIG))
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining("past_key_values.0.key")
                .hasMessageContaining("present.0.key");
    }

    @Test
    void aCacheOfAnotherTypeIsNamed() {
        assertThatThrownBy(() -> new CausalLanguageModel(session(like -> like.kvType = ElementType.INT8), CONFIG))
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining("int8")
                .hasMessageContaining("float32 and float16");
    }

    @Test
    void chunksKeepTheLogitsOfAPromptInBounds() {
        assertThat(new CausalLanguageModel(session(like -> {}), CONFIG).chunkTokens())
                .isEqualTo(512);
        ModelConfig large = ModelConfig.parse("""
                {"model_type":"qwen2","architectures":["Qwen2ForCausalLM"],"vocab_size":151936,"num_hidden_layers":2,
                 "hidden_size":8,"num_attention_heads":2,"num_key_value_heads":2}
                """);
        assertThat(new CausalLanguageModel(session(like -> {}), large).chunkTokens())
                .isEqualTo(110);
        assertThat(new CausalLanguageModel(session(like -> like.keep = true), large).chunkTokens())
                .isEqualTo(512);
    }

    /** The likeliest next token is the sum of all tokens, modulo the vocabulary. */
    private static ToySession session(Consumer<ToySession.Builder> change) {
        ToySession.Builder like = new ToySession.Builder();
        like.next = tokens -> {
            int sum = 0;
            for (int token : tokens) {
                sum += token;
            }
            return sum % like.vocabulary;
        };
        change.accept(like);
        return like.build();
    }

    private static int next(CausalLanguageModel model, int... tokens) {
        return Sampler.argmax(model.step(tokens, 0, tokens.length));
    }
}
