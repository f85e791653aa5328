package samovar.image;

/**
 * A decoded picture: 8 bits each of red, green and blue, upright, without alpha. The array is handed over, not copied:
 * whoever gave it must not change it afterwards, and whoever reads it must not write to it. May then be shared between
 * threads.
 */
public final class RgbImage {
    private final ImageSize size;
    private final byte[] rgb;

    /**
     * @param rgb red, green, blue (0 to 255, as unsigned bytes) of each pixel, row by row from the top left: {@code
     *     [height, width, 3]}
     */
    public RgbImage(int width, int height, byte[] rgb) {
        this.size = new ImageSize(width, height);
        if (rgb.length != 3 * size.pixels()) {
            throw new IllegalArgumentException("an image of " + size + " pixels has " + 3 * size.pixels()
                    + " bytes of red, green and blue, but the array has " + rgb.length);
        }
        this.rgb = rgb;
    }

    public int width() {
        return size.width();
    }

    public int height() {
        return size.height();
    }

    public ImageSize size() {
        return size;
    }

    /** The bytes themselves, not a copy: {@code [height, width, 3]}. */
    public byte[] rgb() {
        return rgb;
    }

    @Override
    public String toString() {
        return "RGB image of " + size + " pixels";
    }
}
