package samovar.image;

import java.util.List;
import samovar.config.ConfigException;
import samovar.config.ImageScale;
import samovar.config.PreprocessorConfig;
import samovar.tensor.Tensor;

/**
 * Makes a vision model's input of a picture, as {@code preprocessor_config.json} says: scale, crop, rescale, normalize, pad.
 * Immutable; may be shared between threads. Never awaits.
 */
public final class ImagePreprocessor {
    /** Most pixels that a picture is scaled to: a narrow strip, its short side made longer, would become endless. */
    private static final long MOST_PIXELS = 1L << 25;

    private final PreprocessorConfig config;
    private final float[] values;

    public ImagePreprocessor(PreprocessorConfig config) {
        this.config = config;
        this.values = values(config);
    }

    /**
     * @return float32 of shape {@code [1, 3, height, width]}: red, green and blue plane, each row by row from the top
     * @throws ImageException if the picture is so narrow that scaling it would make it enormous
     */
    public Tensor pixelValues(RgbImage image) {
        RgbImage scaled = scaled(image);
        int width = scaled.width();
        int height = scaled.height();
        if (config.pad().isPresent()) {
            ImageScale.Exact pad = config.pad().get();
            if (pad.width() < width || pad.height() < height) {
                throw new ConfigException(
                        "pad_size",
                        List.of(scaled.size().toString()),
                        "pad_size " + pad.width() + " × " + pad.height() + " is smaller than the scaled picture, "
                                + scaled.size());
            }
            width = pad.width();
            height = pad.height();
        }
        float[] planes = new float[3 * width * height];
        for (int y = 0; y < scaled.height(); y++) {
            fill(scaled, y, planes, y * width, width * height);
        }
        return Tensor.ofFloats(planes, 1, 3, height, width);
    }

    private void fill(RgbImage image, int y, float[] planes, int start, int plane) {
        byte[] rgb = image.rgb();
        int in = 3 * y * image.width();
        for (int at = start; at < start + image.width(); at++) {
            planes[at] = values[rgb[in] & 0xff];
            planes[at + plane] = values[256 + (rgb[in + 1] & 0xff)];
            planes[at + 2 * plane] = values[512 + (rgb[in + 2] & 0xff)];
            in += 3;
        }
    }

    /** The first two steps: the picture in 8 bits, scaled and cropped. */
    RgbImage scaled(RgbImage image) {
        RgbImage scaled = config.scale().isEmpty()
                ? image
                : Resize.resize(image, target(image.size(), config.scale().get()), config.resample());
        return config.crop().isEmpty()
                ? scaled
                : CentreCrop.crop(
                        scaled, config.crop().get().width(), config.crop().get().height());
    }

    private static ImageSize target(ImageSize from, ImageScale scale) {
        ImageSize to = ScaledSize.of(from, scale);
        if (to.pixels() > MOST_PIXELS) {
            throw new ImageException(
                    ImageException.Kind.TOO_LARGE,
                    "the image is " + from + " pixels; the model wants it scaled to " + to + ", at most " + MOST_PIXELS
                            + " pixels are allowed; cut it to a shape nearer to a square");
        }
        return to;
    }

    /**
     * What each of 0 to 255 becomes in each channel, in single precision at every step as numpy computes it. Each step is
     * stored into an array of floats, which rounds everywhere; a local variable does not in JavaScript.
     */
    private static float[] values(PreprocessorConfig config) {
        float[] values = new float[3 * 256];
        float[] mean = floats(config.mean());
        float[] std = floats(config.std());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i & 255) * config.rescaleFactor());
            if (mean.length != 0) {
                values[i] -= mean[i >> 8];
                values[i] /= std[i >> 8];
            }
        }
        return values;
    }

    private static float[] floats(List<Double> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).floatValue();
        }
        return floats;
    }
}
