package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.config.GenerationDefaults;
import samovar.config.ModelConfig;
import samovar.generate.GenerationEvent.Delta;
import samovar.generate.GenerationEvent.Finished;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.RuntimeFault;
import samovar.tokenizer.Tokenizer;

class GenerationLoopTest {
    private static final Tokenizer TOKENIZER = Fixtures.tinyChat();
    private static final int VOCABULARY = 583;
    private static final int END = 582;
    private static final int OTHER_END = 580;
    private static final int[] PROMPT = {581, 304, 198, 298};
    private static final int[] TOKYO = {322, 311, 297, 502, 279, 574, 13, END};

    private final List<GenerationEvent> events = new ArrayList<>();
    private final CancellationFlag flag = new CancellationFlag();

    @Test
    void anAnswerEndsAtItsEosWhichIsNoText() {
        Finished finished = run(TOKYO, GenerationSettings.none());
        assertThat(finished.text()).isEqualTo("The capital of Japan is Tokyo.");
        assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
        assertThat(finished.tokenIds()).containsExactly(322, 311, 297, 502, 279, 574, 13, END);
        assertThat(finished.usage()).isEqualTo(new Usage(4, 8));
        assertThat(events.get(events.size() - 1)).isSameAs(finished);
        assertThat(joined()).isEqualTo(finished.text());
        assertThat(deltaTokens()).isEqualTo(finished.tokenIds());
    }

    @Test
    void everyEosIdEndsAnAnswer() {
        Finished finished = run(new int[] {322, OTHER_END}, GenerationSettings.none());
        assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
        assertThat(finished.text()).isEqualTo("The");
    }

