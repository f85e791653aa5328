package samovar.jvm.imageio;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import samovar.image.RgbImage;

/**
 * The stored components of a JPEG as RGB, converted here: ImageIO's own conversion follows embedded profiles and refuses four
 * components. Which colours the components are is decided as libjpeg decides it, and the arithmetic is libjpeg's, so that
 * values equal those of Pillow up to the inverse cosine transform.
 */
final class JpegPixels {
    private static final int[] RED_OF_CR = scaled(1.40200);
    private static final int[] BLUE_OF_CB = scaled(1.77200);

    private JpegPixels() {}

    static RgbImage read(ImageReader reader, byte[] file) throws IOException {
        String[] cut = new String[1];
        reader.addIIOReadWarningListener(new IIOReadWarningListener() {
            @Override
            public void warningOccurred(ImageReader source, String warning) {
                if (warning.contains("remature end")) {
                    cut[0] = warning;
                }
            }
        });
        Raster raster = reader.readRaster(0, null);
        if (cut[0] != null) {
            throw new IOException(cut[0]);
        }
        JpegColours colours = JpegColours.of(file, raster.getNumBands());
        int width = raster.getWidth();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[width * raster.getNumBands()];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            switch (colours) {
                case GREY -> grey(row, raster.getNumBands(), rgb, out);
                case RGB -> copy(row, rgb, out);
                case YCC -> ycc(row, rgb, out);
                case CMYK -> cmyk(row, rgb, out);
                case YCCK -> {
                    invertedYcc(row);
                    cmyk(row, rgb, out);
                }
            }
            out += 3 * width;
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    private static void grey(int[] row, int bands, byte[] rgb, int start) {
        int out = start;
        for (int in = 0; in < row.length; in += bands) {
            rgb[out] = (byte) row[in];
            rgb[out + 1] = (byte) row[in];
            rgb[out + 2] = (byte) row[in];
            out += 3;
        }
    }

    private static void copy(int[] row, byte[] rgb, int start) {
        for (int i = 0; i < row.length; i++) {
            rgb[start + i] = (byte) row[i];
        }
    }

    private static void ycc(int[] row, byte[] rgb, int start) {
        for (int i = 0; i < row.length; i += 3) {
            int y = row[i];
            int cb = row[i + 1];
            int cr = row[i + 2];
            rgb[start + i] = (byte) clip(y + RED_OF_CR[cr]);
            rgb[start + i + 1] = (byte) clip(y + green(cb, cr));
            rgb[start + i + 2] = (byte) clip(y + BLUE_OF_CB[cb]);
        }
    }

    /** YCCK to CMYK in place: the first three are converted and turned around, black stays. */
    private static void invertedYcc(int[] row) {
        for (int i = 0; i < row.length; i += 4) {
            int y = row[i];
            int cb = row[i + 1];
            int cr = row[i + 2];
            row[i] = 255 - clip(y + RED_OF_CR[cr]);
            row[i + 1] = 255 - clip(y + green(cb, cr));
            row[i + 2] = 255 - clip(y + BLUE_OF_CB[cb]);
        }
    }

    /** Four inks as Adobe stores them, 255 being none. Pillow takes all such files so. */
    private static void cmyk(int[] row, byte[] rgb, int start) {
        int out = start;
        for (int i = 0; i < row.length; i += 4) {
            int black = row[i + 3];
            for (int ink = 0; ink < 3; ink++) {
                // Pillow's division by 255 with rounding.
                int product = (255 - row[i + ink]) * black + 128;
                rgb[out++] = (byte) clip(black - (((product >> 8) + product) >> 8));
            }
        }
    }

    private static int green(int cb, int cr) {
        return (-fixed(0.34414) * (cb - 128) - fixed(0.71414) * (cr - 128) + (1 << 15)) >> 16;
    }

    private static int[] scaled(double factor) {
        int[] scaled = new int[256];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (fixed(factor) * (i - 128) + (1 << 15)) >> 16;
        }
        return scaled;
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << 16) + 0.5);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
