package samovar.jvm.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ByteRangesTest {
    private static final int SIZE = 60;

    @RepeatedTest(50)
    void rangesAreWhatASetOfBytesIs(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        BitSet expected = new BitSet();
        ByteRanges ranges = new ByteRanges();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int from = random.nextInt(SIZE);
            int to = from + 1 + random.nextInt(Math.min(15, SIZE - from));
            expected.set(from, to);
            ranges.add(from, to);
        }
        assertThat(ranges.bytes()).isEqualTo(expected.cardinality());
        assertThat(ranges.end()).isEqualTo(expected.length());
        ByteRanges read = ByteRanges.ofText(ranges.toText(), SIZE);
        for (int i = 0; i < SIZE; i++) {
            assertThat(read.endOfRunAt(i)).isEqualTo(expected.nextClearBit(i));
            boolean inside = i > 0 && expected.get(i - 1);
            if (!inside) {
                int next = expected.nextSetBit(i);
                assertThat(read.nextStart(i, SIZE)).isEqualTo(next < 0 ? SIZE : next);
            }
        }
    }

    @Test
    void aNoteThatIsNoneIsRefused() {
        for (String text : List.of("5-3", "0-61", "-1-4", "a-b", "7", "3-3")) {
            assertThatThrownBy(() -> ByteRanges.ofText(text, SIZE))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
