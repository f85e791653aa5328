package samovar.image;

import samovar.config.ImageScale;

/** The size that a picture is scaled to, rounded as transformers' image processors do. */
final class ScaledSize {
    private ScaledSize() {}

    static ImageSize of(ImageSize from, ImageScale scale) {
        if (scale instanceof ImageScale.Exact exact) {
            return new ImageSize(exact.width(), exact.height());
        }
        if (scale instanceof ImageScale.ShortestEdge shortest) {
            return shortest(from, shortest);
        }
        if (scale instanceof ImageScale.LongestEdge longest) {
            double factor = longest.edge() / (double) Math.max(from.width(), from.height());
            return size(from.width() * factor + 0.5, from.height() * factor + 0.5);
        }
        if (scale instanceof ImageScale.Within within) {
            double factor =
                    Math.min(within.maxHeight() / (double) from.height(), within.maxWidth() / (double) from.width());
            return size(from.width() * factor, from.height() * factor);
        }
        throw new IllegalArgumentException("no size is known for " + scale.getClass());
    }

    private static ImageSize shortest(ImageSize from, ImageScale.ShortestEdge scale) {
        double narrow = Math.min(from.width(), from.height());
        double wide = Math.max(from.width(), from.height());
        double edge = scale.edge();
        if (scale.longest() != 0 && wide / narrow * edge > scale.longest()) {
            edge = scale.longest() * narrow / wide;
        }
        double rounded = Math.floor(edge + 0.5);
        double other = edge * wide / narrow;
        return from.width() < from.height() ? size(rounded, other) : size(other, rounded);
    }

    /** Cut to whole pixels, but at least one. */
    private static ImageSize size(double width, double height) {
        return new ImageSize(Math.max(1, (int) width), Math.max(1, (int) height));
    }
}
