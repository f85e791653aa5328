package samovar.image;

import java.util.Arrays;
import samovar.config.Resample;

/**
 * Pillow's resizing, to the bit. Each output pixel is a weighted mean of the input pixels under the filter, which is widened
 * when a picture gets smaller (antialiased). Rows and columns are made one after the other; the weights are fixed-point numbers of {@link
 * ResampleWeights#PRECISION} bits, and each of the two passes rounds to 8 bits. {@code Resample.NEAREST} picks one pixel.
 * Source of the algorithm: {@code src/libImaging/Resample.c} and {@code Geometry.c} of Pillow 13.0.0.
 */
public final class Resize {
    private static final int PRECISION = ResampleWeights.PRECISION;
    private static final int HALF = 1 << (PRECISION - 1);

    private Resize() {}

    /** A picture of that size; the same one where it has it already. */
    public static RgbImage resize(RgbImage image, ImageSize size, Resample filter) {
        if (image.size().equals(size)) {
            return image;
        }
        if (filter == Resample.NEAREST) {
            return nearest(image, size);
        }
        ResampleWeights across = ResampleWeights.of(image.width(), size.width(), filter);
        ResampleWeights down = ResampleWeights.of(image.height(), size.height(), filter);
        int shorter = image.height() - size.height();
        // The order shows in the last bit, since the first pass is rounded. Pillow 13 begins with columns for tall
        // pictures.
        if (shorter > 0 && shorter > 2 * (image.width() - size.width())) {
            return rows(columns(image, size.height(), down), 0, size.height(), size.width(), across);
        }
        if (shorter == 0) {
            return rows(image, 0, size.height(), size.width(), across);
        }
        if (image.width() == size.width()) {
            return columns(image, size.height(), down);
        }
        // Only the rows that the second pass looks at.
        int top = down.first(0);
        RgbImage narrowed = rows(image, top, down.end(size.height() - 1), size.width(), across);
        return columns(narrowed, size.height(), down.shifted(top));
    }

    /** Rows {@code top} to {@code bottom} (exclusive), each made as wide as wanted. */
    private static RgbImage rows(RgbImage image, int top, int bottom, int width, ResampleWeights across) {
        if (image.width() == width) {
            return image;
        }
        byte[] to = new byte[3 * width * (bottom - top)];
        for (int y = top; y < bottom; y++) {
            row(image.rgb(), 3 * y * image.width(), to, 3 * (y - top) * width, width, across);
        }
        return new RgbImage(width, bottom - top, to);
    }

    private static void row(byte[] from, int start, byte[] to, int target, int width, ResampleWeights across) {
        int[] weights = across.weights();
        int at = 0;
        int out = target;
        for (int x = 0; x < width; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int in = start + 3 * across.first(x);
            for (int end = at + across.count(x); at < end; at++) {
                int weight = weights[at];
                red += (from[in] & 0xff) * weight;
                green += (from[in + 1] & 0xff) * weight;
                blue += (from[in + 2] & 0xff) * weight;
                in += 3;
            }
            to[out] = clip(red);
            to[out + 1] = clip(green);
            to[out + 2] = clip(blue);
            out += 3;
        }
    }

    /** All columns, made as high as wanted. Whole rows at a time: neighbours in memory, which caches and vectors like. */
    private static RgbImage columns(RgbImage image, int height, ResampleWeights down) {
        int stride = 3 * image.width();
        byte[] to = new byte[stride * height];
        int[] sums = new int[stride];
        int at = 0;
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            int in = down.first(y) * stride;
            for (int end = at + down.count(y); at < end; at++) {
                add(image.rgb(), in, down.weights()[at], sums);
                in += stride;
            }
            store(sums, to, y * stride);
        }
        return new RgbImage(image.width(), height, to);
    }

    private static void add(byte[] from, int start, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (from[start + i] & 0xff) * weight;
        }
    }

    private static void store(int[] sums, byte[] to, int start) {
        for (int i = 0; i < sums.length; i++) {
            to[start + i] = clip(sums[i]);
        }
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION;
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static RgbImage nearest(RgbImage image, ImageSize size) {
        int[] columns = centres(image.width(), size.width());
        int[] rows = centres(image.height(), size.height());
        byte[] from = image.rgb();
        byte[] to = new byte[(int) (3 * size.pixels())];
        int out = 0;
        for (int row : rows) {
            for (int column : columns) {
                int in = 3 * (row * image.width() + column);
                to[out] = from[in];
                to[out + 1] = from[in + 1];
                to[out + 2] = from[in + 2];
                out += 3;
            }
        }
        return new RgbImage(size.width(), size.height(), to);
    }

    /** Summed up step by step as Pillow does, whose roundings are part of the result. */
    private static int[] centres(int from, int to) {
        double step = (double) from / to;
        double at = step * 0.5;
        int[] centres = new int[to];
        for (int i = 0; i < to; i++) {
            centres[i] = Math.min(from - 1, (int) at);
            at += step;
        }
        return centres;
    }
}
