package samovar.client.ui;

import samovar.image.ImageSize;

/** An upright rectangle of a picture, in pixels from its top left corner; right and bottom lie beyond left and top. */
record Region(int left, int top, int right, int bottom) {
    /** The model's own raster: thousandths of width and height. */
    private static final int BINS = 1000;

    /** The rectangle between any two corners, as far as it lies in the picture, and at least one pixel of it. */
    static Region between(double x, double y, double otherX, double otherY, ImageSize size) {
        int left = clip(Math.floor(Math.min(x, otherX)), size.width() - 1);
        int top = clip(Math.floor(Math.min(y, otherY)), size.height() - 1);
        int right = clip(Math.ceil(Math.max(x, otherX)), size.width());
        int bottom = clip(Math.ceil(Math.max(y, otherY)), size.height());
        return new Region(left, top, Math.max(right, left + 1), Math.max(bottom, top + 1));
    }

    private static int clip(double value, int most) {
        return (int) Math.max(0, Math.min(most, value));
    }

    /** The middle half of a picture: something to begin with. */
    static Region middle(ImageSize size) {
        return between(size.width() / 4.0, size.height() / 4.0, size.width() * 0.75, size.height() * 0.75, size);
    }

    /** As the model is told of it: {@code <loc_52><loc_332><loc_932><loc_774>}. */
    String tokens(ImageSize size) {
        return token(left, size.width())
                + token(top, size.height())
                + token(right, size.width())
                + token(bottom, size.height());
    }

    private static String token(int pixels, int of) {
        long bin = (long) pixels * BINS / of;
        return "<loc_" + Math.min(BINS - 1, bin) + ">";
    }
}
