package samovar.jvm.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import samovar.config.PreprocessorConfig;
import samovar.image.ImagePreprocessor;
import samovar.image.RgbImage;
import samovar.jvm.imageio.ImageIoDecoder;

/**
 * A photograph of 12 megapixels, from JPEG to the input of a model that looks at 768 × 768. Prints the best and the median of the
 * processor time on the one thread that does it, for decoding and for preprocessing. Started by {@code bench/jvm/images}.
 */
public final class ImageBench {
    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;

    private ImageBench() {}

    /** @param arguments rounds */
    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        byte[] file = photograph();
        ImageIoDecoder decoder = new ImageIoDecoder();
        ImagePreprocessor preprocessor = new ImagePreprocessor(PreprocessorConfig.parse("""
                {"size": {"height": 768, "width": 768}, "resample": 3, "do_rescale": true,
                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}"""));
        long[] decoding = new long[rounds];
        long[] preprocessing = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = cpuNanos();
            RgbImage image = decoder.decode(file);
            long decoded = cpuNanos();
            if (preprocessor.pixelValues(image).floats().length != 3 * 768 * 768) {
                throw new IllegalStateException("another size");
            }
            decoding[round] = decoded - start;
            preprocessing[round] = cpuNanos() - decoded;
        }
        System.out.println("JPEG of " + file.length / 1000 + " KB, " + WIDTH + " x " + HEIGHT);
        print("decoding", decoding);
        print("preprocessing", preprocessing);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String what, long[] nanos) {
        long first = nanos[0];
        Arrays.sort(nanos);
        System.out.println(what + ": first " + first / 1_000_000 + " ms, best " + nanos[0] / 1_000_000 + " ms, median "
                + nanos[nanos.length / 2] / 1_000_000 + " ms");
    }

    /** Smooth colours with some noise, which JPEG makes about 1 MB of. */
    private static byte[] photograph() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int noise = random.nextInt(12);
                int red = x * 240 / WIDTH + noise;
                int green = y * 240 / HEIGHT + noise;
                int blue = (x / 16 + y / 16) % 2 * 100 + 60 + noise;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
