package samovar.image;

import samovar.image.ImageException.Kind;

/**
 * What the first bytes of an image file say, read without decoding it.
 *
 * @param format by its signature, never by a file name
 * @param width in pixels, as stored: a picture that lies on its side says so in its EXIF data, not here
 * @param height in pixels, as stored
 */
public record ImageHeader(Format format, int width, int height) {
    /** The formats that are read. */
    public enum Format {
        PNG("png"),
        JPEG("jpeg"),
        WEBP("webp"),
        GIF("gif"),
        BMP("bmp");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        /** The subtype of its media type: {@code image/png} has {@code png}. */
        public String label() {
            return label;
        }
    }

    public ImageHeader {
        if (width < 1 || height < 1) {
            throw new ImageException(
                    Kind.UNREADABLE,
                    "the " + format.label() + " file says that it is " + width + " × " + height
                            + " pixels; it is damaged, save it anew");
        }
    }

    /**
     * Reads the header of a file; more than its first bytes are needed only where a JPEG begins with long EXIF data.
     *
     * @throws ImageException if the bytes are none of the formats, or end before the size is told
     */
    public static ImageHeader read(byte[] file) {
        FileBytes bytes = new FileBytes(file);
        Format format = format(bytes);
        return switch (format) {
            case PNG -> {
                bytes.needs(24, format);
                yield new ImageHeader(format, bytes.bigInt(16), bytes.bigInt(20));
            }
            case GIF -> {
                bytes.needs(10, format);
                yield new ImageHeader(format, bytes.littleShort(6), bytes.littleShort(8));
            }
            case BMP -> bmp(bytes);
            case WEBP -> webp(bytes);
            case JPEG -> jpeg(bytes);
        };
    }

    private static Format format(FileBytes bytes) {
        if (bytes.has(0, "\u0089PNG\r\n\u001a\n")) {
            return Format.PNG;
        }
        if (bytes.has(0, "\u00ff\u00d8\u00ff")) {
            return Format.JPEG;
        }
        if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
            return Format.WEBP;
        }
        if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) {
            return Format.GIF;
        }
        if (bytes.has(0, "BM") && bytes.length() >= 18 && bytes.littleInt(14) >= 12 && bytes.littleInt(14) <= 200) {
            return Format.BMP;
        }
        throw Strangers.fault(bytes);
    }

    private static ImageHeader bmp(FileBytes bytes) {
        bytes.needs(26, Format.BMP);
        if (bytes.littleInt(14) == 12) {
            return new ImageHeader(Format.BMP, bytes.littleShort(18), bytes.littleShort(20));
        }
        // A negative height means that the rows go down; Integer.MIN_VALUE stays negative and is refused.
        return new ImageHeader(Format.BMP, bytes.littleInt(18), Math.abs(bytes.littleInt(22)));
    }

    /** RIFF: the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (with a header of its own). */
    private static ImageHeader webp(FileBytes bytes) {
        bytes.needs(30, Format.WEBP);
        if (bytes.has(12, "VP8X")) {
            return new ImageHeader(Format.WEBP, 1 + bytes.little24(24), 1 + bytes.little24(27));
        }
        if (bytes.has(12, "VP8L") && bytes.at(20) == 0x2f) {
            int packed = bytes.littleInt(21);
            return new ImageHeader(Format.WEBP, 1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff));
        }
        if (bytes.has(12, "VP8 ") && bytes.has(23, "\u009d\u0001*")) {
            return new ImageHeader(Format.WEBP, bytes.littleShort(26) & 0x3fff, bytes.littleShort(28) & 0x3fff);
        }
        throw new ImageException(
                Kind.UNREADABLE, "the webp file does not begin with a picture; it is damaged, save it anew");
    }

    /** Goes from marker to marker up to the start of a frame (SOF0 to SOF15), which tells the size. */
    private static ImageHeader jpeg(FileBytes bytes) {
        int at = JpegMarkers.firstFrame(bytes);
        bytes.needs(at + 9, Format.JPEG);
        return new ImageHeader(Format.JPEG, bytes.bigShort(at + 7), bytes.bigShort(at + 5));
    }
}
