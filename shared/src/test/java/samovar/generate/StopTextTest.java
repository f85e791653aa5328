package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextTest {
    @Test
    void withoutStopStringsEverythingPassesAtOnce() {
        StopText stop = new StopText(List.of());
        assertThat(stop.add("###")).isEqualTo("###");
        assertThat(stop.finish()).isEmpty();
    }

    @Test
    void aPossibleBeginningIsHeldBackUntilItIsClear() {
        StopText stop = new StopText(List.of("###"));
        assertThat(stop.add("one #")).isEqualTo("one ");
        assertThat(stop.add("# two")).isEqualTo("## two");
        assertThat(stop.add("##")).isEmpty();
        assertThat(stop.add("# end")).isEmpty();
        assertThat(stop.isReached()).isTrue();
        assertThat(stop.finish()).isEmpty();
    }

    @Test
    void textBeforeTheStopStringComesOutAndNothingAfterIt() {
        StopText stop = new StopText(List.of("STOP"));
        assertThat(stop.add("go on STOP here")).isEqualTo("go on ");
        assertThat(stop.add("more")).isEmpty();
        assertThat(stop.finish()).isEmpty();
    }

    @Test
    void theFirstOfSeveralInTheTextCounts() {
        StopText stop = new StopText(List.of("late", "early"));
        assertThat(stop.add("an early and a late one")).isEqualTo("an ");
    }

    @Test
    void whatWasHeldBackComesOutAtTheEnd() {
        StopText stop = new StopText(List.of("\n\nUser:"));
        assertThat(stop.add("bye\n\nUs")).isEqualTo("bye");
        assertThat(stop.finish()).isEqualTo("\n\nUs");
        assertThat(stop.isReached()).isFalse();
    }

    @Test
    void theLongestPossibleBeginningIsHeldBack() {
        StopText stop = new StopText(List.of("aab", "b!"));
        assertThat(stop.add("xaaa")).isEqualTo("xa");
        assertThat(stop.add("ab")).isEqualTo("a");
        assertThat(stop.isReached()).isTrue();
    }

    @Test
    void lettersOneByOneGiveTheSameAsAllAtOnce() {
        String text = "aXaaXaaXb end";
        StopText stop = new StopText(List.of("aaXb"));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            out.append(stop.add(text.substring(i, i + 1)));
        }
        assertThat(out.append(stop.finish())).hasToString("aXaaX");
    }
}
