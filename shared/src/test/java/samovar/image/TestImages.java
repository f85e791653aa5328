package samovar.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import samovar.generate.Fixtures;

/** The goldens' PNGs, read by the JDK: the decoders have their own tests, in the modules that have them. */
final class TestImages {
    private TestImages() {}

    static byte[] file(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/goldens/" + name)) {
            if (in == null) {
                throw new IOException("no golden " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RgbImage png(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/goldens/" + name)) {
            BufferedImage image = ImageIO.read(in);
            byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
            boolean palette = image.getColorModel() instanceof IndexColorModel;
            int bands = image.getRaster().getNumBands();
            int[] pixel = new int[bands];
            int out = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    image.getRaster().getPixel(x, y, pixel);
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[out++] = (byte)
                                (palette ? image.getRGB(x, y) >> (16 - 8 * channel) : pixel[bands < 3 ? 0 : channel]);
                    }
                }
            }
            return new RgbImage(image.getWidth(), image.getHeight(), rgb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
