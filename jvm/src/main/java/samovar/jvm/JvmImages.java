package samovar.jvm;

import java.nio.file.Path;
import samovar.jvm.imageio.ImageIoDecoder;
import samovar.task.RawImage;

/** Pictures from files. */
public final class JvmImages {
    private JvmImages() {}

    /**
     * Reads and decodes a file: PNG, JPEG, WebP, GIF (its first frame) or BMP.
     *
     * @throws samovar.image.ImageException if there is no such file, or it cannot be read as a picture
     */
    public static RawImage read(Path file) {
        return new RawImage(new ImageIoDecoder().read(file));
    }
}
