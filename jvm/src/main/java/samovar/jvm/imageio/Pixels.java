package samovar.jvm.imageio;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import samovar.image.RgbImage;

/**
 * The stored values of a decoded picture as RGB. Not {@code BufferedImage.getRGB}, which converts between colour spaces: it
 * makes grey lighter and follows embedded profiles.
 */
final class Pixels {
    private Pixels() {}

    static RgbImage of(BufferedImage image) throws IOException {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            fromPalette(image.getRaster(), palette, rgb);
        } else if (colours instanceof ComponentColorModel && !colours.isAlphaPremultiplied()) {
            fromBands(image.getRaster(), rgb);
        } else {
            packed(image, rgb);
        }
        return new RgbImage(image.getWidth(), image.getHeight(), rgb);
    }

    private static void fromPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int[] row = new int[raster.getWidth()];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                out = put(rgb, out, colours[index]);
            }
        }
    }

    /** One or two bands are grey and alpha, three or four are red, green, blue and alpha; 16 bits keep their upper byte. */
    private static void fromBands(Raster raster, byte[] rgb) throws IOException {
        int type = raster.getDataBuffer().getDataType();
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
            throw new IOException("its values are neither of 8 nor of 16 bits");
        }
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int bands = raster.getNumBands();
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        int[] row = new int[raster.getWidth() * bands];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int in = 0; in < row.length; in += bands) {
                rgb[out] = (byte) (row[in] >> shift);
                rgb[out + 1] = (byte) (row[in + green] >> shift);
                rgb[out + 2] = (byte) (row[in + blue] >> shift);
                out += 3;
            }
        }
    }

    /** Colours packed into one number each, which have no other colour space than sRGB. */
    private static void packed(BufferedImage image, byte[] rgb) {
        int[] row = new int[image.getWidth()];
        int out = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int colour : row) {
                out = put(rgb, out, colour);
            }
        }
    }

    /** @return where the next pixel goes */
    static int put(byte[] rgb, int at, int colour) {
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
        return at + 3;
    }
}
