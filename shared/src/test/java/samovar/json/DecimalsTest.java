package samovar.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private final Random random = new Random(7);

    @Test
    void readsDecimalsAsTheJdkDoes() {
        for (int i = 0; i < 20_000; i++) {
            int length = 1 + random.nextInt(i % 100 == 0 ? 900 : 25);
            StringBuilder text = new StringBuilder();
            for (int d = 0; d < length; d++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            text.insert(random.nextInt(length + 1), '.');
            text.append('e').append(random.nextInt(i % 3 == 0 ? 700 : 50) - (i % 3 == 0 ? 350 : 25));
            assertThat(DecimalReader.read(text.toString()))
                    .as(text.toString())
                    .isEqualTo(Double.parseDouble(text.toString()));
        }
        assertThat(DecimalReader.read("1e99999999999")).isInfinite();
        assertThat(DecimalReader.read("1e-99999999999")).isZero();
        assertThat(DecimalReader.read("-4.9e-324")).isEqualTo(-Double.MIN_VALUE);
        assertThat(DecimalReader.read("2.2250738585072011e-308"))
                .isEqualTo(Double.parseDouble("2.2250738585072011e-308"));
    }

    @Test
    void writesWhatReadsBackAndNothingShorterDoes() {
        for (int i = 0; i < 10_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE)
                    : random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8));
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                continue;
            }
            String text = Decimals.repr(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            int digits = new BigDecimal(text).stripTrailingZeros().precision();
            if (digits > 1) {
                BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1));
                assertThat(shorter.doubleValue()).as(text).isNotEqualTo(value);
            }
        }
    }
}
