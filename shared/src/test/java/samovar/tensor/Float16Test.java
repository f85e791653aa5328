package samovar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
    @Test
    void everyHalfSurvivesTheWayToFloatAndBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float value = Float16.toFloat((short) bits);
            if (Float.isNaN(value)) {
                assertThat(Float16.toFloat(Float16.ofFloat(value))).isNaN();
            } else {
                assertThat(Float16.ofFloat(value)).as("half %04x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void roundsLikeTheObviousTwin() {
        for (int i = 0; i < 2_000_000; i++) {
            float value = Float.intBitsToFloat(i * 2147 + 12345);
            if (!Float.isNaN(value)) {
                assertThat(Float16.toFloat(Float16.ofFloat(value)))
                        .as("of %s", value)
                        .isEqualTo(nearest(value));
            }
        }
    }

    /** Rounds on the grid of halves with doubles: the step is 2^-24 below 2^-14, else 2^(exponent-10). */
    private static float nearest(float value) {
        double magnitude = Math.abs((double) value);
        double step = magnitude < 0x1p-14 ? 0x1p-24 : Math.scalb(1.0, Math.getExponent(magnitude) - 10);
        double rounded = Math.rint(magnitude / step) * step;
        double half = rounded > 65504 ? Double.POSITIVE_INFINITY : rounded;
        return (float) Math.copySign(half, value);
    }
}
