package samovar.client.selftest;

import java.util.Arrays;
import java.util.function.Consumer;
import samovar.config.PreprocessorConfig;
import samovar.image.ImagePreprocessor;
import samovar.image.RgbImage;
import samovar.platform.NanoClock;

/** How fast a picture of 12 megapixels becomes the input of a model that looks at 768 × 768, for {@code bench/browser}: milliseconds of the first, of the best, and of the median round. */
final class ImageSpeed {
    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;

    private ImageSpeed() {}

    static void run(int rounds, NanoClock clock, Consumer<String> out) {
        ImagePreprocessor preprocessor = new ImagePreprocessor(PreprocessorConfig.parse("""
                {"size": {"height": 768, "width": 768}, "resample": 3, "do_rescale": true,
                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}"""));
        RgbImage image = picture();
        double[] millis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = clock.nanoTime();
            if (preprocessor.pixelValues(image).floats().length != 3 * 768 * 768) {
                throw new IllegalStateException("another size");
            }
            millis[round] = (clock.nanoTime() - start) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        out.accept(first + " " + millis[0] + " " + millis[rounds / 2]);
    }

    /** Bytes of a linear congruential generator: what they are does not change the work. */
    private static RgbImage picture() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        int state = 1;
        for (int i = 0; i < rgb.length; i++) {
            state = state * 1664525 + 1013904223;
            rgb[i] = (byte) (state >> 24);
        }
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }
}
