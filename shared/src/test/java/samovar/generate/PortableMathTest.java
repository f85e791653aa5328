package samovar.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PortableMathTest {
    @Test
    void theExponentialIsRightToAFewUnitsInTheLastPlace() {
        for (double x = 0; x > -44.9; x -= 0.0371) {
            double expected = StrictMath.exp(x);
            assertThat(PortableMath.expOfNegative(x))
                    .as("exp(%s)", x)
                    .isCloseTo(expected, within(4 * Math.ulp(expected)));
        }
    }

    @Test
    void theExponentialOfZeroIsOneAndOfVerySmallNumbersZero() {
        assertThat(PortableMath.expOfNegative(0)).isEqualTo(1);
        assertThat(PortableMath.expOfNegative(-46)).isEqualTo(0);
        assertThat(PortableMath.expOfNegative(Double.NEGATIVE_INFINITY)).isEqualTo(0);
        assertThat(PortableMath.expOfNegative(Double.NaN)).isEqualTo(0);
    }

    @Test
    void theLogarithmIsRightToAFewUnitsInTheLastPlace() {
        for (double x = 1; x < 300000; x *= 1.0173) {
            double expected = StrictMath.log(x);
            assertThat(PortableMath.logOfAtLeastOne(x))
                    .as("log(%s)", x)
                    .isCloseTo(expected, within(4 * Math.ulp(Math.max(expected, 0.25))));
        }
    }
}
