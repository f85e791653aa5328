package samovar.jvm.imageio;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Element;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.RgbImage;

/**
 * The first frame of a GIF where it stands on its canvas. What the frame leaves open has the colour of its transparent
 * palette entry, or of entry 0, as Pillow fills it.
 */
final class GifCanvas {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private GifCanvas() {}

    static RgbImage read(ImageReader reader, ImageHeader header, ImageLimits limits) throws IOException {
        BufferedImage decoded = reader.read(0);
        RgbImage frame = Pixels.of(decoded);
        Element place = place(reader.getImageMetadata(0));
        int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
        int width = Math.max(header.width(), left + frame.width());
        int height = Math.max(header.height(), top + frame.height());
        if (width == frame.width() && height == frame.height()) {
            return frame;
        }
        limits.checkPixels(width, height);
        byte[] rgb = new byte[3 * width * height];
        int background = background(decoded);
        for (int at = 0; at < rgb.length; ) {
            at = Pixels.put(rgb, at, background);
        }
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(
                    frame.rgb(), 3 * y * frame.width(), rgb, 3 * ((top + y) * width + left), 3 * frame.width());
        }
        return new RgbImage(width, height, rgb);
    }

    private static Element place(IIOMetadata metadata) throws IOException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        if (root.getElementsByTagName("ImageDescriptor").item(0) instanceof Element place) {
            return place;
        }
        throw new IOException("its first frame has no place");
    }

    private static int background(BufferedImage decoded) {
        if (decoded.getColorModel() instanceof IndexColorModel palette) {
            return palette.getRGB(Math.max(0, palette.getTransparentPixel()));
        }
        return 0;
    }
}
