package samovar.task;

import samovar.image.ImageDecoder;
import samovar.image.ImageException;
import samovar.image.RgbImage;

/** Of a place that reads no pictures: every call says so. */
final class NoImages implements ImageDecoder {
    @Override
    public RgbImage decode(byte[] file) {
        throw refused();
    }

    @Override
    public RgbImage load(String url) {
        throw refused();
    }

    private static ImageException refused() {
        return new ImageException(
                ImageException.Kind.UNSUPPORTED_FORMAT,
                "no pictures are read here: the place was set up without an image decoder; give its PlatformPorts one");
    }
}
