package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
    @Test
    void theSequenceOfASeedIsPinned() {
        RandomSource random = new RandomSource(42);
        assertThat(new int[] {random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt()})
                .containsExactly(1822848727, 384833281, 195694594, -608761908);
    }

    @Test
    void numbersFillTheUnitIntervalEvenly() {
        RandomSource random = new RandomSource(7);
        int[] bins = new int[10];
        for (int i = 0; i < 100_000; i++) {
            double x = random.nextDouble();
            assertThat(x).isGreaterThanOrEqualTo(0).isLessThan(1);
            bins[(int) (x * 10)]++;
        }
        for (int bin : bins) {
            assertThat(bin).isBetween(9_600, 10_400);
        }
    }

    @Test
    void nearSeedsAndBothHalvesOfASeedGiveOtherNumbers() {
        Set<Integer> firsts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            firsts.add(new RandomSource(i).nextInt());
            firsts.add(new RandomSource((long) i << 32 | 0xffffL).nextInt());
        }
        assertThat(firsts).hasSizeGreaterThan(1998);
    }
}
