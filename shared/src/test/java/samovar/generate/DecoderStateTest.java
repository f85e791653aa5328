package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import samovar.platform.CancellationFlag;

class DecoderStateTest {
    private static final CancellationFlag NEVER = new CancellationFlag();

    @Test
    void aPromptRunsInChunksAndTheLastChunksLogitsCount() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 4);
        float[] logits = state.begin(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, NEVER);
        assertThat(decoder.calls).containsExactly("step 0-4 at 0", "step 4-8 at 4", "step 8-10 at 8");
        assertThat(logits).containsExactly(10);
        assertThat(state.cachedTokens()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(state.reusedTokens()).isZero();
    }

    @Test
    void aConversationThatGoesOnRunsOnlyItsNewPart() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 100);
        state.begin(new int[] {1, 2, 3}, NEVER);
        state.append(4);
        state.begin(new int[] {1, 2, 3, 4, 5, 6}, NEVER);
        assertThat(decoder.calls).containsExactly("step 0-3 at 0", "step 0-1 at 3", "step 4-6 at 4");
        assertThat(state.reusedTokens()).isEqualTo(4);
        assertThat(state.cachedTokens()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void theSamePromptAgainRunsItsLastChunkAsItRanBefore() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 150);
        int[] prompt = IntStream.range(0, 200).toArray();
        state.begin(prompt, NEVER);
        state.append(7);
        state.append(8);
        assertThat(state.begin(prompt, NEVER)).containsExactly(200);
        assertThat(state.begin(prompt, NEVER)).containsExactly(200);
        assertThat(decoder.calls)
                .containsExactly(
                        "step 0-150 at 0",
                        "step 150-200 at 150",
                        "step 0-1 at 200",
                        "step 0-1 at 201",
                        "rollBack 150",
                        "step 150-200 at 150",
                        "rollBack 150",
                        "step 150-200 at 150");
    }

    @Test
    void aTurnAskedAgainBeginsWhereItBeganBefore() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 1000);
        state.begin(IntStream.range(0, 100).toArray(), NEVER);
        state.append(100);
        int[] second = IntStream.range(0, 120).toArray();
        state.begin(second, NEVER);
        state.append(500);
        state.begin(second, NEVER);
        assertThat(decoder.calls)
                .containsExactly(
                        "step 0-100 at 0",
                        "step 0-1 at 100",
                        "step 101-120 at 101",
                        "step 0-1 at 120",
                        "rollBack 101",
                        "step 101-120 at 101");
    }

    @Test
    void anotherEndOfTheAnswerGoesBackToItsPrompt() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 1000);
        state.begin(IntStream.range(0, 100).toArray(), NEVER);
        state.begin(IntStream.range(0, 200).toArray(), NEVER);
        state.append(200);
        state.append(201);
        int[] edited = IntStream.range(0, 203).toArray();
        edited[201] = 999;
        state.begin(edited, NEVER);
        assertThat(decoder.calls).endsWith("rollBack 100", "step 100-203 at 100");
        assertThat(state.cachedTokens()).isEqualTo(edited);
    }

    @Test
    void aShortSharedBeginningIsReadAgain() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 100);
        state.begin(new int[] {1, 2, 3, 4}, NEVER);
        state.begin(new int[] {1, 2, 9}, NEVER);
        assertThat(decoder.calls).endsWith("rollBack 0", "step 0-3 at 0");
        assertThat(state.cachedTokens()).containsExactly(1, 2, 9);
    }

    @Test
    void aDecoderThatCannotCutItsCacheReadsEverythingAgain() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens}).withoutCutting();
        DecoderState state = new DecoderState(decoder, 150);
        int[] prompt = IntStream.range(0, 200).toArray();
        state.begin(prompt, NEVER);
        state.begin(prompt, NEVER);
        assertThat(decoder.calls).endsWith("rollBack 150", "step 0-150 at 0", "step 150-200 at 150");
        assertThat(state.cachedTokens()).isEqualTo(prompt);
    }

    @Test
    void aStopBetweenChunksLeavesWhatIsDone() {
        CancellationFlag flag = new CancellationFlag();
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> {
            flag.raise();
            return new float[] {tokens};
        });
        DecoderState state = new DecoderState(decoder, 2);
        assertThat(state.begin(new int[] {1, 2, 3, 4}, flag)).isNull();
        assertThat(state.cachedTokens()).containsExactly(1, 2);
        assertThat(state.begin(new int[] {1, 2, 3, 4}, NEVER)).containsExactly(4);
        assertThat(decoder.calls).containsExactly("step 0-2 at 0", "step 2-4 at 2");
    }

    @Test
    void afterAFailedStepTheNextPromptGoesOnFromWhatIsThere() {
        boolean[] fail = {false};
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> {
            if (fail[0]) {
                throw new IllegalStateException("broken");
            }
            return new float[] {tokens};
        });
        DecoderState state = new DecoderState(decoder, 10);
        state.begin(new int[] {1, 2}, NEVER);
        fail[0] = true;
        assertThatThrownBy(() -> state.append(3)).hasMessage("broken");
        fail[0] = false;
        assertThat(state.begin(new int[] {1, 2, 3}, NEVER)).containsExactly(3);
        assertThat(decoder.calls).endsWith("step 2-3 at 2");
    }

    @Test
    void resettingForgetsEverything() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[] {tokens});
        DecoderState state = new DecoderState(decoder, 10);
        state.begin(new int[] {1, 2}, NEVER);
        state.reset();
        assertThat(state.cachedTokens()).isEmpty();
        state.close();
        assertThat(decoder.calls).endsWith("rollBack 0", "close");
    }
}
