package samovar.client.selftest;

import samovar.tensor.Float16;

/** Half precision: every bit pattern there and back, and floats that lie between two halves. */
final class HalfCases {
    private static final float[] BETWEEN = {
        0f,
        -0f,
        1f,
        0x1.002p0f,
        0x1.006p0f,
        65504f,
        0x1.ffdffep15f,
        65520f,
        0x1p-14f,
        0x1.ff8p-15f,
        0x1p-24f,
        0x1p-25f,
        0x1.000002p-25f,
        1e-10f,
        -3.140625f,
        1e30f,
        Float.NaN,
        Float.NEGATIVE_INFINITY
    };

    private HalfCases() {}

    static void run(Report report) {
        int wrong = 0;
        StringBuilder bits = new StringBuilder();
        for (int half = 0; half < 0x10000; half++) {
            float value = Float16.toFloat((short) half);
            boolean isNan = (half & 0x7c00) == 0x7c00 && (half & 0x3ff) != 0;
            if (!isNan && (Float16.ofFloat(value) & 0xffff) != half) {
                wrong++;
            }
            if (!isNan && half % 257 == 0) {
                bits.append(Integer.toHexString(Float.floatToIntBits(value))).append(' ');
            }
        }
        report.check("half there and back, of 65536 wrong", "0", String.valueOf(wrong));
        report.result("half as float bits", Report.digest(bits.toString()));
        StringBuilder rounded = new StringBuilder();
        for (float value : BETWEEN) {
            rounded.append(Integer.toHexString(Float16.ofFloat(value) & 0xffff)).append(' ');
        }
        report.check(
                "half rounding",
                "0 8000 3c00 3c00 3c02 7bff 7bff 7c00 400 3ff 1 0 1 0 c248 7c00 7e00 fc00 ",
                rounded.toString());
    }
}
