package samovar.jvm.imageio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import samovar.image.ImageHeader.Format;
import samovar.image.RgbImage;

/** How a picture has to be turned, as its EXIF data say (tag 0x0112): 1 is upright, 2 to 8 are the other seven ways to lie. */
final class Orientation {
    private static final int APP1 = 0xe1;
    private static final int TAG = 0x0112;
    private static final int UPRIGHT = 1;

    private final int value;

    private Orientation(int value) {
        this.value = value;
    }

    /** Upright too where the file says nothing, or nonsense. */
    static Orientation of(byte[] file, Format format) {
        int exif = format == Format.JPEG ? Segments.find(file, APP1, "Exif\0\0") : -1;
        if (exif < 0) {
            return new Orientation(UPRIGHT);
        }
        try {
            int length = Math.min(file.length - exif - 10, Segments.length(file, exif) - 8);
            int value = read(ByteBuffer.wrap(file, exif + 10, length).slice());
            return new Orientation(value >= 1 && value <= 8 ? value : UPRIGHT);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return new Orientation(UPRIGHT);
        }
    }

    /** From TIFF's header to its first directory, whose entries are of 12 bytes: tag, type, count, value. */
    private static int read(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                return tiff.getShort(entry + 8);
            }
        }
        return UPRIGHT;
    }

    /** The picture as it was meant to be seen. */
    RgbImage upright(RgbImage image) {
        if (value == UPRIGHT) {
            return image;
        }
        int width = image.width();
        int height = image.height();
        // 5 to 8 lie on their side. The step is what one pixel to the right, and one down, mean in the stored picture.
        boolean lies = value >= 5;
        boolean fromRight = value == 2 || value == 3 || value == 7 || value == 8;
        boolean fromBottom = value == 3 || value == 4 || value == 6 || value == 7;
        int across = fromRight ? -1 : 1;
        int down = fromBottom ? -width : width;
        int start = (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0);
        int stepRight = lies ? down : across;
        int stepDown = lies ? across : down;
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        int newWidth = lies ? height : width;
        int newHeight = lies ? width : height;
        int out = 0;
        for (int y = 0; y < newHeight; y++) {
            int in = 3 * (start + y * stepDown);
            for (int x = 0; x < newWidth; x++) {
                to[out] = from[in];
                to[out + 1] = from[in + 1];
                to[out + 2] = from[in + 2];
                out += 3;
                in += 3 * stepRight;
            }
        }
        return new RgbImage(newWidth, newHeight, to);
    }
}
