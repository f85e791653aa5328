package samovar.image;

/**
 * How large a picture may be, checked on the encoded file, so that a small file which claims to be enormous costs nothing.
 *
 * @param maxBytes most bytes of an encoded file
 * @param maxPixels most pixels (width times height) of a decoded picture; each takes 3 bytes, and more while decoding
 */
public record ImageLimits(long maxBytes, long maxPixels) {
    /** 32 MB and 50 megapixels: any photograph of today's cameras and telephones. */
    public static final ImageLimits DEFAULTS = new ImageLimits(32_000_000, 50_000_000);

    /** Most pixels of a side, whatever the limits: a JPEG cannot have more. */
    public static final int MAX_SIDE = 65535;

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "limits of " + maxBytes + " bytes and " + maxPixels + " pixels; both must be 1 or more");
        }
    }

    /**
     * Checks a file before it is decoded: its length, its format, the pixels that its header promises, and that its end is
     * there.
     *
     * @return what the header says
     * @throws ImageException if the file must not or cannot be decoded
     */
    public ImageHeader check(byte[] file) {
        checkBytes(file.length);
        ImageHeader header = ImageHeader.read(file);
        checkPixels(header.width(), header.height());
        FileEnd.require(file, header.format());
        return header;
    }

    /** The first half of {@link #check}, for a caller who knows a length before the bytes. */
    public void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw new ImageException(
                    ImageException.Kind.TOO_LARGE,
                    "the image file has " + bytes + " bytes, at most " + maxBytes
                            + " are read; save it smaller, or as JPEG or WebP");
        }
    }

    /** The size that a decoder found, where that may differ from the header's. */
    public void checkPixels(int width, int height) {
        long pixels = (long) width * height;
        if (Math.max(width, height) > MAX_SIDE) {
            throw new ImageException(
                    ImageException.Kind.TOO_LARGE,
                    "the image is " + width + " × " + height + " pixels, at most " + MAX_SIDE
                            + " a side are read; cut it into pieces or scale it down");
        }
        if (pixels > maxPixels) {
            throw new ImageException(
                    ImageException.Kind.TOO_LARGE,
                    "the image is " + width + " × " + height + " pixels, " + pixels + " together, at most " + maxPixels
                            + " are read; scale it down (models look at some hundred thousand)");
        }
    }
}
