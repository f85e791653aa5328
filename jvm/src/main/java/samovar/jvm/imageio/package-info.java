/**
 * Pictures on the JVM: {@link samovar.jvm.imageio.ImageIoDecoder} reads them with ImageIO and TwelveMonkeys, from bytes, files
 * and addresses. All in memory, without ImageIO's disk cache, and without a look at colour profiles, as Pillow does.
 */
package samovar.jvm.imageio;