    @Test
    void theLimitEndsAnAnswerAndItsLastTokenIsNotRun() {
        ScriptedDecoder decoder = ScriptedDecoder.answering(VOCABULARY, PROMPT.length, TOKYO);
        Finished finished = run(decoder, GenerationSettings.maxNewTokens(3), 100);
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.tokenIds()).containsExactly(322, 311, 297);
        assertThat(finished.text()).isEqualTo("The capital of");
        assertThat(decoder.calls).containsExactly("step 0-4 at 0", "step 0-1 at 4", "step 0-1 at 5");
    }

    @Test
    void theContextsEndIsALimitToo() {
        ScriptedDecoder decoder = ScriptedDecoder.answering(VOCABULARY, PROMPT.length, TOKYO);
        Finished finished = run(decoder, GenerationSettings.maxNewTokens(50), PROMPT.length + 2);
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.usage()).isEqualTo(new Usage(4, 2));
    }

    @Test
    void aPromptThatFillsTheContextAsksTheModelNothing() {
        ScriptedDecoder decoder = ScriptedDecoder.answering(VOCABULARY, PROMPT.length, TOKYO);
        Finished finished = run(decoder, GenerationSettings.none(), PROMPT.length);
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(finished.tokenIds()).isEmpty();
        assertThat(decoder.calls).isEmpty();
    }

    @Test
    void fewestTokensPutOffTheEos() {
        // All but the eos tokens have equal logits, so that the first token of the vocabulary comes where it is
        // forbidden.
        Finished finished = run(
                new int[] {END}, GenerationSettings.builder().minNewTokens(2).build());
        assertThat(finished.tokenIds()).containsExactly(0, 0, END);
    }

    @Test
    void theForcedEosComesLast() {
        GenerationSettings settings = GenerationSettings.builder()
                .maxNewTokens(3)
                .forcedEosTokenId(END)
                .build();
        Finished finished = run(TOKYO, settings);
        assertThat(finished.tokenIds()).containsExactly(322, 311, END);
        assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void textBeforeAStopStringIsTheAnswer() {
        Finished finished = run(TOKYO, stop("Japan"));
        assertThat(finished.reason()).isEqualTo(FinishReason.STOP);
        assertThat(finished.text()).isEqualTo("The capital of ");
        assertThat(joined()).isEqualTo(finished.text());
        assertThat(finished.tokenIds()).containsExactly(322, 311, 297, 502);
    }

    @Test
    void noDeltaContainsAPartOfAStopStringThatSpansTokens() {
        Finished finished = run(TOKYO, stop("of Japan is"));
        assertThat(finished.text()).isEqualTo("The capital ");
        for (GenerationEvent event : events) {
            if (event instanceof Delta delta) {
                assertThat(delta.text()).doesNotContain("o");
            }
        }
        assertThat(deltaTokens()).isEqualTo(finished.tokenIds());
    }

    @Test
    void whatLookedLikeAStopStringComesOutInTheEnd() {
        Finished finished = run(TOKYO, stop("Tokyo. Kyoto"));
        assertThat(finished.text()).isEqualTo("The capital of Japan is Tokyo.");
        assertThat(joined()).isEqualTo(finished.text());
    }

    @Test
    void aCharacterOfSeveralTokensIsToldOnceItIsWhole() {
        Finished finished = run(new int[] {366, 246, 232, END}, GenerationSettings.none());
        assertThat(finished.text()).isEqualTo(" \ud83d\ude0a");
        for (GenerationEvent event : events) {
            if (event instanceof Delta delta) {
                assertThat(delta.text()).doesNotContain("\ufffd");
            }
        }
        assertThat(deltaTokens()).isEqualTo(finished.tokenIds());
    }

    @Test
    void anAnswerCutInsideACharacterEndsAsTheTokenizerDecodesIt() {
        GenerationSettings settings = GenerationSettings.maxNewTokens(2);
        Finished finished = run(new int[] {366, 246, 232, END}, settings);
        assertThat(finished.text()).isEqualTo(TOKENIZER.decode(new int[] {366, 246}, true));
        assertThat(finished.text()).endsWith("\ufffd");
    }

    @Test
    void aStopAskedByTheListenerTakesEffectBeforeTheNextToken() {
        ScriptedDecoder decoder = ScriptedDecoder.answering(VOCABULARY, PROMPT.length, TOKYO);
        Finished finished = run(decoder, GenerationSettings.none(), 100, event -> {
            if (event instanceof Delta) {
                flag.raise();
            }
        });
        assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(finished.tokenIds()).containsExactly(322);
        assertThat(finished.text()).isEqualTo("The");
        assertThat(decoder.calls).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aStopBeforeTheStartAsksTheModelNothing() {
        flag.raise();
        ScriptedDecoder decoder = ScriptedDecoder.answering(VOCABULARY, PROMPT.length, TOKYO);
        Finished finished = run(decoder, GenerationSettings.none(), 100);
        assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(finished.usage()).isEqualTo(new Usage(4, 0));
        assertThat(decoder.calls).isEmpty();
    }

    @Test
    void aRunThatWasInterruptedByTheStopIsAStop() {
        ScriptedDecoder decoder = failing(RuntimeFault.Kind.CANCELLED);
        Finished finished = run(decoder, GenerationSettings.none(), 100, event -> {}, true);
        assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aRunThatFailsIsAFailure() {
        assertThatThrownBy(() -> run(failing(RuntimeFault.Kind.FAILED_RUN), GenerationSettings.none(), 100))
                .isInstanceOf(RuntimeFault.class)
                .hasMessage("scripted");
        assertThatThrownBy(() -> run(failing(RuntimeFault.Kind.CANCELLED), GenerationSettings.none(), 100))
                .as("interrupted, though nobody asked to stop")
                .isInstanceOf(RuntimeFault.class);
    }

    @Test
    void logitsThatAreNoNumbersAreAFailureAndNotAnAnswer() {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> {
            float[] logits = new float[VOCABULARY];
            Arrays.fill(logits, Float.NaN);
            return logits;
        });
        assertThatThrownBy(() -> run(decoder, GenerationSettings.none(), 100))
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining("NaN")
                .hasMessageContaining("another dtype");
    }

    @Test
    void anEmptyPromptIsRefused() {
        GenerationLoop loop = new GenerationLoop(() -> 0, 100);
        DecoderState state = new DecoderState(ScriptedDecoder.answering(VOCABULARY, 0, END), 8);
        ResolvedSettings settings = ResolvedSettings.of(GenerationSettings.none(), GenerationDefaults.EMPTY);
        assertThatThrownBy(
                        () -> loop.run(state, new int[0], settings, TOKENIZER.streamDecoder(true), events::add, flag))
                .isInstanceOf(GenerationException.class)
                .hasMessage("prompt: expected at least one token, found none");
    }

    @Test
    void theSameSeedGivesTheSameAnswerAndAnotherSeedAnother() {
        assertThat(sampled(5L)).isEqualTo(sampled(5L)).isNotEqualTo(sampled(6L)).hasSize(20);
    }

    @Test
    void timingsAreReadFromTheClock() {
        long[] now = {0};
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> {
            now[0] += 10_000_000;
            float[] logits = new float[VOCABULARY];
            logits[322] = 1;
            return logits;
        });
        GenerationLoop loop = new GenerationLoop(() -> now[0], 100);
        Finished finished = loop.run(
                new DecoderState(decoder, 100),
                PROMPT,
                settings(GenerationSettings.maxNewTokens(5)),
                TOKENIZER.streamDecoder(true),
                events::add,
                flag);
        assertThat(finished.timings()).isEqualTo(new Timings(10, 50, 100));
    }

    private List<Integer> sampled(long seed) {
        ScriptedDecoder decoder = new ScriptedDecoder(tokens -> new float[300]);
        GenerationSettings settings = GenerationSettings.builder()
                .doSample(true)
                .seed(seed)
                .maxNewTokens(20)
                .build();
        return run(decoder, settings, 1000).tokenIds();
    }

    private ScriptedDecoder failing(RuntimeFault.Kind kind) {
        return new ScriptedDecoder(tokens -> {
            throw new RuntimeFault(kind, "scripted");
        });
    }

    private static GenerationSettings stop(String text) {
        return GenerationSettings.builder().stopStrings(List.of(text)).build();
    }

    private Finished run(int[] answer, GenerationSettings settings) {
        return run(ScriptedDecoder.answering(VOCABULARY, PROMPT.length, answer), settings, 100);
    }

    private Finished run(ScriptedDecoder decoder, GenerationSettings settings, int context) {
        return run(decoder, settings, context, event -> {});
    }

    private Finished run(
            ScriptedDecoder decoder, GenerationSettings settings, int context, GenerationListener listener) {
        return run(decoder, settings, context, listener, false);
    }

    private Finished run(
            ScriptedDecoder decoder,
            GenerationSettings settings,
            int context,
            GenerationListener listener,
            boolean raisedInStep) {
        DecoderStep step = raisedInStep ? new RaisingStep(decoder, flag) : decoder;
        return new GenerationLoop(System::nanoTime, context)
                .run(
                        new DecoderState(step, 256),
                        PROMPT,
                        settings(settings),
                        TOKENIZER.streamDecoder(true),
                        event -> {
                            events.add(event);
                            listener.on(event);
                        },
                        flag);
    }

    private static ResolvedSettings settings(GenerationSettings settings) {
        ModelConfig config = ModelConfig.parse("{\"model_type\":\"qwen2\",\"architectures\":[\"Qwen2ForCausalLM\"]}");
        Json ends = Json.parse("{\"eos_token_id\":[582,580]}", "generation_config.json");
        return ResolvedSettings.of(settings, GenerationDefaults.of(ends, config));
    }

    private String joined() {
        StringBuilder text = new StringBuilder();
        for (GenerationEvent event : events) {
            if (event instanceof Delta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    private List<Integer> deltaTokens() {
        List<Integer> tokens = new ArrayList<>();
        for (GenerationEvent event : events) {
            if (event instanceof Delta delta) {
                tokens.addAll(delta.tokenIds());
            }
        }
        return tokens;
    }

    /** Another thread raises the flag while a step runs. */
    private record RaisingStep(DecoderStep inner, CancellationFlag flag) implements DecoderStep {
        @Override
        public float[] step(int[] tokens, int from, int to) {
            flag.raise();
            return inner.step(tokens, from, to);
        }

        @Override
        public int cachedTokens() {
            return inner.cachedTokens();
        }

        @Override
        public void rollBack(int length) {
            inner.rollBack(length);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
