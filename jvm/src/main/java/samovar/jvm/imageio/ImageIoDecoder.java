package samovar.jvm.imageio;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import samovar.image.ImageDecoder;
import samovar.image.ImageException;
import samovar.image.ImageException.Kind;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.RgbImage;

/**
 * Reads PNG, JPEG, WebP, GIF and BMP into the values that Pillow's {@code convert("RGB")} gives. May be shared between
 * threads.
 *
 * <p>Two deviations: 16-bit grey is brought to 8 bits by its upper byte, as colour is; Pillow cuts grey off at 255 instead, which
 * leaves such pictures white. And in lossy WebP each colour stands for four pixels without smoothing between them, since
 * TwelveMonkeys does none; brightness stays within 5 of 255.
 */
public final class ImageIoDecoder implements ImageDecoder {
    private final ImageLimits limits;
    private final ImageAddresses addresses;

    /** With {@link ImageLimits#DEFAULTS}. */
    public ImageIoDecoder() {
        this(ImageLimits.DEFAULTS);
    }

    public ImageIoDecoder(ImageLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.addresses = new ImageAddresses(limits, ImageAddresses.Patience.USUAL);
    }

    @Override
    public RgbImage decode(byte[] file) {
        ImageHeader header = limits.check(file);
        try {
            RgbImage image = pixels(file, header);
            return Orientation.of(file, header.format()).upright(image);
        } catch (ImageException known) {
            throw known;
        } catch (IOException | RuntimeException e) {
            // Readers throw what comes to hand when a damaged file leads them astray.
            throw new ImageException(
                    Kind.UNREADABLE,
                    "the " + header.format().label() + " file is damaged (" + e.getMessage() + "); save it anew",
                    e);
        } catch (OutOfMemoryError e) {
            throw new ImageException(
                    Kind.TOO_LARGE,
                    "there is no memory left for an image of " + header.width() + " × " + header.height()
                            + " pixels; scale it down, or give Java more memory (-Xmx)",
                    e);
        }
    }

    @Override
    public RgbImage load(String url) {
        return decode(addresses.fetch(url));
    }

    /**
     * Reads and decodes a file.
     *
     * @throws ImageException as {@link #decode} does, and if there is no such file
     */
    public RgbImage read(Path file) {
        return decode(bytes(file, limits));
    }

    /** The bytes of a file, unless there are too many. */
    static byte[] bytes(Path file, ImageLimits limits) {
        try {
            limits.checkBytes(Files.size(file));
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.maxBytes() + 1));
                limits.checkBytes(bytes.length);
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new ImageException(Kind.UNREACHABLE, "there is no file " + file + "; check its path", e);
        } catch (IOException e) {
            throw new ImageException(
                    Kind.UNREACHABLE,
                    "the file " + file + " cannot be read (" + e.getMessage() + "); check its rights",
                    e);
        }
    }

    private RgbImage pixels(byte[] file, ImageHeader header) throws IOException {
        ImageReader reader = reader(header.format());
        try (ImageInputStream in = new ByteArrayImageInputStream(file)) {
            reader.setInput(in, false, header.format() != ImageHeader.Format.GIF);
            limits.checkPixels(reader.getWidth(0), reader.getHeight(0));
            return switch (header.format()) {
                case JPEG -> JpegPixels.read(reader, file);
                case GIF -> GifCanvas.read(reader, header, limits);
                case PNG, WEBP, BMP -> Pixels.of(reader.read(0));
            };
        } finally {
            reader.dispose();
        }
    }

    /** WebP is asked for by its class: the search for plug-ins depends on who loaded ImageIO first, and with which class loader. */
    private static ImageReader reader(ImageHeader.Format format) throws IOException {
        if (format == ImageHeader.Format.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.label());
        if (!readers.hasNext()) {
            throw new IOException("this Java has no reader for " + format.label());
        }
        return readers.next();
    }
}
