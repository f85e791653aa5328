package samovar.task;

import java.util.Objects;
import samovar.image.ImageSize;
import samovar.image.RgbImage;

/** A decoded picture, as programs with Transformers.js know it; {@link Pipelines#imageFromUrl} gives one. Immutable. */
public final class RawImage {
    private final RgbImage image;

    public RawImage(RgbImage image) {
        this.image = Objects.requireNonNull(image, "image");
    }

    /** Width and height in pixels, upright. */
    public ImageSize size() {
        return image.size();
    }

    /** The pixels. */
    public RgbImage rgb() {
        return image;
    }
}
