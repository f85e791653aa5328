package samovar.jvm.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import samovar.config.Resample;
import samovar.image.ImageException;
import samovar.image.ImageException.Kind;
import samovar.image.ImageHeader;
import samovar.image.ImageLimits;
import samovar.image.ImageSize;
import samovar.image.Resize;
import samovar.image.RgbImage;
import samovar.json.Json;

class ImageIoDecoderTest {
    private final ImageIoDecoder decoder = new ImageIoDecoder();

    static List<Json> goldens() {
        return Goldens.json("decode/decode.json").get("cases").elements();
    }

    static List<Json> photographs() {
        return Goldens.json("florence/pixel_values.json").get("cases").elements();
    }

    @Test
    void thereAreAllGoldens() {
        assertThat(goldens()).hasSize(40);
        assertThat(photographs()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void readsWhatPillowReads(Json golden) {
        String file = golden.get("file").asString();
        RgbImage image = decoder.decode(Goldens.file("decode/" + file));
        assertThat(image.size())
                .isEqualTo(new ImageSize(
                        golden.get("width").asInt(), golden.get("height").asInt()));
        byte[] expected = Base64.getDecoder().decode(golden.get("rgb").asString());
        if (file.startsWith("lossy")) {
            assertThat(furthestBrightness(image.rgb(), expected)).as(file).isLessThanOrEqualTo(5);
        } else {
            assertThat(furthest(image.rgb(), expected))
                    .as(file)
                    .isLessThanOrEqualTo(golden.get("tolerance").asInt());
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void headersTellTheStoredSize(Json golden) {
        String file = golden.get("file").asString();
        ImageHeader header = ImageHeader.read(Goldens.file("decode/" + file));
        String ending = file.substring(file.indexOf('.') + 1).replace("jpg", "jpeg");
        assertThat(header)
                .isEqualTo(new ImageHeader(
                        ImageHeader.Format.valueOf(ending.toUpperCase(Locale.ROOT)),
                        golden.get("stored_width").asInt(),
                        golden.get("stored_height").asInt()));
    }

    /** JPEGs within 3 of 255, seen through the resized picture; PNGs exactly. */
    @ParameterizedTest
    @MethodSource("photographs")
    void readsThePicturesOfTheCaptionGoldens(Json golden) {
        String name = golden.get("image").asString();
        RgbImage image = decoder.decode(Goldens.file("florence/images/" + name));
        assertThat(image.size())
                .isEqualTo(new ImageSize(
                        golden.get("width").asInt(), golden.get("height").asInt()));
        if (name.endsWith(".png")) {
            assertThat(sha256(image.rgb())).isEqualTo(golden.get("rgb_sha256").asString());
        } else {
            byte[] expected = decoder.decode(Goldens.file(
                            "florence/images/" + golden.get("resized_image").asString()))
                    .rgb();
            RgbImage resized = Resize.resize(image, new ImageSize(192, 192), Resample.BICUBIC);
            assertThat(furthest(resized.rgb(), expected)).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void dropsAlphaAndKeepsTheColours() {
        Json golden = Goldens.json("image/resize.json").get("cases").elements().stream()
                .filter(one -> one.get("image").asString().equals("china_alpha.png"))
                .findFirst()
                .orElseThrow();
        RgbImage image = decoder.decode(Goldens.file("image/china_alpha.png"));
        RgbImage resized = Resize.resize(image, new ImageSize(64, 64), Resample.BICUBIC);
        assertThat(sha256(resized.rgb())).isEqualTo(golden.get("rgb_sha256").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "subsampled.jpg",
                "progressive.jpg",
                "orientation6.jpg",
                "lossless.webp",
                "lossy.webp",
                "plain.gif",
                "rgb.bmp",
                "palette.bmp"
            })
    void refusesFilesThatAreCutOffAnywhere(String name) {
        byte[] whole = Goldens.file("decode/" + name);
        // A GIF's last two bytes and the padding at the end of a BMP's rows carry nothing of the picture.
        for (int length = 0; length < whole.length - 4; length += Math.max(1, whole.length / 50)) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decoder.decode(cut))
                    .as("%s cut off after %d of %d bytes", name, length, whole.length)
                    .isInstanceOf(ImageException.class);
        }
    }

    @Test
    void saysHowManyBytesAreThereOfACutOffFile() {
        byte[] cut = Arrays.copyOf(Goldens.file("decode/subsampled.jpg"), 700);
        assertThatThrownBy(() -> decoder.decode(cut))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE))
                .hasMessage("the jpeg file is cut off after 700 bytes; load or copy it again");
    }

    @Test
    void damagedFilesAreAnErrorOrAPictureButNeverAnythingElse() {
        Random random = new Random(7);
        for (Json golden : goldens()) {
            byte[] whole = Goldens.file("decode/" + golden.get("file").asString());
            for (int round = 0; round < 40; round++) {
                byte[] damaged = whole.clone();
                for (int flips = 0; flips < 3; flips++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    RgbImage image = decoder.decode(damaged);
                    assertThat(image.rgb()).hasSize(3 * image.width() * image.height());
                } catch (ImageException e) {
                    assertThat(e.getMessage()).contains(";");
                }
            }
        }
    }

    @Test
    void refusesAFileThatClaimsToBeEnormousBeforeDecodingIt() {
        byte[] file = Goldens.file("decode/rgb.png");
        for (int at : new int[] {16, 20}) {
            file[at] = 0;
            file[at + 1] = 1;
            file[at + 2] = (byte) 0x86;
            file[at + 3] = (byte) 0xa0;
        }
        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .hasMessageContaining("100000 × 100000")
                .hasMessageContaining("scale it down");
    }

    @Test
    void refusesMoreBytesAndPixelsThanItsLimits() {
        byte[] file = Goldens.file("decode/rgb.bmp");
        assertThatThrownBy(() -> new ImageIoDecoder(new ImageLimits(100, 1000)).decode(file))
                .hasMessage("the image file has " + file.length
                        + " bytes, at most 100 are read; save it smaller, or as JPEG or WebP");
        assertThatThrownBy(() -> new ImageIoDecoder(new ImageLimits(10_000, 813)).decode(file))
                .hasMessageContaining("37 × 22 pixels, 814 together, at most 813");
        assertThat(new ImageIoDecoder(new ImageLimits(file.length, 814))
                        .decode(file)
                        .width())
                .isEqualTo(37);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?>\n<svg/>"})
    void saysThatADrawingHasNoPixels(String svg) {
        assertThatThrownBy(() -> decoder.decode(svg.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED_FORMAT))
                .hasMessageContaining("SVG")
                .hasMessageContaining("export it as PNG")
                .hasMessageContaining("PNG, JPEG, WebP, GIF and BMP");
    }

    @Test
    void saysThatAFileIsEmptyOrNoPicture() {
        assertThatThrownBy(() -> decoder.decode(new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> decoder.decode("hello, world".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no picture");
        assertThatThrownBy(() -> decoder.decode("<!doctype html>".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("web page");
    }

    @Test
    void readsAFile() {
        assertThat(decoder.read(Goldens.FOLDER.resolve("decode/rgb.png")).size())
                .isEqualTo(new ImageSize(37, 22));
        assertThatThrownBy(() -> decoder.read(Path.of("no", "such.png")))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("such.png");
    }

    private static int furthest(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int furthest = 0;
        for (int i = 0; i < actual.length; i++) {
            furthest = Math.max(furthest, Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)));
        }
        return furthest;
    }

    /**
     * Of lossy WebP: TwelveMonkeys gives each colour to four pixels, where Pillow's decoder smooths between them; where a colour
     * is then cut off at 0 or 255, brightness suffers a little too.
     */
    private static int furthestBrightness(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double furthest = 0;
        for (int i = 0; i < actual.length; i += 3) {
            furthest = Math.max(furthest, Math.abs(brightness(actual, i) - brightness(expected, i)));
        }
        return (int) Math.ceil(furthest);
    }

    private static double brightness(byte[] rgb, int at) {
        return 0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
