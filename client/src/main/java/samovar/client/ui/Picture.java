package samovar.client.ui;

import samovar.image.ImageSize;

/**
 * A picture that the visitor gave. Not to be shared: who shows it last calls {@link PictureFile#release}.
 *
 * <p>A class and no record, since the bytes are not compared.
 */
final class Picture {
    private final String name;
    private final byte[] file;
    private final String url;
    private final ImageSize size;

    /**
     * @param file the encoded bytes, which nobody changes
     * @param url of the same bytes within this page
     * @param size upright, in pixels
     */
    Picture(String name, byte[] file, String url, ImageSize size) {
        this.name = name;
        this.file = file;
        this.url = url;
        this.size = size;
    }

    String name() {
        return name;
    }

    byte[] file() {
        return file;
    }

    String url() {
        return url;
    }

    ImageSize size() {
        return size;
    }
}
