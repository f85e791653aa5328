package samovar.image;

/** Cuts the middle out of a picture. Where the picture is smaller, black stands around it. */
final class CentreCrop {
    private CentreCrop() {}

    static RgbImage crop(RgbImage image, int width, int height) {
        int left = start(image.width(), width);
        int top = start(image.height(), height);
        int from = Math.max(0, left);
        int to = Math.min(image.width(), left + width);
        byte[] cropped = new byte[3 * width * height];
        for (int y = Math.max(0, top); y < Math.min(image.height(), top + height); y++) {
            System.arraycopy(
                    image.rgb(),
                    3 * (y * image.width() + from),
                    cropped,
                    3 * ((y - top) * width + from - left),
                    3 * (to - from));
        }
        return new RgbImage(width, height, cropped);
    }

    /**
     * Where the cut begins; negative where the picture is smaller. Halves are rounded as transformers does: to the top left when cutting,
     * to the bottom right when filling up.
     */
    private static int start(int size, int wanted) {
        return size >= wanted ? (size - wanted) / 2 : -((wanted - size + 1) / 2);
    }
}
