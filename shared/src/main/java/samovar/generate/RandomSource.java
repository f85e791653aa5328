package samovar.generate;

/**
 * xoshiro128++ 1.0 by David Blackman and Sebastiano Vigna, seeded through a 32-bit mixer. All state is {@code int}, since
 * {@code long} is slow in JavaScript, and the sequence is the same on the JVM, JS and WasmGC. Not thread-safe.
 */
public final class RandomSource {
    private int s0;
    private int s1;
    private int s2;
    private int s3;

    public RandomSource(long seed) {
        int low = (int) seed;
        int high = (int) (seed >>> 32);
        s0 = mix(low + 0x9e3779b9);
        s1 = mix(high + 0x3c6ef372);
        s2 = mix(low ^ 0xdaa66d2b);
        s3 = mix(high ^ 0x78dde6e4);
        if ((s0 | s1 | s2 | s3) == 0) {
            s0 = 1;
        }
        // Seeds that differ in few bits give similar first states; a few rounds part them.
        for (int i = 0; i < 8; i++) {
            nextInt();
        }
    }

    /** The next 32 bits. */
    public int nextInt() {
        int result = Integer.rotateLeft(s0 + s3, 7) + s0;
        int shifted = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Integer.rotateLeft(s3, 11);
        return result;
    }

    /** A number from 0, inclusive, to 1, exclusive, with 53 random bits. */
    public double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** The finalizer of MurmurHash3 by Austin Appleby. */
    private static int mix(int value) {
        int mixed = value;
        mixed ^= mixed >>> 16;
        mixed *= 0x85ebca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
