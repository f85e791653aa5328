package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.generate.FinishReason;
import samovar.generate.GenerationEvent;
import samovar.generate.Timings;
import samovar.generate.Usage;

class FiguresTest {
    @Test
    void putsSpeedFirstTokenAndCountInOneLine() {
        assertThat(Figures.of(finished(FinishReason.STOP, 48, 212.3, 51.7)))
                .isEqualTo("52 tok/s · first token after 0.21 s · 48 tokens");
    }

    @Test
    void saysHowAnAnswerEndedWhereItDidNotEndByItself() {
        assertThat(Figures.of(finished(FinishReason.CANCELLED, 1, 12_340, 0)))
                .isEqualTo("first token after 12.3 s · 1 token · stopped");
        assertThat(Figures.of(finished(FinishReason.LENGTH, 7, 0, 1.25)))
                .isEqualTo("1.3 tok/s · 7 tokens · cut at the limit");
    }

    @Test
    void roundsToTheNextUnitWithoutALongerNumber() {
        assertThat(Figures.rate(9.94)).isEqualTo("9.9");
        assertThat(Figures.rate(9.96)).isEqualTo("10");
        assertThat(Figures.seconds(9_994)).isEqualTo("9.99 s");
        assertThat(Figures.seconds(9_996)).isEqualTo("10.0 s");
        assertThat(Figures.seconds(4)).isEqualTo("0.00 s");
    }

    @Test
    void countsBytesOnlyWhereThePhaseHasAny() {
        assertThat(Figures.progress(progress(3_200_000, 102_000_000, false))).isEqualTo("3.2 MB of 102 MB");
        assertThat(Figures.progress(progress(1_000_000, 1_000_000, true)))
                .isEqualTo("1.0 MB of 1.0 MB, kept here from an earlier visit");
        assertThat(Figures.progress(progress(0, 0, false))).isEmpty();
        assertThat(progress(0, 0, false).fraction()).isNegative();
        assertThat(progress(1, 4, false).fraction()).isEqualTo(0.25);
    }

    @Test
    void beginsAFaultAsASentenceUnlessItBeginsWithAName() {
        assertThat(Figures.sentence("unknown dtype \"q5\"; valid: q4")).isEqualTo("Unknown dtype \"q5\"; valid: q4.");
        assertThat(Figures.sentence("org/name: not there")).isEqualTo("org/name: not there");
        assertThat(Figures.sentence("The server is away.")).isEqualTo("The server is away.");
        assertThat(Figures.sentence("")).isEmpty();
    }

    @Test
    void writesSettingsAsAPersonWould() {
        assertThat(Figures.plain(1)).isEqualTo("1");
        assertThat(Figures.plain(0.7)).isEqualTo("0.7");
    }

    private static LoadProgress progress(long loaded, long total, boolean fromCache) {
        return new LoadProgress(LoadProgress.Phase.DOWNLOADING, loaded, total, fromCache);
    }

    private static GenerationEvent.Finished finished(FinishReason reason, int tokens, double first, double rate) {
        return new GenerationEvent.Finished(
                "text", List.of(), reason, new Usage(10, tokens), new Timings(first, first + 100, rate));
    }
}
