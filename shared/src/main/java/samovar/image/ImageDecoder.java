package samovar.image;

/**
 * What a place reads pictures with: PNG, JPEG, WebP, GIF (its first frame) and BMP. Both methods may await in the browser.
 * Grey becomes RGB, alpha is dropped (the colours stay as they are stored, nothing is blended), 16 bits become 8, and a
 * picture that says how it was held (EXIF orientation) comes upright.
 */
public interface ImageDecoder {
    /**
     * Decodes a whole file. Its header is checked against the decoder's {@link ImageLimits} first.
     *
     * @param file the encoded bytes; not changed, and not kept
     * @throws ImageException if the file is damaged, of another format, or larger than allowed
     */
    RgbImage decode(byte[] file);

    /**
     * Fetches a file and decodes it.
     *
     * @param url {@code http:}, {@code https:} or {@code data:}; on the JVM {@code file:} too
     * @throws ImageException if nothing could be fetched from there, or as {@link #decode} does
     */
    RgbImage load(String url);
}
