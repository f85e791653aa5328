/**
 * Pictures on their way into a model. A file's bytes come in; {@link samovar.image.ImageHeader} and {@link
 * samovar.image.ImageLimits} look at them before anything is decoded, the place's {@link samovar.image.ImageDecoder} (the
 * browser's own, ImageIO on the JVM) makes an {@link samovar.image.RgbImage} of them, and {@link
 * samovar.image.ImagePreprocessor} scales and normalizes it to the tensor that goes out, with {@link samovar.image.Resize}
 * equal to Pillow's. A picture that cannot be had is an {@link samovar.image.ImageException}.
 */
package samovar.image;
