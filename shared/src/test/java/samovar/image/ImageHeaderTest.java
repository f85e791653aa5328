package samovar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samovar.generate.Fixtures;
import samovar.image.ImageException.Kind;
import samovar.image.ImageHeader.Format;
import samovar.json.Json;

class ImageHeaderTest {
    static List<Json> goldens() {
        return Fixtures.golden("decode/decode.json").get("cases").elements();
    }

    @Test
    void thereAreFilesOfAllFormats() {
        assertThat(goldens()).hasSize(40);
        assertThat(goldens().stream().map(one -> read(file(one)).format())).contains(Format.values());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tellsTheStoredSize(Json golden) {
        ImageHeader header = ImageLimits.DEFAULTS.check(file(golden));
        assertThat(header.width()).isEqualTo(golden.get("stored_width").asInt());
        assertThat(header.height()).isEqualTo(golden.get("stored_height").asInt());
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void anyBeginningIsRefusedInWordsOrIsWhole(Json golden) {
        byte[] whole = file(golden);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                ImageHeader header = ImageLimits.DEFAULTS.check(cut);
                assertThat(header.width()).isEqualTo(golden.get("stored_width").asInt());
                assertThat(header.format()).isIn(Format.BMP, Format.GIF);
            } catch (ImageException e) {
                assertThat(e.kind()).isIn(Kind.UNREADABLE, Kind.UNSUPPORTED_FORMAT);
                assertThat(e.getMessage()).contains(";");
            }
        }
    }

    @Test
    void saysWhichFileIsCutOff() {
        byte[] png = TestImages.file("decode/rgb.png");
        assertThatThrownBy(() -> ImageLimits.DEFAULTS.check(Arrays.copyOf(png, 100)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasMessage("the png file is cut off after 100 bytes; load or copy it again");
    }

    @Test
    void letsDataBehindThePictureThrough() {
        for (String name : List.of("rgb.png", "subsampled.jpg", "lossy.webp", "plain.gif", "rgb.bmp")) {
            byte[] whole = TestImages.file("decode/" + name);
            byte[] longer = Arrays.copyOf(whole, whole.length + 99);
            assertThat(ImageLimits.DEFAULTS.check(longer)).isEqualTo(read(whole));
        }
    }

    /** A file of the right beginning may say anything about its size. */
    @Test
    void refusesSizesThatAreNone() {
        byte[] png = TestImages.file("decode/rgb.png");
        png[16] = (byte) 0x80;
        assertThatThrownBy(() -> read(png)).hasMessageContaining("damaged");
        byte[] bmp = TestImages.file("decode/rgb.bmp");
        Arrays.fill(bmp, 22, 26, (byte) 0);
        assertThatThrownBy(() -> read(bmp)).hasMessageContaining("37 × 0");
        bmp[25] = (byte) 0x80;
        assertThatThrownBy(() -> read(bmp)).hasMessageContaining("damaged");
    }

    @Test
    void refusesSidesThatNoModelAndNoDecoderTakes() {
        assertThatThrownBy(() -> ImageLimits.DEFAULTS.checkPixels(70_000, 1))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessageContaining("at most 65535 a side");
        assertThatThrownBy(() -> ImageLimits.DEFAULTS.checkPixels(10_000, 5_001))
                .hasMessageContaining("50010000 together, at most 50000000");
        ImageLimits.DEFAULTS.checkPixels(10_000, 5_000);
    }

    @Test
    void namesFormatsThatAreNotRead() {
        assertUnsupported("II*\0abcdefgh", "TIFF");
        assertUnsupported("\0\0\0 ftypheic", "HEIC");
        assertUnsupported("%PDF-1.7", "PDF");
        assertUnsupported("  <svg xmlns=", "SVG");
        assertUnsupported("\u00ef\u00bb\u00bf<?xml version='1.0'?><!-- a --> <svg>", "SVG");
        assertUnsupported("<html>", "web page");
        assertUnsupported("BM, who would have thought", "no picture");
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasMessage("the image file is empty; read are PNG, JPEG, WebP, GIF and BMP");
    }

    private static void assertUnsupported(String text, String named) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT))
                .hasMessageContaining(named)
                .hasMessageContaining("read are PNG, JPEG, WebP, GIF and BMP");
    }

    private static ImageHeader read(byte[] file) {
        return ImageHeader.read(file);
    }

    private static byte[] file(Json golden) {
        return TestImages.file("decode/" + golden.get("file").asString());
    }
}
